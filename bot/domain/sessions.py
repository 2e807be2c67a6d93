"""Sessions of a circle or team: who agreed to a time, which one is next, when all are over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.domain.calendar import local_day
from bot.domain.meetings import Plan, free, open_times, spread

DONE = ("held", "missed")
"""The states of a session that is over, as its leads say."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What is known of a session beside its time.

    `lines` is what it is about, None as long as that is what its track has for it. `agreed` has the
    leads (members' ids) who agreed to its time, `can` whether members said that they can come.
    """

    lines: tuple[str, ...] | None = None
    agreed: frozenset[int] = frozenset()
    can: Mapping[int, bool] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The arrangement as it is stored."""
        return {
            "lines": None if self.lines is None else list(self.lines),
            "agreed": sorted(self.agreed),
            "can": {str(member): can for member, can in self.can.items()},
        }

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None) -> Arrangement:
        """The stored arrangement."""
        known = stored or {}
        lines = known.get("lines")
        can = {int(member): bool(can) for member, can in known.get("can", {}).items()}
        told = None if lines is None else tuple(map(str, lines))
        return cls(told, frozenset(known.get("agreed", ())), can)

    def with_word(self, member_id: int, *, can: bool) -> Arrangement:
        """The same with a member's word on whether they can come."""
        return replace(self, can={**self.can, member_id: can})


def settled(agreed: Collection[int], leads: Mapping[int, int]) -> bool:
    """Whether a time holds: a lead of each side that has any agreed; `leads` are sides by id."""
    sides = {leads[member_id] for member_id in agreed if member_id in leads}
    return bool(sides) and sides == set(leads.values())


def number_of_next(known: Iterable[tuple[int, str]]) -> int:
    """Which session comes next, from 1, by the numbers and states of those known.

    One that was missed is tried again under its number.
    """
    return max((number for number, state in known if state == "held"), default=0) + 1


def all_held(known: Iterable[tuple[int, str]], sessions: int) -> bool:
    """Whether a group has had all the sessions it was to have."""
    return number_of_next(known) > sessions


def suiting_most(plan: Plan, now: datetime, count: int = 6) -> tuple[list[datetime], int]:
    """Up to `count` times (UTC, in order) that the most parties ticked as free, and how many did.

    Days of rest stay out, even ticked ones, unless nothing else suits as many. `plan` has at least
    one party; none of the times is at night, on a holiday or taken for any of them.
    """
    found = [(start, _free_at(plan, start)) for start in open_times(plan, now)]
    most = max((many for _start, many in found), default=0)
    fit = [start for start, many in found if many == most]
    weekdays = [start for start in fit if not _rests(plan, start)]
    return spread(weekdays or fit, plan.me.zone, count), most


def _free_at(plan: Plan, start: datetime) -> int:
    return sum(free(each, start, plan.length) for each in plan.all)


def _rests(plan: Plan, start: datetime) -> bool:
    return any(each.rests(local_day(start, each.zone)) for each in plan.all)


def came(marked: Mapping[int, bool], members: Sequence[int]) -> tuple[int, int]:
    """Of these members, how many are marked as having come, and as having stayed away."""
    said = [marked[member] for member in members if member in marked]
    return sum(said), len(said) - sum(said)
