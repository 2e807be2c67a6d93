"""What can be set in an exchange by choosing a value, and what its terms can count for."""

from __future__ import annotations

from bot.coordinators.how import WEIGHTS
from bot.coordinators.network_knobs import Knob
from bot.domain.exchange import GROUPED, MATCHED
from bot.domain.replies import Text, Value, _, ngettext
from bot.domain.tracks import TRACKS
from bot.store.exchanges import Exchange


def _days(*days: int) -> dict[int, Value]:
    return {each: ngettext("{n} day", "{n} days", each) for each in days}


KNOBS: dict[str, Knob] = {
    "round_days": Knob(
        _("Between rounds"),
        _("How many days should lie between two rounds? The next one moves with it."),
        _days(7, 14, 21, 28, 42, 56),
    ),
    "size": Knob(
        _("Size"),
        _("How many people of each side should be in a group?"),
        {n: ngettext("{n} person", "{n} people", n) for n in range(2, 7)},
    ),
    "leads": Knob(
        _("Who leads"),
        _("Should one person of each side lead a group together?"),
        {1: _("Yes, one of each side"), 0: _("No, nobody leads")},
    ),
    "sessions": Knob(
        _("Sessions"),
        _("How many times should a group meet?"),
        {n: ngettext("{n} session", "{n} sessions", n) for n in range(1, 9)},
    ),
    "session_days": Knob(
        _("Between sessions"),
        _("How many days should lie between two sessions?"),
        _days(3, 7, 14, 21, 28),
    ),
    "checkin_days": Knob(
        _("Check-in"),
        _("After how long should people be asked how it goes?"),
        {**_days(14, 30, 60, 90), 0: _("Never")},
    ),
}
"""All there are, by the name of their setting."""

LEVELS: dict[str, Text] = {
    "none": _("not at all"),
    "little": _("a little"),
    "some": _("some"),
    "much": _("much"),
}


def knobs(shape: str) -> dict[str, Knob]:
    """Those an exchange of this format has."""
    groups = ("size", "leads", "sessions", "session_days") if shape in GROUPED else ()
    rounds = ("round_days",) if shape in MATCHED else ()
    return {name: KNOBS[name] for name in (*rounds, *groups, "checkin_days")}


def terms(exchange: Exchange) -> dict[str, float]:
    """The weight of each term that can count in its matching, by the term's name, in order."""
    return exchange.asks.named_weights() if exchange.format in MATCHED else {}


def term_named(exchange: Exchange, term: str) -> Value:
    """What a term is about."""
    kind, colon, key = term.partition(": ")
    if not colon:
        agree = kind == "opinions" and exchange.asks.agree
        return _("opinions that agree") if agree else WEIGHTS[kind]
    labels = {each.key: each.label for each in TRACKS[exchange.track].questions}
    label = labels.get(key, key)
    if kind == "alike":
        return _("the same answer to “{question}”", question=label)
    return _("different answers to “{question}”", question=label)
