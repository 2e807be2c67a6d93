"""What a brief says is kept as it was, and its period begins with a month."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.briefs import TOLD, Brief, OfSide, Outcome, begins

figures = st.none() | st.integers(5, 999)
words = st.text(max_size=9)
sides = st.builds(OfSide, words, st.tuples(*(figures for _step in TOLD)))
outcomes = st.builds(Outcome, st.integers(1, 9), words, figures, st.integers(5, 99))
briefs = st.builds(
    Brief,
    network=words,
    track=st.integers(0, 9),
    shape=words,
    name=st.none() | words,
    tracks=st.lists(st.integers(1, 9)).map(tuple),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    sides=st.lists(sides).map(tuple),
    meetings=figures,
    hours=figures,
    onward=figures,
    outcomes=st.lists(outcomes).map(tuple),
    stories=st.lists(st.integers(0)).map(tuple),
)


@given(briefs)
def test_a_brief_is_read_as_it_was_written(brief: Brief) -> None:
    assert Brief.of(json.loads(json.dumps(brief.as_json()))) == brief


def test_an_empty_brief_says_nothing() -> None:
    assert Brief.of({}) == Brief()


def test_a_period_begins_with_a_month() -> None:
    now = datetime(2026, 3, 4, 12, tzinfo=UTC)
    assert begins(now, 0) is None
    assert [str(begins(now, each)) for each in (3, 12)] == [
        "2025-12-01 00:00:00+00:00",
        "2025-03-01 00:00:00+00:00",
    ]


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda now: now.year > 4), st.integers(1, 40))
def test_it_begins_so_many_months_before(now: datetime, months: int) -> None:
    began = begins(now, months)
    assert began is not None
    assert (now.year - began.year) * 12 + now.month - began.month == months
