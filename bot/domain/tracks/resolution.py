"""Track 2: circles led by two facilitators, on what lies between the sides."""

from __future__ import annotations

from bot.domain.exchange import Settled
from bot.domain.matching import Rules
from bot.domain.replies import _
from bot.domain.tracks.common import BROUGHT, CHANGED, LEAD, TOLD
from bot.domain.tracks.schema import Ask, Question, Template, Track, Use

CIRCLE = Template(
    "circle",
    _("Dialogue circle"),
    _("Three people of each side and two who lead, in three sessions that build on each other."),
    Rules(interests=10, opinions=40, hours=20, mixed={"experience": 30}),
    Settled(round_days=28, size=3, leads=True, sessions=3, session_days=7, checkin_days=30),
    agenda=(
        (
            _("Welcome. Agree how you want to treat what is said here."),
            _("Each tells of a place or a person that shaped them."),
            _("Each says what they hope for from these sessions."),
        ),
        (
            _("Each tells of a day on which what divides the sides touched their life."),
            _("Whoever heard it says in their own words what they understood, then asks."),
            _("Which needs do you hear behind the stories?"),
        ),
        (
            _("Collect what everybody here could support."),
            _("Choose one small step, and who takes it."),
            _("Say what you take with you, and how you stay in touch."),
        ),
    ),
)

RESOLUTION = Track(
    2,
    _("Professional conflict resolution"),
    _("A small group with people who lead it works through what lies between the sides."),
    (CIRCLE,),
    prompts=(
        (
            _("Which place or person shaped who you are today?"),
            _("What helps you to listen when a conversation becomes difficult?"),
        ),
        (_("Tell of a day on which what divides the sides touched your own life."),),
        (_("What would have to be true for you to feel safe and respected?"),),
        (_("What is one small step that everybody here could support?"),),
    ),
    questions=(
        Question(
            "experience",
            _("Have you been in guided conversations like these before?"),
            _("Experience"),
            Ask.ONE,
            Use.ANSWER,
            {
                "none": _("No, this is new to me"),
                "some": _("Yes, once or a few times"),
                "much": _("Yes, often"),
            },
        ),
        LEAD,
    ),
    outcomes=(CHANGED, TOLD, BROUGHT),
)
