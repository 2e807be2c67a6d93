"""What somebody is told of a pulse: only of enough people, and only what is kinder."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pulses import Good, Tally, Told, in_language, kinder, pooled, told

GOOD = st.sampled_from(get_args(Good))
PERCENT = st.integers(0, 100)


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    said, guesses = draw(st.integers(0, 12)), draw(st.lists(PERCENT, max_size=12))
    return Tally(said, draw(st.integers(0, said)), len(guesses), sum(guesses))


@given(tallies(), st.lists(tallies(), max_size=3), st.none() | PERCENT, GOOD, st.integers(1, 6))
def test_nothing_is_told_of_too_few_nor_what_would_hurt(
    mine: Tally, others: list[Tally], guess: int | None, good: Good, fewest: int
) -> None:
    found = told(mine, others, guess, good, fewest)
    assert found.own == (mine.percent if mine.told >= fewest else None)
    if found.theirs is None:
        assert found == Told(found.own)
        return
    assert guess is not None
    assert kinder(found.theirs, guess, good)
    assert others
    assert min(each.told for each in (mine, *others)) >= fewest
    assert found.theirs == pooled(others).percent
    assert found.guess is None or mine.guesses >= fewest
    if found.of_us is not None:
        assert pooled(others).guesses >= fewest
        assert not kinder(mine.percent, found.of_us, good)


@given(tallies())
def test_figures_are_of_a_hundred(one: Tally) -> None:
    assert 0 <= one.percent <= 100
    assert 0 <= one.guess <= 100
    assert pooled([one]) == one
    assert pooled([]) == Tally()


@given(PERCENT, PERCENT)
def test_what_is_kinder_depends_on_what_is_good(one: int, other: int) -> None:
    assert kinder(one, other, "many") == kinder(other, one, "few") == (one > other)


@given(st.dictionaries(st.sampled_from(["en", "ar", "he", "tr"]), st.text(min_size=1), min_size=1))
def test_a_statement_is_read_in_ones_language_or_english_or_the_first(
    texts: dict[str, str],
) -> None:
    first = next(iter(texts.values()))
    assert in_language(texts, "he") == texts.get("he", texts.get("en", first))


def test_what_is_told_by_example() -> None:
    ours, theirs = Tally(10, 8, 10, 300), Tally(10, 6, 10, 500)
    assert told(ours, [theirs], 30, "many", 5) == Told(80, 60, 30, None), "they thought worse of us"
    assert told(ours, [Tally(10, 6, 10, 900)], 30, "many", 5) == Told(80, 60, 30, 90)
    assert told(ours, [theirs], 70, "many", 5) == Told(80), "it is not kinder than the guess"
    assert told(ours, [theirs], None, "many", 5) == Told(80)
    assert told(ours, [Tally(4, 4)], 30, "many", 5) == Told(80)
    assert told(ours, [], 30, "many", 5) == Told(80)
    assert told(Tally(4, 4), [theirs], 30, "many", 5) == Told()
    assert told(ours, [theirs], 70, "few", 5) == Told(80, 60, 30, 50)
    assert told(Tally(10, 8), [Tally(10, 6)], 30, "many", 5) == Told(80, 60, None, None)
