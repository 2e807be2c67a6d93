"""Times that people of a faith keep free: prayers, the sabbath, holy days.

The sun's times are those of the city a time zone is named after (`tzdata` knows where it lies), by
`astral` (NOAA's equations, a minute or two off; we keep more around them). Islamic days are by the
Umm al-Qura calendar of `holidays`, which the moon may move by a day: the day before is kept, too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from astral import Observer, SunDirection
from astral.sun import elevation, noon, sunset, time_at_elevation
from holidays import HolidayBase
from holidays.groups.christian import ChristianHolidays
from holidays.groups.hebrew import HebrewCalendarHolidays
from holidays.groups.islamic import IslamicHolidays

from bot.domain.calendar import wall

Span = tuple[datetime, datetime]
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
PRAYER = timedelta(minutes=30)
BEFORE_SABBATH = timedelta(minutes=40)
DARK = -8.5
"""Degrees: three stars can be seen when the sun is so far below the horizon."""

DAWN, NIGHT = -18.0, -17.0
"""Degrees at which Fajr and Isha begin, as the Muslim World League has them."""


class Muslim(HolidayBase, IslamicHolidays):
    """Both Eids with their days, the new year and Arafah."""

    def __init__(self, years: int) -> None:
        IslamicHolidays.__init__(self, show_estimated=False)
        super().__init__(years=years)

    def _populate_public_holidays(self) -> None:
        for day in ("day", "day_two", "day_three"):
            getattr(self, f"_add_eid_al_fitr_{day}")(day)
            getattr(self, f"_add_eid_al_adha_{day}")(day)
        self._add_arafah_day("Arafah")
        self._add_islamic_new_year_day("New year")


class Jewish(HolidayBase, HebrewCalendarHolidays):
    """Rosh Hashanah, Yom Kippur, Sukkot, Passover and Shavuot."""

    def __init__(self, years: int) -> None:
        HebrewCalendarHolidays.__init__(self)
        super().__init__(years=years)

    def _populate_public_holidays(self) -> None:
        self._add_rosh_hashanah("Rosh Hashanah", range(2))
        self._add_yom_kippur("Yom Kippur")
        self._add_sukkot("Sukkot", range(8))
        self._add_passover("Passover", range(8))
        self._add_shavuot("Shavuot")


class Western(HolidayBase, ChristianHolidays):
    """Christmas, and the days around Easter, by the Gregorian calendar."""

    def __init__(self, years: int) -> None:
        ChristianHolidays.__init__(self)
        super().__init__(years=years)

    def _populate_public_holidays(self) -> None:
        self._add_christmas_day("Christmas")
        self._add_epiphany_day("Epiphany")
        self._add_good_friday("Good Friday")
        self._add_easter_sunday("Easter")
        self._add_ascension_thursday("Ascension")
        self._add_pentecost("Pentecost")


class Orthodox(Western):
    """The same by the Julian calendar, and Christmas by either."""

    def __init__(self, years: int) -> None:
        ChristianHolidays.__init__(self, "JULIAN_CALENDAR")
        HolidayBase.__init__(self, years=years)

    def _populate_public_holidays(self) -> None:
        super()._populate_public_holidays()
        self._add_holiday_dec_25("Christmas")


CALENDARS: Mapping[str, tuple[type[Muslim | Jewish | Western], bool]] = {
    "muslim_days": (Muslim, True),
    "jewish_days": (Jewish, True),
    "western_days": (Western, False),
    "orthodox_days": (Orthodox, False),
}
"""The holy days that can be kept, and whether they begin the evening before."""


@cache
def _days(name: str, year: int) -> frozenset[date]:
    made, from_evening = CALENDARS[name]
    days = frozenset(made(year))
    return days | {day - timedelta(days=1) for day in days} if from_evening else days


@cache
def _observers() -> Mapping[str, Observer]:
    """Where each zone's city lies."""
    lines = (files("tzdata.zoneinfo") / "zone.tab").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {row[2]: Observer(*_degrees(row[1])) for row in rows}


def _degrees(place: str) -> tuple[float, float]:
    """Latitude and longitude from "+DDMM[SS]+DDDMM[SS]"."""
    middle = max(place.rfind("+"), place.rfind("-"))
    return _angle(place[:middle], 2), _angle(place[middle:], 3)


def _angle(text: str, whole: int) -> float:
    number, minutes, seconds = text[1 : 1 + whole], text[1 + whole :][:2], text[3 + whole :]
    angle = int(number) + int(minutes) / 60 + int(seconds or 0) / 3600
    return -angle if text[0] == "-" else angle


def _prayers(day: date, zone: str, at: Observer) -> Iterator[datetime]:
    """When the five prayers of a day begin; those the sun doesn't tell there are left out."""
    high = noon(at, day)
    shadow = 1 + math.tan(math.radians(90 - elevation(at, high)))
    asr = math.degrees(math.atan(1 / shadow))
    rising, setting = SunDirection.RISING, SunDirection.SETTING
    yield high
    for degrees, direction in ((DAWN, rising), (asr, setting), (-0.833, setting), (NIGHT, setting)):
        try:
            yield time_at_elevation(at, degrees, day, direction, ZoneInfo(zone))
        except ValueError:  # the sun does not get there, so far north or south
            continue


def _five_prayers(day: date, zone: str, at: Observer) -> Iterator[Span]:
    for begin in _prayers(day, zone, at):
        yield begin, begin + PRAYER


def _friday_midday(day: date, _zone: str, at: Observer) -> Iterator[Span]:
    if day.weekday() == FRIDAY:
        high = noon(at, day)
        yield high - timedelta(minutes=15), high + timedelta(minutes=75)


def _sabbath(day: date, zone: str, at: Observer) -> Iterator[Span]:
    try:
        if day.weekday() == FRIDAY:
            yield sunset(at, day) - BEFORE_SABBATH, wall(day + timedelta(days=1), 0, zone)
        if day.weekday() == SATURDAY:
            dark = time_at_elevation(at, DARK, day, SunDirection.SETTING, ZoneInfo(zone))
            yield wall(day, 0, zone), dark
    except ValueError:
        yield wall(day, 0, zone), wall(day + timedelta(days=1), 0, zone)


def _sunday_morning(day: date, zone: str, _at: Observer) -> Iterator[Span]:
    if day.weekday() == SUNDAY:
        yield wall(day, 8, zone), wall(day, 13, zone)


HOURS: Mapping[str, Callable[[date, str, Observer], Iterator[Span]]] = {
    "five_prayers": _five_prayers,
    "friday_midday": _friday_midday,
    "sabbath": _sabbath,
    "sunday_morning": _sunday_morning,
}
"""The hours that can be kept free."""

KEPT = (*HOURS, *CALENDARS)
"""All that can be kept free, by the name an enrolment's answer has."""


@lru_cache(maxsize=4096)
def _spans(name: str, day: date, zone: str) -> tuple[Span, ...]:
    at = _observers().get(zone, Observer(0, 0))
    return tuple(HOURS[name](day, zone, at))


def is_kept(names: Collection[str], zone: str, start: datetime, end: datetime) -> bool:
    """Whether [start, end) touches a time that is kept free in this zone (IANA)."""
    first, last = (each.astimezone(ZoneInfo(zone)).date() for each in (start, end))
    days = sorted({first, last})
    holy = any(day in _days(name, day.year) for name in CALENDARS if name in names for day in days)
    return holy or any(
        start < until and since < end
        for name in HOURS
        if name in names
        for day in days
        for since, until in _spans(name, day, zone)
    )


def holy_day(names: Collection[str], day: date) -> bool:
    """Whether a day is holy to who keeps these."""
    return any(day in _days(name, day.year) for name in CALENDARS if name in names)
