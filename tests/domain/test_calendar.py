"""Quiet hours and days of rest, over every clock change of the zones used, to 2035."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import almanac
from bot.domain.calendar import LONGEST_REST, at_night, local_day, next_allowed, wall
from bot.domain.policy import Policy

ZONES = (
    "Europe/Athens",
    "Asia/Nicosia",
    "Asia/Famagusta",
    "Europe/Istanbul",
    "Asia/Jerusalem",
    "Asia/Gaza",
    "Asia/Hebron",
    "Africa/Cairo",
    "America/Bogota",
    "Europe/Madrid",
    "America/Santiago",
    "America/Havana",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Atlantic/Azores",
    "Asia/Beirut",
    "UTC",
)
COUNTRIES = ("GR", "CY", "TR", "IL", "PS", "EG", "CO", "ES", "CL", "XX")
HOUR = timedelta(hours=1)
START, SECONDS = datetime(2026, 1, 1, tzinfo=UTC), 3650 * 24 * 3600


@cache
def changes(zone: str) -> list[datetime]:
    """Every instant, to the hour, at which a zone's clocks change between 2026 and 2035."""
    each = [START + n * HOUR for n in range(SECONDS // 3600)]
    offsets = [at.astimezone(ZoneInfo(zone)).utcoffset() for at in each]
    return [
        at
        for at, before, after in zip(each[1:], offsets, offsets[1:], strict=False)
        if before != after
    ]


def never(_day: date) -> bool:
    return False


policies = st.builds(Policy, quiet_from=st.integers(0, 23), quiet_until=st.integers(0, 23))
instants = st.integers(0, SECONDS).map(lambda after: START + timedelta(seconds=after))


def near_a_change(zone: str) -> st.SearchStrategy[datetime]:
    if not changes(zone):
        return instants
    minutes = st.integers(-3 * 24 * 60, 3 * 24 * 60).map(lambda n: timedelta(minutes=n))
    return st.builds(lambda at, by: at + by, st.sampled_from(changes(zone)), minutes)


moments = st.sampled_from(ZONES).flatmap(
    lambda zone: st.tuples(st.just(zone), st.one_of(instants, near_a_change(zone)))
)


@given(moments, policies, st.sampled_from(COUNTRIES))
def test_next_allowed_is_by_day_on_a_working_day_and_stays(
    moment: tuple[str, datetime], policy: Policy, country: str
) -> None:
    zone, asked = moment

    def rests(day: date) -> bool:
        return almanac.rest_day(country, day)

    allowed = next_allowed(asked, zone, policy, rests)
    assert allowed >= asked
    assert not at_night(allowed, zone, policy)
    assert not rests(local_day(allowed, zone))
    assert next_allowed(allowed, zone, policy, rests) == allowed
    assert allowed.utcoffset() == timedelta()


@given(moments, policies)
def test_it_is_at_once_or_the_first_minute_of_a_morning(
    moment: tuple[str, datetime], policy: Policy
) -> None:
    zone, asked = moment
    allowed = next_allowed(asked, zone, policy, never)
    if at_night(asked, zone, policy):
        assert at_night(allowed - timedelta(microseconds=1), zone, policy)
        assert allowed - asked <= timedelta(hours=50)
    else:
        assert allowed == asked


@pytest.mark.parametrize("zone", ZONES)
def test_each_clock_change_to_2035_in_steps_of_ten_minutes(zone: str) -> None:
    policy = Policy()
    for change in changes(zone):
        for step in range(-6 * 30, 6 * 30):
            asked = change + step * timedelta(minutes=10)
            allowed = next_allowed(asked, zone, policy, never)
            local = allowed.astimezone(ZoneInfo(zone))
            assert allowed == asked or (local.hour, local.minute) == (8, 0)
            assert allowed >= asked
            assert 8 <= local.hour < 21


def test_most_zones_do_change() -> None:
    still = {zone for zone in ZONES if not changes(zone)}
    assert still == {"Europe/Istanbul", "America/Bogota", "Asia/Kathmandu", "UTC"}
    assert changes("Asia/Nicosia")[0] == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_local_time_that_does_not_exist_moves_forward() -> None:
    spring = date(2026, 3, 29)
    assert wall(spring, 3, "Asia/Nicosia", 30) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    shown = wall(spring, 3, "Asia/Nicosia", 30).astimezone(ZoneInfo("Asia/Nicosia"))
    assert (shown.hour, shown.minute) == (4, 30)


def test_a_local_time_that_comes_twice_is_its_first() -> None:
    assert wall(date(2026, 10, 25), 3, "Asia/Nicosia") == datetime(2026, 10, 25, tzinfo=UTC)


def test_who_rests_for_ever_is_still_spoken_to_by_day() -> None:
    def always(_day: date) -> bool:
        return True

    day = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert next_allowed(day, "UTC", Policy(), always) == day
    night = datetime(2026, 11, 22, 23, tzinfo=UTC)
    assert next_allowed(night, "UTC", Policy(), always) == datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_a_month_of_rest_is_kept() -> None:
    first = date(2026, 11, 1)

    def rests(day: date) -> bool:
        return day < first + timedelta(days=LONGEST_REST)

    asked = datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert next_allowed(asked, "UTC", Policy(), rests) == datetime(2026, 12, 2, 8, tzinfo=UTC)


def test_the_night_at_its_edges() -> None:
    def at(hour: int, policy: Policy) -> bool:
        return at_night(datetime(2026, 11, 22, hour, tzinfo=UTC), "UTC", policy)

    assert [hour for hour in range(24) if at(hour, Policy())] == [*range(8), 21, 22, 23]
    early = Policy(quiet_from=1, quiet_until=6)
    assert [hour for hour in range(24) if at(hour, early)] == [1, 2, 3, 4, 5]
    assert not any(at(hour, Policy(quiet_from=8, quiet_until=8)) for hour in range(24))


def test_the_almanac_knows_weekends_and_holidays() -> None:
    assert almanac.weekend("IL") == {4, 5}
    assert almanac.weekend("PS") == {4, 5}
    assert almanac.weekend("GR") == {5, 6}
    assert almanac.weekend("IR") == {4}
    assert almanac.weekend("XX") == {5, 6}
    assert almanac.holiday("CY", date(2026, 12, 25))
    assert almanac.rest_day("CY", date(2026, 12, 25))
    assert not almanac.rest_day("CY", date(2026, 12, 23))
    assert not almanac.holiday("XX", date(2026, 12, 25))
