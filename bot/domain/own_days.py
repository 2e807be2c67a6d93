"""A network's own days, on which it rests: days of mourning, holidays no calendar knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from bot.domain.policy import yearly

LEAP = 8
"""The 29th of February comes again within so many years."""


def written(text: str, today: date, *, every_year: bool) -> str | None:
    """The own day somebody means by day, month and perhaps year: "24.4.", "24/4/2026".

    None where that is no day. Without a year it is the next one that is still ahead.
    """
    numbers = [int(each) for each in re.findall(r"\d{1,4}", text)]
    if len(numbers) not in {2, 3}:
        return None
    if len(numbers) == 2:
        found = _ahead(numbers[1], numbers[0], today)
    else:
        in_order = numbers if numbers[0] > 31 else numbers[::-1]
        found = _day(*in_order)
    if found is None or (found < today and not every_year):
        return None
    return yearly(found) if every_year else found.isoformat()


def next_on(own_day: str, today: date) -> date | None:
    """The next time an own day comes, today included; None once it is past."""
    if own_day.startswith("--"):
        return _ahead(int(own_day[2:4]), int(own_day[5:7]), today)
    day = date.fromisoformat(own_day)
    return day if day >= today else None


def ahead(own_days: Iterable[str], today: date) -> list[tuple[date, str]]:
    """Those that are not past, the next one first."""
    found = ((next_on(each, today), each) for each in own_days)
    return sorted((day, each) for day, each in found if day is not None)


def _ahead(month: int, day: int, today: date) -> date | None:
    years = (_day(today.year + n, month, day) for n in range(LEAP + 1))
    return next((each for each in years if each is not None and each >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
