"""Sums of rows: what is counted is all there was, and too few people are never shown."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures import (
    BINS,
    Step,
    Week,
    beside,
    by_week,
    funnel,
    hardly_meet,
    meetings_by_week,
    monday,
    shown,
    waits,
    weeks_until,
)

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def noon(day: date) -> datetime:
    return datetime.combine(day, NOW.timetz())


steps = st.sampled_from([step for step in Step if step is not Step.INVITED])
moments = st.dates(date(2025, 1, 1), date(2027, 1, 1)).map(noon)


@given(st.integers(0, 99), st.integers(1, 9), st.integers(0, 99))
def test_a_figure_of_too_few_people_is_not_shown(many: int, fewest: int, people: int) -> None:
    assert shown(many, fewest) == (many if many >= fewest else None)
    assert shown(many, fewest, people) == (many if people >= fewest else None)


@given(st.lists(st.tuples(st.integers(1, 3), steps, st.integers(1, 50))))
def test_who_took_a_step_took_all_before_it(rows: list[tuple[int, int, int]]) -> None:
    found = funnel(rows)
    for side, counts in found.items():
        told = [counts[step] for step in Step if step is not Step.INVITED]
        assert told == sorted(told, reverse=True)
        assert told[0] == sum(many for at, _step, many in rows if at == side)


@given(st.lists(st.tuples(moments, steps)))
def test_each_who_began_is_in_the_week_of_it(rows: list[tuple[datetime, int]]) -> None:
    weeks = weeks_until(NOW)
    found = by_week(rows, weeks)
    assert list(found) == weeks
    assert weeks[-1] <= NOW.date() < weeks[-1] + timedelta(days=7)
    for week, counts in found.items():
        inside = [1 for at, _step in rows if week <= at.date() < week + timedelta(days=7)]
        assert counts[Step.SIGNED_UP] == len(inside)


def test_a_week_begins_on_monday() -> None:
    assert monday(NOW) == date(2026, 3, 2) == monday(date(2026, 3, 8))


def test_meetings_and_people_are_counted_by_week() -> None:
    rows = [(1, NOW, "held", 7), (1, NOW, "held", 8), (2, NOW, "missed", 7), (3, NOW, "held", 7)]
    weeks = weeks_until(NOW, 2)
    assert meetings_by_week(rows, weeks) == {
        weeks[0]: Week(0, 0, 0, 0),
        weeks[1]: Week(2, 1, 2, 1),
    }


@given(st.lists(st.integers(0, 100)))
def test_each_wait_is_in_one_class(days: list[int]) -> None:
    found = waits((1, NOW, NOW + timedelta(days=each)) for each in days)
    sums = found.get(1, [0] * (len(BINS) + 1))
    assert sum(sums) == len(days)
    assert sums[0] == sum(each <= BINS[0] for each in days)
    assert sums[-1] == sum(each > BINS[-1] for each in days)


def test_who_met_beside_who_never_did() -> None:
    reached: dict[int, int] = {1: Step.MET, 2: Step.THRICE, 3: Step.INTRODUCED, 4: Step.INTRODUCED}
    answers = [("warmth", 1, 10), ("warmth", 1, 80), ("warmth", 2, 60), ("warmth", 3, 40)]
    answers += [("warmth", 4, 50), ("warmth", 9, 0), ("trust", 1, 5), ("trust", 3, 5)]
    found = beside(answers, reached, 2)
    assert set(found) == {"warmth"}
    assert (found["warmth"].met, found["warmth"].never) == (70, 45)
    assert (found["warmth"].who_met, found["warmth"].who_never) == (2, 2)
    assert beside(answers, reached, 3) == {}


@given(
    st.lists(st.integers(1, 9), unique=True),
    st.dictionaries(st.tuples(st.integers(1, 9), st.integers(1, 9)), st.integers(0, 20)),
    st.integers(0, 6),
)
def test_tracks_that_hardly_meet_are_named_once(
    tracks: list[int], overlaps: dict[tuple[int, int], int], fewest: int
) -> None:
    found = hardly_meet(tracks, overlaps, fewest)
    assert max(Counter(found).values(), default=1) == 1
    for one, other in found:
        assert one < other
        assert overlaps.get((one, other), 0) < max(1, fewest)
