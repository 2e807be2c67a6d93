"""The hours of a week, the same for everybody wherever they live."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.people import DAY_PARTS


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
