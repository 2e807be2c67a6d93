"""Days and nights: when something may be said to a person, and when people may meet.

Clock changes are the zone's (`zoneinfo`): a local time that doesn't exist moves forward by the gap,
one that comes twice is its first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from bot.domain.policy import Policy

RestDay = Callable[[date], bool]

LONGEST_REST = 31
"""Days: whoever's calendar rests longer than this is spoken to by day all the same."""


def wall(day: date, hour: int, zone: str, minute: int = 0) -> datetime:
    """The instant (UTC) a local clock shows `hour`:`minute` on `day`."""
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


def local_day(instant: datetime, zone: str) -> date:
    """The date on a local calendar."""
    return instant.astimezone(ZoneInfo(zone)).date()


def at_night(instant: datetime, zone: str, policy: Policy) -> bool:
    """Whether it is between `quiet_from` and `quiet_until` there; equal hours mean no night."""
    hour = instant.astimezone(ZoneInfo(zone)).hour
    if policy.quiet_from <= policy.quiet_until:
        return policy.quiet_from <= hour < policy.quiet_until
    return hour >= policy.quiet_from or hour < policy.quiet_until


def next_allowed(instant: datetime, zone: str, policy: Policy, rest_day: RestDay) -> datetime:
    """The instant itself, or the next morning that is neither at night nor on a day of rest.

    Returns UTC, never earlier than `instant`; asked again with its own answer it gives the same.
    """
    start = instant.astimezone(UTC)
    days = [
        each
        for each in chain([start], _mornings(start, zone, policy))
        if not at_night(each, zone, policy)
    ]
    return next((each for each in days if not rest_day(local_day(each, zone))), days[0])


def _mornings(after: datetime, zone: str, policy: Policy) -> Iterator[datetime]:
    first = local_day(after, zone)
    for n in range(LONGEST_REST + 1):
        morning = wall(first + timedelta(days=n), policy.quiet_until % 24, zone)
        if morning > after:
            yield morning
