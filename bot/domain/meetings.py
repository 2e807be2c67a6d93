"""Meetings: when two people can meet, what a wish for a time runs into, what follows a log."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum, auto
from itertools import groupby
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.calendar import RestDay, at_night, local_day, wall
from bot.domain.people import DAY_PARTS
from bot.domain.policy import Policy

SOONEST = timedelta(hours=12)
LATEST = timedelta(days=14)
STEP = timedelta(minutes=30)
APART = timedelta(hours=2)


Keeps: TypeAlias = Callable[[datetime, datetime], bool]


def never(_start: datetime, _end: datetime) -> bool:
    """Nothing is kept free."""
    return False


@dataclass(frozen=True, slots=True)
class Party:
    """One of those who meet: IANA `zone`, slots such as "0-morning" (none: any), days of rest.

    A weekly day of rest may be ticked as free by who doesn't keep it; a holiday may not. `keeps`
    tells whether something else is kept free between two instants: a prayer, a holy day.
    """

    zone: str
    availability: frozenset[str]
    rests: RestDay
    holiday: RestDay
    keeps: Keeps = never

    def closed(self, day: date) -> bool:
        """Whether this party is not to be asked to meet on that day."""
        ticked = any(slot.startswith(f"{day.weekday()}-") for slot in self.availability)
        return self.holiday(day) or (self.rests(day) and not ticked)


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a time has to suit: both parties, the policy, and what either agreed already.

    In a group there are `more` parties.
    """

    me: Party
    them: Party
    policy: Policy
    taken: tuple[tuple[datetime, datetime], ...] = ()
    more: tuple[Party, ...] = ()

    @property
    def length(self) -> timedelta:
        """How long a meeting is."""
        return timedelta(minutes=self.policy.meeting_minutes)

    @property
    def all(self) -> tuple[Party, ...]:
        """All who meet, `me` first."""
        return self.me, self.them, *self.more

    def closed(self, party: Party, at: datetime) -> bool:
        """Whether on that day one of them is not asked to meet, or nobody of the network is."""
        day = local_day(at, party.zone)
        return self.policy.rests(day) or party.closed(day)


class Obstacle(Enum):
    """Why a meeting can't be at a time."""

    PAST = auto()
    SOON = auto()
    FAR = auto()
    REST = auto()
    KEPT = auto()
    NIGHT = auto()
    THEIR_NIGHT = auto()
    TAKEN = auto()


def obstacle(plan: Plan, start: datetime, now: datetime) -> Obstacle | None:
    """What stands against meeting at `start`, as `plan.me` sees it; None where nothing does."""
    if start <= now:
        return Obstacle.PAST
    if start < now + SOONEST:
        return Obstacle.SOON
    if start > now + LATEST:
        return Obstacle.FAR
    return _clash(plan, start)


def _clash(plan: Plan, start: datetime) -> Obstacle | None:
    end = start + plan.length - timedelta(minutes=1)
    if any(plan.closed(each, at) for each in plan.all for at in (start, end)):
        return Obstacle.REST
    for n, each in enumerate(plan.all):
        if any(at_night(at, each.zone, plan.policy) for at in (start, end)):
            return Obstacle.THEIR_NIGHT if n else Obstacle.NIGHT
    if any(each.keeps(start, start + plan.length) for each in plan.all):
        return Obstacle.KEPT
    return Obstacle.TAKEN if taken(plan, start) else None


def taken(plan: Plan, start: datetime) -> bool:
    """Whether one of the two has agreed to meet somebody else then."""
    return any(start < until and since < start + plan.length for since, until in plan.taken)


def free(party: Party, start: datetime, length: timedelta) -> bool:
    """Whether the whole meeting lies in one part of the day the party ticked as free."""
    if not party.availability:
        return True
    local = start.astimezone(ZoneInfo(party.zone))
    day = local.date()
    return any(
        f"{day.weekday()}-{part}" in party.availability
        and wall(day, since, party.zone) <= start
        and start + length <= wall(day, until, party.zone)
        for part, (since, until) in DAY_PARTS.items()
    )


def open_times(plan: Plan, now: datetime) -> list[datetime]:
    """Every half hour (UTC) at which all can meet, whether they ticked it or not."""
    return [start for start in _half_hours(now) if obstacle(plan, start, now) is None]


def _half_hours(now: datetime) -> Iterator[datetime]:
    start = (now + SOONEST).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    while start <= now + LATEST:
        yield start
        start += STEP


def suggested(plan: Plan, now: datetime, count: int = 6) -> list[datetime]:
    """Up to `count` times (UTC, in order) all ticked as free, spread over days and hours.

    Days of rest stay out, even ticked ones, unless nothing else suits.
    """
    fit = [
        start
        for start in open_times(plan, now)
        if all(free(each, start, plan.length) for each in plan.all)
    ]
    weekdays = [
        start
        for start in fit
        if not any(each.rests(local_day(start, each.zone)) for each in plan.all)
    ]
    return spread(weekdays or fit, plan.me.zone, count)


def spread(times: Sequence[datetime], zone: str, count: int) -> list[datetime]:
    """Up to `count` of the times: one a day first, at different hours, then others well apart."""
    days = [list(each) for _, each in groupby(times, lambda at: local_day(at, zone))]
    step = max(1, len(days) / count)
    picked = [days[int(n * step)] for n in range(min(count, len(days)))]
    chosen = [hours[n * len(hours) // len(picked)] for n, hours in enumerate(picked)]
    while len(chosen) < count:
        far = [at for at in times if all(abs(at - other) >= APART for other in chosen)]
        if not far:
            break
        chosen.append(max(far, key=lambda at: min(abs(at - other) for other in chosen)))
    return sorted(chosen)


def read_time(text: str, zone: str) -> datetime | None:
    """The instant meant by "2026-12-03 17:30" on a local clock; None where it is no such time."""
    try:
        local = datetime.strptime(text.strip(), "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(zone))
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def outcome(said: Collection[bool]) -> str:
    """A meeting's state after what its members said of whether they met: one "yes" is enough."""
    if not said:
        return "agreed"
    return "held" if any(said) else "missed"


class Next(Enum):
    """What to offer after a log."""

    MEET_AGAIN = auto()
    NEW_TIME = auto()
    PART = auto()


def after_log(*, met: bool, again: bool | None) -> Next:
    """What one member is offered after their own log."""
    if again is False:
        return Next.PART
    return Next.MEET_AGAIN if met else Next.NEW_TIME
