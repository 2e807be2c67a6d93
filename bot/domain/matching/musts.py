"""What must hold for two people to be proposed to each other, for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt

from bot.domain.matching.types import HOURS_A_WEEK, BadInput, Candidate, Rules
from bot.domain.people import DAY_PARTS

Grid: TypeAlias = npt.NDArray[np.bool_]
Counts: TypeAlias = npt.NDArray[np.float32]
PairIds: TypeAlias = Set[frozenset[int]]


def week_hours(availability: Iterable[str], zone: str, now: datetime) -> frozenset[int]:
    """The whole UTC hours of the week after `now` in which somebody has time.

    `availability` holds slots such as "0-morning" on the clocks of `zone`, as they stand that week.
    What is no slot is passed over; in an unknown zone nobody is known to have time.
    """
    try:
        here = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return frozenset()
    today = now.astimezone(here).date()
    monday = today + timedelta(days=7 - today.weekday())
    found: set[int] = set()
    for slot in availability:
        day, _, part = slot.partition("-")
        if day not in set("0123456") or part not in DAY_PARTS:
            continue
        start, end = (
            datetime.combine(monday + timedelta(days=int(day)), time(hour), here).astimezone(UTC)
            for hour in DAY_PARTS[part]
        )
        found.update(_whole_hours(start, end))
    return frozenset(found)


def _whole_hours(start: datetime, end: datetime) -> Iterable[int]:
    """The hours of the week that lie wholly between two instants in UTC."""
    hour = start.replace(minute=0)
    hour += timedelta(hours=hour < start)
    while hour + timedelta(hours=1) <= end:
        yield hour.weekday() * 24 + hour.hour
        hour += timedelta(hours=1)


def common(sets: Sequence[Set[str]]) -> Counts:
    """How many elements each two of the sets share."""
    index = {each: at for at, each in enumerate(sorted(set().union(*sets)))}
    has = np.zeros((len(sets), len(index)), np.float32)
    for row, each in enumerate(sets):
        has[row, [index[element] for element in each]] = 1
    return np.asarray(has @ has.T, np.float32)


@dataclass(frozen=True)
class Musts:
    """The musts of a round, one square table of each two candidates a rule."""

    who: Sequence[Candidate]
    rules: Rules
    met: PairIds
    forbidden: PairIds

    @cached_property
    def sides_differ(self) -> Grid:
        """They are on different sides."""
        sides = np.array([each.side for each in self.who], np.int64)
        return np.asarray(sides[:, None] != sides[None, :], np.bool_)

    @cached_property
    def speak(self) -> Grid:
        """They have a language in common."""
        return np.asarray(common([each.languages for each in self.who]) > 0, np.bool_)

    @cached_property
    def can_meet(self) -> Grid:
        """They have a format in common: online, or in person in the same place."""
        return np.asarray(common([ways(each) for each in self.who]) > 0, np.bool_)

    @cached_property
    def hours(self) -> Counts:
        """How many hours of the week they share."""
        has = np.zeros((len(self.who), HOURS_A_WEEK), np.float32)
        for row, each in enumerate(self.who):
            has[row, list(each.hours)] = 1
        return np.asarray(has @ has.T, np.float32)

    @cached_property
    def have_time(self) -> Grid:
        """They share enough hours."""
        return np.asarray(self.hours >= self.rules.least_hours, np.bool_)

    @cached_property
    def are_new(self) -> Grid:
        """They were not proposed to each other before."""
        return ~self._table(self.met)

    @cached_property
    def hold(self) -> Grid:
        """All of it: they may be proposed to each other."""
        return (
            self.sides_differ
            & self.speak
            & self.can_meet
            & self.have_time
            & self.are_new
            & ~self._table(self.forbidden)
        )

    def _table(self, pairs: PairIds) -> Grid:
        row = {each.id: at for at, each in enumerate(self.who)}
        table = np.zeros((len(self.who), len(self.who)), np.bool_)
        for pair in pairs:
            at = [row[each] for each in pair if each in row]
            if len(at) == 2:
                table[at[0], at[1]] = table[at[1], at[0]] = True
        return table


def ways(one: Candidate) -> frozenset[str]:
    """How somebody can meet; "in_person" with the place, which is as good as its name."""
    place = " ".join(one.place.casefold().split())
    online = {"online"} & one.formats
    return frozenset(
        online | ({f"in_person {place}"} if "in_person" in one.formats and place else set())
    )


def checked(who: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates themselves; raises BadInput where they make no sense."""
    if len({each.id for each in who}) < len(who):
        raise BadInput("id", "somebody is there twice")
    for each in who:
        if not all(0 <= hour < HOURS_A_WEEK for hour in each.hours):
            raise BadInput("hours", f"candidate {each.id} has an hour outside the week")
        if each.waited < 0:
            raise BadInput("waited", f"candidate {each.id} waited {each.waited} rounds")
    return who


def may_meet(
    who: Sequence[Candidate],
    met: PairIds = frozenset(),
    forbidden: PairIds = frozenset(),
    rules: Rules | None = None,
) -> set[frozenset[int]]:
    """Each two candidates who may be proposed to each other."""
    hold = Musts(checked(who), (rules or Rules()).checked(), met, forbidden).hold
    return {frozenset((who[a].id, who[b].id)) for a, b in np.argwhere(hold)}
