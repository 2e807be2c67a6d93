"""Track 7: leaders with leaders, members of communities with members."""

from __future__ import annotations

from bot.domain.exchange import Settled
from bot.domain.matching import Rules
from bot.domain.replies import _
from bot.domain.tracks.common import BROUGHT, CHANGED, LEAD, TOLD
from bot.domain.tracks.schema import KEPT, Ask, Outcome, Question, Template, Track, Use

PAIR = Template(
    "pair",
    _("Conversations of two on faith"),
    _("You meet one person of another side. Your times of prayer and your feasts stay free."),
    Rules(same=("role",), interests=40, opinions=20, hours=40),
    Settled(round_days=21, checkin_days=30),
)

CIRCLE = Template(
    "circle",
    _("Circle on faith"),
    _("A small group with people of each side. Everybody's times of prayer and feasts stay free."),
    Rules(same=("role",), interests=40, opinions=20, hours=40),
    Settled(round_days=28, size=2, leads=True, sessions=3, session_days=14, checkin_days=30),
    agenda=(
        (
            _("Welcome. Nobody has to explain or defend their faith here."),
            _("Which feast did you love as a child, and how was it kept?"),
        ),
        (
            _("Bring a short text or song that gives you strength, and say why."),
            _("Whoever heard it says in their own words what they understood."),
        ),
        (
            _("What do our communities ask of us in hard times?"),
            _("What could our communities do side by side?"),
        ),
    ),
)

RELIGION = Track(
    7,
    _("Religion"),
    _("People of faith meet: those who lead a community, and those who belong to one."),
    (PAIR, CIRCLE),
    prompts=(
        (
            _("Which feast did you love as a child, and how was it kept?"),
            _("Is there a song or a text that has been with you for a long time?"),
        ),
        (_("What gives you strength when things are hard?"),),
        (_("What do others often misunderstand about how you live your faith?"),),
        (_("What do your communities ask of people in a time of conflict?"),),
        (_("What could your communities do side by side?"),),
    ),
    questions=(
        Question(
            "role",
            _("What is your place in your community?"),
            _("Place in the community"),
            Ask.ONE,
            Use.ANSWER,
            {
                "leader": _("I lead one, or teach in one"),
                "member": _("I belong to one, or am close to one"),
            },
            told=True,
        ),
        Question(
            KEPT,
            _("Which times do you keep free? No meeting is proposed then."),
            _("Times kept free"),
            Ask.MANY,
            options={
                "five_prayers": _("The five daily prayers"),
                "friday_midday": _("Friday at midday"),
                "sabbath": _("From Friday sunset until Saturday night"),
                "sunday_morning": _("Sunday morning"),
                "muslim_days": _("Muslim feasts"),
                "jewish_days": _("Jewish feasts"),
                "western_days": _("Christian feasts, Western calendar"),
                "orthodox_days": _("Christian feasts, Orthodox calendar"),
            },
            optional=True,
        ),
        LEAD,
    ),
    outcomes=(
        CHANGED,
        Outcome(
            "visited",
            _("Have you been guests at each other's place of worship or feast?"),
            _("Were each other's guests"),
            onward=True,
        ),
        TOLD,
        BROUGHT,
    ),
)
