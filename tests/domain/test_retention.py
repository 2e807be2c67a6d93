"""What is too old, and what becomes of who has not been there for long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.retention import NOTICE, Standing, limit, log_limit, quiet, step

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
MONTHS = st.integers(0, 60)


def at(*day: int) -> datetime:
    return datetime(*day, tzinfo=UTC)  # type: ignore[arg-type, misc]


def test_months_are_those_of_the_calendar() -> None:
    assert limit(at(2026, 11, 23, 9), 24) == at(2024, 11, 23, 9)
    assert limit(at(2026, 3, 31), 1) == at(2026, 2, 28)
    assert limit(at(2024, 3, 31), 1) == at(2024, 2, 29)
    assert limit(at(2026, 1, 15), 1) == at(2025, 12, 15)
    assert limit(at(2026, 1, 15), 13) == at(2024, 12, 15)
    assert limit(at(2026, 1, 15), 0) is None
    assert limit(at(1, 1, 15), 24) == datetime.min.replace(tzinfo=UTC)


@given(MOMENTS, MONTHS)
def test_the_longer_it_is_kept_the_older_it_may_be(now: datetime, months: int) -> None:
    end, earlier = limit(now, months), limit(now, months + 1)
    assert earlier is not None
    assert end is None or earlier < end < now


@given(MOMENTS, MONTHS)
def test_the_log_is_kept_for_a_year_at_the_least(now: datetime, months: int) -> None:
    end = log_limit(now, months)
    assert end == (limit(now, max(12, months)) if months else None)


@given(MOMENTS, st.integers(1, 60), st.timedeltas(timedelta(0), timedelta(days=2500)))
def test_who_does_nothing_is_told_a_month_before_and_goes_once(
    begun: datetime, months: int, between: timedelta
) -> None:
    """Gone through every week, somebody is told once, and goes a month later at the earliest."""
    now, told_at, said = begun + between, None, []
    for _week in range(700):
        found = step(Standing(begun, told_at=told_at), now, months)
        if found != "stays":
            said.append((found, now))
        if found == "word":
            told_at = now
        if found == "goes":
            break
        now += timedelta(days=7)
    assert [each for each, _at in said] == ["word", "goes"]
    (_word, told), (_goes, gone) = said
    assert gone - told >= NOTICE
    end = limit(gone, months)
    assert end is not None
    assert begun < end


@given(MOMENTS, MOMENTS, MONTHS, st.booleans())
def test_nobody_goes_who_is_busy_or_was_not_told(
    since: datetime, now: datetime, months: int, busy: bool
) -> None:
    assert step(Standing(since, busy), now, months) in {"stays", "word"}
    assert step(Standing(since, busy=True, told_at=since), now, months) == "stays"
    if step(Standing(since, busy), now, months) == "word":
        assert quiet(Standing(since, busy), now, months)
    assert not quiet(Standing(since), now, 0)


def test_who_was_told_waits_for_the_end_of_the_month() -> None:
    since, months = at(2024, 1, 1), 24
    told = Standing(since, told_at=at(2025, 12, 10))
    assert step(told, at(2026, 1, 2), months) == "stays"
    assert step(told, at(2026, 1, 10), months) == "goes"
    assert step(told, at(2026, 1, 10), 36) == "stays"
