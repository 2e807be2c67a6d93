"""Floods: how many updates come through, whatever they look like; and limits on what one does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.floods import Fate, Floods
from bot.domain.limits import COPIES, LETTERS, LIMITS, Limit, letters

GAPS = st.lists(st.floats(-5, 30), min_size=1, max_size=200)
NOW = datetime(2026, 11, 23, 9, 30, 15, tzinfo=UTC)


def moments(gaps: list[float]) -> list[float]:
    """When they come: so long after one another; below 0, the clock was set back."""
    at, found = 1000.0, []
    for gap in gaps:
        at += gap
        found.append(at)
    return found


@given(GAPS, st.integers(1, 50), st.floats(0.1, 10))
def test_no_more_come_through_than_a_burst_and_so_many_a_second(
    gaps: list[float], burst: int, a_second: float
) -> None:
    floods = Floods(burst, a_second)
    taken = [floods.weigh("ana", at) is Fate.TAKEN for at in moments(gaps)]
    forward = sum(max(0.0, gap) for gap in gaps)
    assert sum(taken) <= burst + forward * a_second + 1
    assert all(taken[:burst]), "a burst always does"


@given(GAPS, st.integers(1, 50), st.floats(0.1, 10))
def test_spent_foresees_and_takes_nothing(gaps: list[float], burst: int, a_second: float) -> None:
    floods = Floods(burst, a_second)
    for at in moments(gaps):
        spent = [floods.spent("ana", at) for _ in range(3)]
        assert spent == [floods.weigh("ana", at) is not Fate.TAKEN] * 3


@given(st.integers(1, 3000), st.integers(1, 100), st.floats(0, 5))
def test_whatever_came_before_one_gets_through_a_second_after_it(
    many: int, a_second: int, left: float
) -> None:
    floods = Floods(40, 1)
    for n in range(many):
        floods.weigh("ana", n / a_second)
    assert floods.weigh("ana", (many - 1) / a_second + 1.001 + left) is Fate.TAKEN


@given(GAPS)
def test_others_neither_feel_it_nor_get_anybody_more(gaps: list[float]) -> None:
    alone, beside = Floods(3, 0.5), Floods(3, 0.5)
    times = sorted(moments(gaps))
    mine = [alone.weigh("ana", at) for at in times]
    theirs = []
    for at in times:
        for other in ("bo", "cy"):
            for _ in range(5):
                beside.weigh(other, at)
        theirs.append(beside.weigh("ana", at))
    assert mine == theirs


@given(st.integers(4, 60), st.integers(1, 400))
def test_a_flood_is_told_of_once_and_again_after_a_rest(burst: int, many: int) -> None:
    floods = Floods(burst, 1)
    fates = [floods.weigh("ana", 1000 + n / 100) for n in range(burst + many)]
    assert fates.count(Fate.TOLD) <= 1
    assert fates.count(Fate.TAKEN) <= burst + 1 + many / 100 + burst / 100
    later = 2000 + burst
    assert [floods.weigh("ana", later) for _ in range(burst)] == [Fate.TAKEN] * burst
    assert [floods.weigh("ana", later) for _ in range(2)] == [Fate.TOLD, Fate.DROPPED]


def test_while_it_goes_on_it_is_not_told_again_and_after_half_a_burst_it_is() -> None:
    floods = Floods(4, 1)
    fates = [floods.weigh("ana", n / 100) for n in range(3000)]
    assert fates.count(Fate.TOLD) == 1
    fates = [floods.weigh("ana", 30.9 + n / 100) for n in range(10)]
    assert Fate.TOLD not in fates
    fates = [floods.weigh("ana", 34 + n / 100) for n in range(10)]
    assert fates.count(Fate.TOLD) == 1


@given(st.integers(1, 30), st.lists(st.tuples(st.integers(0, 100), st.floats(0, 3)), max_size=300))
def test_only_so_many_are_remembered_and_none_that_is_idle(
    most: int, come: list[tuple[int, float]]
) -> None:
    floods, at = Floods(4, 2, most), 0.0
    for key, gap in come:
        at += gap
        floods.weigh(key, at)
        assert 0 < len(floods) <= most
    floods.weigh("last", at + 2.1)
    assert len(floods) == 1


@given(GAPS, st.integers(0, 10))
def test_what_could_not_be_stored_does_not_count(gaps: list[float], already: int) -> None:
    floods, times = Floods(5, 1), moments(gaps)
    for _ in range(already):
        floods.weigh("ana", times[0])
    before = floods.levels(["ana", "bo"])
    first = [floods.weigh("ana", at) for at in times]
    floods.restore(before)
    assert [floods.weigh("ana", at) for at in times] == first
    assert floods.levels(["bo"]) == {"bo": None}


TRIES = st.lists(st.integers(0, 7200).map(lambda ago: NOW - timedelta(seconds=ago)), max_size=40)


@given(TRIES, st.integers(1, 20), st.integers(1, 3600))
def test_one_may_again_exactly_when_fewer_than_so_many_are_recent(
    tries: list[datetime], many: int, seconds: int
) -> None:
    limit = Limit("x", many, timedelta(seconds=seconds))
    recent = [each for each in tries if each > NOW - limit.within]
    until = limit.again(tries, NOW)
    assert (until is None) == (len(recent) < many)
    if until is not None:
        assert NOW < until <= NOW + limit.within + timedelta(minutes=1)
        assert (until.second, until.microsecond) == (0, 0)
        assert limit.again(tries, until) is None, "what we say is true"


@given(st.integers(0, 10_000))
def test_words_to_many_fan_out_only_so_far(readers: int) -> None:
    limit = letters(readers)
    assert 1 <= limit.many <= LETTERS.many
    assert limit.many * readers <= max(COPIES, readers)
    assert letters(1) == LETTERS


def test_every_limit_has_a_name_of_its_own_that_fits_its_column() -> None:
    assert len({each.name for each in LIMITS}) == len(LIMITS)
    assert all(0 < len(each.name) <= 20 for each in LIMITS)
