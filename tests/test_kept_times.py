"""Prayers, the sabbath and holy days are times kept free."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.kept_times import CALENDARS, HOURS, KEPT, holy_day, is_kept

JERUSALEM, HELSINKI = "Asia/Jerusalem", "Europe/Helsinki"
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = [JERUSALEM, HELSINKI, "Asia/Nicosia", "America/New_York", "Arctic/Longyearbyen", "UTC"]


def at(hour: int, minute: int = 0, day: int = 27) -> datetime:
    """An hour in Jerusalem in November 2026, two hours ahead of UTC; the 27th is a Friday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=2)


@pytest.mark.parametrize(
    ("name", "start", "kept"),
    [
        # Printed timetables of Jerusalem for 27 November: 4:54, 11:27, 14:17, 16:36, 17:56.
        ("five_prayers", at(4, 55), True),
        ("five_prayers", at(11, 27), True),
        ("five_prayers", at(14, 20), True),
        ("five_prayers", at(16, 40), True),
        ("five_prayers", at(18, 0), True),
        ("five_prayers", at(9, 0), False),
        ("friday_midday", at(11, 30), True),
        ("friday_midday", at(11, 30, day=26), False),
        ("sabbath", at(15, 30), False),
        ("sabbath", at(16, 10), True),  # candles are lit at 15:56
        ("sabbath", at(12, 0, day=28), True),
        ("sabbath", at(17, 30, day=28), False),  # three stars at 17:14
        ("sunday_morning", at(10, 0, day=29), True),
        ("sunday_morning", at(14, 0, day=29), False),
    ],
)
def test_the_hours_of_a_city(name: str, start: datetime, *, kept: bool) -> None:
    assert is_kept({name}, JERUSALEM, start, start + timedelta(minutes=15)) is kept


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("muslim_days", date(2026, 3, 20)),  # Eid al-Fitr
        ("muslim_days", date(2026, 5, 27)),  # Eid al-Adha
        ("jewish_days", date(2026, 9, 20)),  # the evening before Yom Kippur
        ("jewish_days", date(2026, 9, 21)),
        ("western_days", date(2026, 4, 5)),  # Easter
        ("orthodox_days", date(2026, 4, 12)),
    ],
)
def test_holy_days(name: str, day: date) -> None:
    assert holy_day({name}, day)
    assert not holy_day({name}, day + timedelta(days=40))
    noon = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=10)
    assert is_kept({name}, JERUSALEM, noon, noon + timedelta(hours=1))
    others = CALENDARS.keys() - {name}
    assert not any(holy_day({each}, day) for each in others if name.startswith("muslim"))


@given(
    some.sets(some.sampled_from(KEPT), max_size=4),
    some.sampled_from(ZONES),
    some.integers(0, 40_000).map(lambda hours: NEW_YEAR + timedelta(hours=hours)),
    some.integers(15, 180),
)
def test_who_keeps_more_is_free_less(
    names: set[str], zone: str, start: datetime, minutes: int
) -> None:
    end = start + timedelta(minutes=minutes)
    assert is_kept(names, zone, start, end) is any(
        is_kept({name}, zone, start, end) for name in names
    )
    if is_kept(names, zone, start, end):
        assert is_kept(names, zone, start - timedelta(hours=1), end)


def test_every_city_has_its_sun() -> None:
    midsummer = datetime(2026, 6, 26, 12, tzinfo=UTC)
    for zone in ZONES:
        for name in HOURS:
            is_kept({name}, zone, midsummer, midsummer + timedelta(days=1))
