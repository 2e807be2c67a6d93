"""Times that suit two people, what a wish for a time runs into, what follows a log."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.almanac import holiday, rest_day
from bot.domain.calendar import at_night, local_day
from bot.domain.meetings import (
    APART,
    LATEST,
    SOONEST,
    Next,
    Obstacle,
    Party,
    Plan,
    after_log,
    free,
    obstacle,
    open_times,
    outcome,
    read_time,
    spread,
    suggested,
)
from bot.domain.pauses import LENGTHS, lengths, pause_or_stay
from bot.domain.people import DAY_PARTS
from bot.domain.policy import Policy

SLOTS = [f"{day}-{part}" for day in range(7) for part in DAY_PARTS]
WEEKDAYS = frozenset(slot for slot in SLOTS if slot[0] in "0123")
HOMES = {
    "Asia/Nicosia": "CY",
    "Europe/Istanbul": "TR",
    "Asia/Jerusalem": "IL",
    "Asia/Gaza": "PS",
    "America/Santiago": "CL",
    "Asia/Kathmandu": "NP",
    "Africa/Cairo": "EG",
}
NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)  # a Sunday


def never(_day: date) -> bool:
    return False


def party(zone: str = "UTC", slots: frozenset[str] = frozenset(), country: str = "") -> Party:
    if not country:
        return Party(zone, slots, never, never)
    return Party(zone, slots, partial(rest_day, country), partial(holiday, country))


homes = st.builds(
    lambda zone, slots: party(zone, slots, HOMES[zone]),
    st.sampled_from(sorted(HOMES)),
    st.frozensets(st.sampled_from(SLOTS)),
)
plans = st.builds(Plan, homes, homes, st.just(Policy()))
nows = st.integers(0, 3650 * 24).map(
    lambda hours: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
)


@settings(max_examples=40, deadline=None)
@given(plans, nows)
def test_suggested_times_suit_both(plan: Plan, now: datetime) -> None:
    times = suggested(plan, now)
    assert times == sorted(set(times))
    assert len(times) <= 6
    for at in times:
        assert now + SOONEST <= at <= now + LATEST
        assert obstacle(plan, at, now) is None
        for each in plan.all:
            assert free(each, at, plan.length)
            assert not each.holiday(local_day(at, each.zone))
            assert not at_night(at, each.zone, plan.policy)


@settings(max_examples=40, deadline=None)
@given(plans, nows)
def test_they_are_spread_over_different_days(plan: Plan, now: datetime) -> None:
    times = suggested(plan, now)
    every = [
        at for at in open_times(plan, now) if all(free(each, at, plan.length) for each in plan.all)
    ]
    assert bool(times) == bool(every)
    assert all(abs(one - other) >= APART for one in times for other in times if one != other)
    days = {local_day(at, plan.me.zone) for at in times}
    kept = [at for at in every if not any(p.rests(local_day(at, p.zone)) for p in plan.all)]
    possible = {local_day(at, plan.me.zone) for at in kept or every}
    assert len(days) == min(6, len(possible))


@given(st.lists(nows, unique=True, max_size=40), st.integers(1, 8))
def test_spread_takes_no_more_than_asked_of_what_there_is(
    times: list[datetime], count: int
) -> None:
    chosen = spread(sorted(times), "Asia/Nicosia", count)
    assert len(chosen) <= count
    assert set(chosen) <= set(times)
    assert bool(chosen) == bool(times)


def test_times_two_hours_apart_fill_up_a_single_day() -> None:
    day = [datetime(2026, 11, 23, 9, tzinfo=UTC) + n * timedelta(minutes=30) for n in range(7)]
    assert [at.hour for at in spread(day, "UTC", 6)] == [9, 12]


def test_times_move_through_the_day_over_the_days() -> None:
    plan = Plan(party(slots=WEEKDAYS), party(slots=WEEKDAYS), Policy())
    times = suggested(plan, NOW)
    assert len({at.date() for at in times}) == 6
    assert len({at.hour for at in times}) >= 4


def test_weekly_days_of_rest_are_last_and_only_if_both_ticked_them() -> None:
    saturday = frozenset({"5-morning"})
    both = Plan(party("UTC", saturday, "CY"), party("UTC", saturday, "IL"), Policy())
    assert {at.weekday() for at in suggested(both, NOW)} == {5}
    one = Plan(party("UTC", saturday, "CY"), party("UTC", frozenset(), "IL"), Policy())
    assert suggested(one, NOW) == []
    more = Plan(
        party("UTC", saturday | {"0-morning"}, "CY"),
        party("UTC", saturday | {"0-morning"}, "IL"),
        Policy(),
    )
    assert {at.weekday() for at in suggested(more, NOW)} == {0}


def test_a_holiday_is_closed_even_if_that_weekday_is_ticked() -> None:
    christmas = date(2026, 12, 25)
    assert party("UTC", frozenset({"4-morning"}), "CY").closed(christmas)


at_noon = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "why"),
    [
        (NOW, Obstacle.PAST),
        (NOW - timedelta(days=400), Obstacle.PAST),
        (NOW + timedelta(hours=11), Obstacle.SOON),
        (NOW + timedelta(days=15), Obstacle.FAR),
        (datetime(2026, 11, 28, 12, tzinfo=UTC), Obstacle.REST),
        (datetime(2026, 11, 24, 20, tzinfo=UTC), Obstacle.NIGHT),
        (datetime(2026, 11, 24, 18, 30, tzinfo=UTC), Obstacle.NIGHT),
        (datetime(2026, 11, 24, 10, tzinfo=UTC), Obstacle.THEIR_NIGHT),
        (at_noon + timedelta(minutes=30), Obstacle.TAKEN),
        (at_noon - timedelta(minutes=30), Obstacle.TAKEN),
        (at_noon + timedelta(minutes=60), None),
    ],
)
def test_obstacles(start: datetime, why: Obstacle | None) -> None:
    me, them = party("Asia/Nicosia", country="CY"), party("America/Santiago")
    taken = ((at_noon, at_noon + timedelta(hours=1)),)
    assert obstacle(Plan(me, them, Policy(), taken), start, NOW) is why


def test_a_meeting_lies_within_a_part_of_the_day_that_was_ticked() -> None:
    slots = frozenset({"1-afternoon"})
    hour = timedelta(hours=1)

    def fits(hours: int, minutes: int = 0) -> bool:
        start = datetime(2026, 11, 24, hours, minutes, tzinfo=UTC)
        return free(party(slots=slots), start, hour)

    assert [each for each in range(24) if fits(each)] == [13, 14, 15, 16]
    assert not fits(16, 30)
    assert not free(party(slots=slots), datetime(2026, 11, 25, 14, tzinfo=UTC), hour)
    assert free(party(), NOW, hour)


def test_a_typed_time_is_read_strictly() -> None:
    assert read_time(" 2026-12-03 17:30 ", "Asia/Nicosia") == datetime(
        2026, 12, 3, 15, 30, tzinfo=UTC
    )
    for text in ("tomorrow", "2026-12-03", "03/12/2026 17:30", "2026-13-03 17:30", "", "1-1-1 1:1"):
        assert read_time(text, "Asia/Nicosia") is None
    assert read_time("0001-01-01 00:00", "Asia/Nicosia") is None
    assert read_time("9999-12-31 23:59", "America/Bogota") is None


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    found = read_time(text, "Europe/Athens")
    assert found is None or found.tzinfo is UTC


def test_one_who_says_they_met_is_enough() -> None:
    assert outcome([]) == "agreed"
    assert outcome([False]) == "missed"
    assert outcome([False, True]) == "held"


def test_what_follows_a_log() -> None:
    assert after_log(met=True, again=True) is Next.MEET_AGAIN
    assert after_log(met=True, again=None) is Next.MEET_AGAIN
    assert after_log(met=False, again=None) is Next.NEW_TIME
    assert after_log(met=True, again=False) is Next.PART


def test_pauses_have_a_button_each() -> None:
    assert [each.args for row in lengths() for each in row] == [(days,) for days in LENGTHS]
    assert [each.action for row in pause_or_stay() for each in row] == ["pause.menu", "pause.no"]
