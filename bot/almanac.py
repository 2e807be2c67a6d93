"""Days of rest and public holidays by country: CLDR's week data (Babel) and `holidays`.

Countries are ISO 3166 codes of two letters; weekdays count from 0 = Monday.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import holidays
from babel import Locale, UnknownLocaleError

# Offices and schools there rest on Friday and Saturday; CLDR 48 still says Saturday and Sunday.
AMENDED = {"PS": frozenset({4, 5})}


@cache
def holidays_in(country: str, year: int) -> frozenset[date]:
    """A country's public holidays in a year; none where `holidays` doesn't know the country."""
    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


@cache
def weekend(country: str) -> frozenset[int]:
    """A country's weekly days of rest; Saturday and Sunday where CLDR doesn't know the country."""
    if country in AMENDED:
        return AMENDED[country]
    try:
        locale = Locale.parse(f"und_{country}")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    first, last = locale.weekend_start, locale.weekend_end
    return frozenset((first + n) % 7 for n in range((last - first) % 7 + 1))


def holiday(country: str, day: date) -> bool:
    """Whether it is a public holiday there."""
    return day in holidays_in(country, day.year)


def rest_day(country: str, day: date) -> bool:
    """Whether it is a weekly day of rest or a public holiday there."""
    return day.weekday() in weekend(country) or holiday(country, day)
