"""What can be set in a network by choosing one of a few sensible values: one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.replies import Plain, Text, Value, _, ngettext
from bot.store.networks import Network, Side

RULES = ("approval", "open", "joint_rounds")
"""Those that are columns of their own; the others are fields of the policy."""

SWITCHES = ("opinions", "staged", "sensitive")
"""Fields that are on or off."""

FIRST = "first_side"


@dataclass(frozen=True, slots=True)
class Knob:
    """Something to set: what it is called, what is asked, and the values there are."""

    label: Text
    ask: Text
    values: Mapping[int, Value]


def _hours(hours: Iterable[int]) -> dict[int, Value]:
    return {each: ngettext("{n} hour", "{n} hours", each) for each in hours}


def _days(days: Iterable[int]) -> dict[int, Value]:
    return {each: ngettext("{n} day", "{n} days", each) for each in days}


def _clock(hours: Iterable[int]) -> dict[int, Value]:
    return {each: Plain(f"{each:02}:00") for each in hours}


KNOBS: dict[str, Knob] = {
    "approval": Knob(
        _("Approval"),
        _("Should a coordinator approve everybody who signs up?"),
        {1: _("Yes, coordinators approve"), 0: _("No, no approval is needed")},
    ),
    "open": Knob(
        _("Joining"),
        _("Who can join?"),
        {0: _("Only people with an invitation"), 1: _("Anybody who asks")},
    ),
    "joint_rounds": Knob(
        _("Rounds"),
        _("Who approves a round of introductions?"),
        {1: _("Coordinators of every side"), 0: _("One coordinator is enough")},
    ),
    "opinions": Knob(
        _("Opinions"),
        _("Should opinions count when people are introduced to each other?"),
        {1: _("Yes, they count"), 0: _("No, they do not count")},
    ),
    "staged": Knob(
        _("Names"),
        _("When do two who are introduced see each other's names?"),
        {1: _("Once each shows theirs"), 0: _("Once both said yes")},
    ),
    "sensitive": Knob(
        _("Sensitive"),
        _(
            "Would it endanger people here if somebody saw their screen? Then I cover what I write "
            "to them until they tap it. Each can choose otherwise with /discreet."
        ),
        {1: _("Yes, cover it"), 0: _("No, write openly")},
    ),
    "quiet_from": Knob(
        _("Quiet from"),
        _("From when on in the evening should nothing be sent? It is each reader's own time."),
        _clock((19, 20, 21, 22, 23)),
    ),
    "quiet_until": Knob(
        _("Quiet until"),
        _("Until when in the morning should nothing be sent? It is each reader's own time."),
        _clock((6, 7, 8, 9, 10)),
    ),
    "proposal_expires_hours": Knob(
        _("Time to answer"),
        _("How long do people have to answer when they are introduced to somebody?"),
        _hours((24, 48, 72, 120, 168)),
    ),
    "proposal_nudge_hours": Knob(
        _("Reminder to answer"),
        _("After how long are they reminded to answer?"),
        _hours((12, 24, 48)),
    ),
    "form_nudge_hours": Knob(
        _("Reminder to finish"),
        _("After how long is somebody reminded of a sign-up that is not finished?"),
        _hours((12, 24, 48, 72)),
    ),
    "silent_days": Knob(
        _("Gone quiet"),
        _("After how long without a word has somebody gone quiet?"),
        _days((7, 14, 21, 28)),
    ),
    "meeting_minutes": Knob(
        _("Length of a meeting"),
        _("How long is a meeting usually?"),
        {n: ngettext("{n} minute", "{n} minutes", n) for n in (30, 45, 60, 90, 120)},
    ),
    "fewest": Knob(
        _("Fewest people"),
        _("From how many people on may a figure be shown? Fewer could be recognised in it."),
        {n: ngettext("{n} person", "{n} people", n) for n in (5, 8, 10, 20)},
    ),
    "keep_months": Knob(
        _("How long is it kept"),
        _("How long is what people told kept after their last activity has ended?"),
        {
            **{n: ngettext("{n} month", "{n} months", n) for n in (3, 6, 12, 24, 36)},
            0: _("As long as they are here"),
        },
    ),
    FIRST: Knob(
        _("Who speaks first"),
        _("Which side speaks first where turns are taken? It should be the one with less power."),
        {},
    ),
}
"""All there are, by the name of their column or field, in the order in which they are shown."""


def values(name: str, sides: Iterable[Side]) -> Mapping[int, Value]:
    """The values one can choose from."""
    if name == FIRST:
        return {each.position: each.name for each in sides}
    return KNOBS[name].values


def present(name: str, network: Network) -> int:
    """The value it has now."""
    return int(getattr(network if name in RULES else network.settled, name))


def shown(name: str, value: int, sides: Iterable[Side]) -> Value:
    """A value in words; one that nobody can choose (any more) as it is."""
    return values(name, sides).get(value, value)
