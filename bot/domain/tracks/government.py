"""Track 1: people in or close to public office, and those who observe."""

from __future__ import annotations

from bot.domain.exchange import Settled
from bot.domain.matching import Rules
from bot.domain.replies import _
from bot.domain.tracks.common import CHANGED, LEAD
from bot.domain.tracks.schema import Ask, Outcome, Question, Template, Track, Use

CIRCLE = Template(
    "circle",
    _("Informal circle"),
    _("A small group with as many people of each side. Nobody speaks for an office."),
    Rules(interests=20, opinions=20, hours=30, alike={"field": 30}),
    Settled(round_days=28, size=3, leads=True, sessions=3, session_days=14, checkin_days=30),
    agenda=(
        (
            _("Welcome. What is said here is not passed on with a name."),
            _("What brought each of us to our work?"),
            _("Which everyday matter do people on all sides ask us about?"),
        ),
        (
            _("Choose one practical matter that touches all sides."),
            _("How does it look from where each of us stands? The others sum up what they heard."),
            _("What has been tried, and what was learned from it?"),
        ),
        (
            _("What could be done without waiting for anybody's decision?"),
            _("What would those who decide need to know?"),
            _("What may be told to others, and in which words?"),
        ),
    ),
    observers=True,
)

GOVERNMENT = Track(
    1,
    _("Government"),
    _("People in or close to public office talk informally about practical matters."),
    (CIRCLE,),
    prompts=(
        (
            _("What did you want to become when you were a child, and what remained of it?"),
            _("What part of your work would surprise people most?"),
        ),
        (_("Which practical matter would make daily life easier on all sides?"),),
        (_("What do people on your side worry about that is seldom said aloud?"),),
        (_("Which small step could be taken without anybody losing face?"),),
    ),
    questions=(
        Question(
            "field",
            _("Which field do you know best?"),
            _("Field"),
            Ask.ONE,
            Use.ANSWER,
            {
                "local": _("Towns and villages"),
                "economy": _("Economy and work"),
                "services": _("Health, schools and social matters"),
                "nature": _("Water, energy and nature"),
                "law": _("Law and administration"),
                "security": _("Safety and security"),
                "abroad": _("Foreign relations"),
            },
            told=True,
        ),
        LEAD,
    ),
    outcomes=(
        CHANGED,
        Outcome(
            "passed_on",
            _("Have you passed on an idea from these meetings, without names?"),
            _("Passed on an idea"),
            onward=True,
        ),
        Outcome(
            "contact",
            _("Could you now ask somebody of the other side a practical question?"),
            _("A contact for practical questions"),
            onward=True,
        ),
    ),
)
