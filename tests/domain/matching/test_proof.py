"""The fast way against the definition, and the bound against everything that could be better."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from bot.domain.matching import Candidate, Rules, assign, many_sides, match, may_meet
from bot.domain.matching.assign import Room, _bound, _State
from bot.domain.matching.crowd import crowd, in_line
from bot.domain.matching.edges import Edges
from bot.domain.matching.grid import Grid
from bot.domain.matching.look import NOTHING, best, look, many
from bot.domain.matching.pair import POINTS
from bot.domain.matching.types import BEST
from tests.bench.crowd import crowd as a_crowd
from tests.domain.matching.strangers import Ids, id_pairs, one, people, rounds, rules, worth


def table(grid: Grid) -> np.ndarray:
    """All scores of a grid, NOTHING where there may be no pair."""
    height, width = grid.shape
    free = (np.zeros(height, np.int64), np.zeros(width, np.int64))
    found = look(grid, *free, NOTHING, max(width, 1))
    every = np.full((height, width), NOTHING, np.int64)
    every[found.rows, found.columns] = found.worth
    return every


@settings(max_examples=150, deadline=None)
@given(people(sides=3), id_pairs(), id_pairs(), rules())
def test_all_pairs_at_once_are_what_each_is_by_the_definition(
    who: list[Candidate], met: set[Ids], forbidden: set[Ids], settled: Rules
) -> None:
    everyone = np.arange(len(who))
    grid = crowd(who, (met, forbidden), settled).grid(everyone, everyone)
    scores = table(grid)
    for a, b in product(range(len(who)), repeat=2):
        one, other = who[a], who[b]
        may = may_meet(one, other, settled) and frozenset({one.id, other.id}) not in met | forbidden
        assert scores[a, b] == (worth(one, other, who, settled) if may else NOTHING)
        if may:
            assert grid.points(np.array([a]), np.array([b])) == scores[a, b]
    assert many(grid.bare()).tolist() == (scores > NOTHING).sum(axis=1).tolist()
    assert table(grid.turned()).tolist() == scores.T.tolist()
    part = grid.take(everyone[::2], everyone[1:])
    assert table(part).tolist() == scores[::2, 1:].tolist()


@settings(max_examples=150, deadline=None)
@given(people(most=7, roomy=True), st.data())
def test_whatever_the_prices_are_nothing_is_worth_more_than_the_bound(
    who: list[Candidate], data: st.DataObject
) -> None:
    """For every set of pairs: its people as those to be served, their prices as anything."""
    settled = Rules()
    everyone = crowd(who, (), settled)
    rows, columns = np.flatnonzero(everyone.side == 1), np.flatnonzero(everyone.side == 2)
    scores = table(everyone.grid(rows, columns))
    pairs = list(zip(*map(np.ndarray.tolist, np.nonzero(scores > NOTHING)), strict=True))
    room = everyone.room[np.concatenate([rows, columns])].tolist()
    every = list(rounds([(a, len(rows) + b) for a, b in pairs], room))
    made = data.draw(st.sampled_from(every))
    served = {at for pair in made for at in pair}
    rivals = [
        each
        for each in every
        if len(each) == len(made) and {at for pair in each for at in pair} == served
    ]
    ones = np.array(sorted({a for a, _b in made}), np.int64)
    others = np.array(sorted({b - len(rows) for _a, b in made}), np.int64)
    grid = everyone.grid(rows[ones], columns[others])
    prices = st.integers(-POINTS, POINTS)
    row_prices, column_prices = (
        np.array(data.draw(st.lists(prices, min_size=len(each), max_size=len(each))), np.int64)
        for each in (ones, others)
    )
    places = Room(everyone.room[rows[ones]], everyone.room[columns[others]])
    none = Edges.of(*np.zeros((2, 0), np.int64))
    state = _State(grid, places, len(made), none, row_prices, column_prices)
    bound = _bound(state, np.maximum(best(grid, row_prices, column_prices), 0))
    for each in rivals:
        assert sum(int(scores[a, b - len(rows)]) for a, b in each) <= bound


def test_pairs_to_begin_with_that_leave_somebody_out_are_an_error() -> None:
    everyone = crowd([one(1, 1), one(2, 1), one(3, 2), one(4, 2)], (), Rules())
    grid = everyone.grid(np.array([0, 1]), np.array([2, 3]))
    begin = Edges.of(np.array([0]), np.array([0]))
    with pytest.raises(RuntimeError):
        assign.assign(grid, begin, Room(np.ones(2, np.int64), np.ones(2, np.int64)), seed=0)


def by_linear_sum_assignment(who: list[Candidate], settled: Rules) -> tuple[int, int]:
    """People and score of the best round of two sides, by scipy, on the dense table."""
    line = in_line(who)
    everyone = crowd(line, (), settled)
    first = everyone.side.min()
    rows, columns = np.flatnonzero(everyone.side == first), np.flatnonzero(everyone.side != first)
    scores = table(everyone.grid(rows, columns))
    rank = [np.arange(len(each), 0, -1) for each in (rows, columns)]
    unit = len(line) * POINTS + 1
    bonus = (rank[0][:, None] + rank[1][None, :]) * unit
    weights = np.where(scores > NOTHING, scores + bonus, 0)
    assert weights.max() * len(line) < 2**53
    found = linear_sum_assignment(weights, maximize=True)
    real = scores[found] > NOTHING
    return 2 * int(real.sum()), int(scores[found][real].sum())


@pytest.mark.parametrize("ratio", [1.0, 0.4])
@pytest.mark.parametrize("seed", [1, 2])
def test_middle_ones_are_what_linear_sum_assignment_finds(ratio: float, seed: int) -> None:
    who = [replace(each, capacity=1) for each in a_crowd(900, seed=seed, ratio=ratio)]
    people_found, score = by_linear_sum_assignment(who, Rules())
    result = match(who, seed=seed)
    proven = result.certificate
    assert (proven.people, proven.most_people) == (people_found, people_found)
    assert proven.score == proven.best_score == score // (POINTS // BEST // 1000)


@pytest.mark.parametrize("sides", [2, 3])
def test_a_round_cut_short_is_still_a_round_and_its_bound_still_holds(
    sides: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = a_crowd(700, seed=4, ratio=0.95, sides=sides)
    whole = match(who).certificate
    monkeypatch.setattr(assign, "MOST_STEPS", 1)
    monkeypatch.setattr(assign, "MOST_TURNS", 1)
    monkeypatch.setattr(assign, "MOST_WAYS", 1)
    monkeypatch.setattr(assign, "FIRST", 2)
    short = match(who).certificate
    assert short.people == whole.people == whole.most_people
    assert short.score <= whole.score <= whole.best_score <= short.best_score


def test_pairs_that_are_worth_little_are_let_go_without_harm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    who = a_crowd(1000, seed=5)
    whole = match(who)
    monkeypatch.setattr(assign, "KEPT", 4)
    lean = match(who)
    assert lean.certificate == whole.certificate


def test_of_many_people_on_three_sides_nearly_the_best_is_found_from_likely_pairs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    who = a_crowd(130, seed=6, sides=3)
    every = match(who).certificate
    monkeypatch.setattr(many_sides, "ALL_PAIRS", 0)
    likely = match(who).certificate
    assert likely.people == every.people
    assert 0.999 * every.score <= likely.score <= every.best_score <= likely.best_score + 1
