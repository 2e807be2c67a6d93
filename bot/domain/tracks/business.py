"""Track 3: what one offers is what the other needs."""

from __future__ import annotations

from bot.domain.exchange import Settled
from bot.domain.matching import Rules
from bot.domain.replies import Text, _
from bot.domain.tracks.common import BROUGHT, TOLD
from bot.domain.tracks.schema import Ask, Outcome, Question, Template, Track, Use

PAIR = Template(
    "pair",
    _("Business contacts"),
    _("Two people meet of whom one offers what the other looks for."),
    Rules(fit=True, interests=0, opinions=0, hours=20, needs=50, alike={"sector": 30}),
    Settled(round_days=14, checkin_days=45),
)

SORTS: dict[str, Text] = {
    "customers": _("Customers"),
    "suppliers": _("Goods and materials"),
    "produce": _("Food and farm produce"),
    "sales": _("Sales and distribution"),
    "transport": _("Transport and storage"),
    "premises": _("Rooms and workshops"),
    "machines": _("Machines and tools"),
    "craft": _("Skilled work by hand"),
    "software": _("Software and technology"),
    "design": _("Design and media"),
    "marketing": _("Marketing and languages"),
    "accounts": _("Accounts and taxes"),
    "law": _("Law and permits"),
    "finance": _("Capital and credit"),
    "training": _("Training and experience"),
    "partners": _("A partner for something new"),
}
"""What can be offered and needed: the same words, so that they meet."""

BUSINESS = Track(
    3,
    _("Business"),
    _("People who work or trade find each other: what one offers is what the other needs."),
    (PAIR,),
    prompts=(
        (
            _("How did you come to do what you do?"),
            _("What in your work are you proud of that nobody sees?"),
        ),
        (_("What makes your work harder than it would have to be, and who could change it?"),),
        (_("What would you need to know before you could rely on each other in business?"),),
        (_("What is the smallest thing you could try together within a month?"),),
    ),
    questions=(
        Question(
            "sector",
            _("In which sector do you work?"),
            _("Sector"),
            Ask.ONE,
            Use.ANSWER,
            {
                "food": _("Food and farming"),
                "tourism": _("Tourism and restaurants"),
                "trade": _("Shops and trade"),
                "building": _("Building and crafts"),
                "industry": _("Industry"),
                "technology": _("Technology"),
                "health": _("Health and care"),
                "culture": _("Culture and media"),
                "services": _("Other services"),
            },
            told=True,
        ),
        Question(
            "offers",
            _("What can you offer?"),
            _("Offers"),
            Ask.MANY,
            Use.OFFERS,
            SORTS,
        ),
        Question(
            "needs",
            _("What do you look for?"),
            _("Looks for"),
            Ask.MANY,
            Use.NEEDS,
            SORTS,
        ),
        Question(
            "line",
            _(
                "In a line: what should somebody know about your work? They read it once you have "
                "both said yes. Please leave out names and places by which you could be found."
            ),
            _("Your work in a line"),
            Ask.WORDS,
            optional=True,
            told=True,
        ),
    ),
    outcomes=(
        Outcome(
            "deal",
            _("Have you bought, sold or lent each other anything?"),
            _("Did business"),
            onward=True,
        ),
        Outcome(
            "joint",
            _("Have you begun something together that will go on?"),
            _("Began joint work"),
            onward=True,
        ),
        TOLD,
        BROUGHT,
    ),
)
