"""Track 4: neighbours, guests and hosts, teams that visit teams."""

from __future__ import annotations

from bot.domain.exchange import Settled
from bot.domain.matching import Rules
from bot.domain.replies import _
from bot.domain.tracks.common import BROUGHT, CHANGED, FIRST, TOLD
from bot.domain.tracks.schema import Ask, Outcome, Question, Template, Track, Use

PAIR = Template(
    "pair",
    _("Conversations of two"),
    _("You meet one person of another side, again and again if you both like."),
)

DELEGATION = Template(
    "delegation",
    _("Visits of groups"),
    _("A family, a team or a choir visits another. One person signs up for all."),
    Rules(
        least_hours=1,
        same=("kind",),
        fit=True,
        interests=20,
        opinions=0,
        hours=20,
        alike={"size": 60},
    ),
    Settled(round_days=28, checkin_days=30),
    visits=True,
)

VISIT = ("delegation",)

CITIZENS = Track(
    4,
    _("Citizens"),
    _("People like you and me meet: to talk, to visit, to play, to make music."),
    (PAIR, DELEGATION),
    prompts=(
        FIRST,
        (_("Which day in your life would you like the other to understand?"),),
        (_("What do people believe about your side that is not so for you?"),),
        (_("What do you miss, and what are you afraid to lose?"),),
        (_("What would you like to have told each other before you part next time?"),),
    ),
    questions=(
        Question(
            "kind",
            _("What kind of group are you?"),
            _("Group"),
            Ask.ONE,
            Use.ANSWER,
            {
                "family": _("A family or friends"),
                "sport": _("A sports team"),
                "music": _("A choir, band or dance group"),
                "artists": _("Artists"),
                "teachers": _("Teachers"),
                "club": _("A club or association"),
            },
            formats=VISIT,
            told=True,
        ),
        Question(
            "role",
            _("Would you like to visit, or to have guests?"),
            _("Visit or host"),
            Ask.ONE,
            options={
                "visit": _("We would like to visit"),
                "host": _("We would like to have guests"),
                "both": _("Either, or both in turn"),
            },
            formats=VISIT,
            told=True,
        ),
        Question(
            "size",
            _("How many people would come, you included?"),
            _("How many come"),
            Ask.NUMBER,
            Use.SIZE,
            most=60,
            formats=VISIT,
            after=("role", ("visit", "both")),
            told=True,
        ),
        Question(
            "room",
            _("For how many guests do you have room?"),
            _("Room for guests"),
            Ask.NUMBER,
            Use.ROOM,
            most=60,
            formats=VISIT,
            after=("role", ("host", "both")),
            told=True,
        ),
        Question(
            "care",
            _(
                "Is there anything the others should plan for: children, food, steps, prayer? "
                "They read it once you have both said yes."
            ),
            _("To plan for"),
            Ask.WORDS,
            optional=True,
            formats=VISIT,
            told=True,
        ),
    ),
    outcomes=(
        CHANGED,
        TOLD,
        Outcome(
            "families",
            _("Have you met each other's family or friends?"),
            _("Met family or friends"),
            onward=True,
        ),
        BROUGHT,
    ),
)
