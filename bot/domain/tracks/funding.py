"""Track 8: what joint work lacks, and those who would give it."""

from __future__ import annotations

from bot.domain.exchange import Settled
from bot.domain.replies import _
from bot.domain.tracks.common import BROUGHT, TOLD
from bot.domain.tracks.schema import Ask, Outcome, Question, Template, Track

CAMPAIGN = Template(
    "campaign",
    _("Help for joint work"),
    _("You hear what joint work of all sides lacks, and can offer to give it."),
    settled=Settled(checkin_days=30),
    gives=True,
)

FUNDING = Track(
    8,
    _("Funding"),
    _("Money, things, time or a place for work that people of all sides do together."),
    (CAMPAIGN,),
    prompts=(
        (
            _("What was the best gift you ever received that cost nothing?"),
            _("Who helped you once without being asked?"),
        ),
        (_("What would change for the people of each side if this work had what it lacks?"),),
        (_("How do those who give and those who receive speak as equals?"),),
        (_("What should those who gave hear about, and from whom?"),),
    ),
    questions=(
        Question(
            "gives",
            _("What could you give, should a need speak to you? You promise nothing by this."),
            _("Could give"),
            Ask.MANY,
            options={
                "money": _("Money"),
                "things": _("Things"),
                "time": _("Time to give"),
                "place": _("A place"),
            },
            optional=True,
        ),
    ),
    outcomes=(
        Outcome(
            "helped",
            _("Has the help reached those it was for?"),
            _("Help arrived"),
            onward=True,
        ),
        TOLD,
        BROUGHT,
    ),
)
