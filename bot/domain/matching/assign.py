"""With whom: the highest total score of those who are served, and a proof of how near it is.

Column generation: a min-cost flow over some pairs gives each person a price; a sweep over all pairs
shows those worth more than both their prices; they join, until there are none. Whatever the prices
are, once no pair is worth more than both its own, nobody can do better than their sum: that is the
bound. The first prices come from a sample of the people, matched in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from bot.domain.matching.edges import Edges, cheapest, solved
from bot.domain.matching.features import Bools, Ints
from bot.domain.matching.grid import HIGHEST, Grid
from bot.domain.matching.look import NOTHING, Found, best, look
from bot.domain.matching.pair import POINTS

SMALL = 600
"""So many rows are matched over all their pairs at once."""

A_SAMPLE = 8
"""One in so many is in the sample that gives the first prices."""

FIRST, MORE, KEPT = 24, 12, 64
"""Pairs of a row that are looked at first, that join, and that stay from one step to the next."""

EXACT, NEAR = 5_000, 0.0003
"""Up to so many pairs until nothing is better; beyond, until the gap is no larger than this."""

SAMPLE_GAP = 0.003
A_STRIP = 256
MOST_STEPS, MOST_TURNS, MOST_WAYS = 60, 60, 4000
"""Where room for more lets a pair be made twice over, ways may have no end: then the prices are
those found by then, and the proof is only weaker."""


Note: TypeAlias = Callable[[float, float], None]
"""Is told now and then how far it is, 0 to 1, and the share of the best possible reached."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many pairs each row and each column may have; all have one at the least."""

    rows: Ints
    columns: Ints


@dataclass(frozen=True, slots=True)
class Assigned:
    """The pairs made, what any others could be worth at the most, and the prices that prove it."""

    pairs: Edges
    bound: int
    row_prices: Ints
    column_prices: Ints


def assign(
    grid: Grid, begin: Edges, room: Room, seed: int, gap: float = 0.0, note: Note | None = None
) -> Assigned:
    """The best pairs for all rows and columns of a grid, as many pairs as there are to begin with.

    `begin` has each row and column in a pair or more. Ends when the proven gap is no larger than
    `gap`, a share of the worth.
    """
    begin = Edges.of(begin.rows, begin.columns, grid.points(begin.rows, begin.columns))
    if max(grid.shape, default=0) <= SMALL:
        prices = (np.zeros(grid.shape[0], np.int64), np.zeros(grid.shape[1], np.int64))
        found = look(grid, *prices, NOTHING, max(grid.shape))
    else:
        prices = _first_prices(grid, begin, seed)
        found = look(grid, *prices, -_near(grid, prices, seed), FIRST)
    state = _State(grid, room, len(begin.rows), begin.beside(_edges(found, *prices)), *prices)
    return _generated(state, gap, note)


def _edges(found: Found, row_prices: Ints, column_prices: Ints) -> Edges:
    worth = found.worth + row_prices[found.rows] + column_prices[found.columns]
    return Edges.of(found.rows, found.columns, worth)


def _first_prices(grid: Grid, begin: Edges, seed: int) -> tuple[Ints, Ints]:
    """Prices of a sample, and from them everybody's: what the sample would give for them."""
    some = np.random.default_rng((seed, len(begin.rows))).permutation(len(begin.rows))
    some = some[np.unique(begin.rows[some], return_index=True)[1]]
    some = some[np.unique(begin.columns[some], return_index=True)[1]]
    some = np.sort(some[:: max(2, min(A_SAMPLE, len(some) // SMALL))])
    rows, columns = np.sort(begin.rows[some]), np.sort(begin.columns[some])
    pairs = Edges.of(
        np.searchsorted(rows, begin.rows[some]), np.searchsorted(columns, begin.columns[some])
    )
    ones = np.ones(len(rows), np.int64)
    sample = assign(grid.take(rows, columns), pairs, Room(ones, ones), seed, SAMPLE_GAP)
    everyone = np.arange(grid.shape[1])
    offers = best(grid.take(rows, everyone).turned(), np.zeros_like(everyone), sample.row_prices)
    offers[offers <= NOTHING] = offers[offers > NOTHING].min(initial=0)
    return best(grid, np.zeros(grid.shape[0], np.int64), offers), offers


def _near(grid: Grid, prices: tuple[Ints, Ints], seed: int) -> int:
    """How much less than the best of a row its pairs may be worth, if FIRST of them are wanted."""
    rng = np.random.default_rng((seed, *grid.shape))
    rows = np.sort(rng.choice(grid.shape[0], min(A_STRIP, grid.shape[0]), replace=False))
    part = grid.take(rows, np.arange(grid.shape[1]))
    found = look(part, prices[0][rows], prices[1], -POINTS, FIRST)
    worst = np.zeros(len(rows), np.int64)
    np.minimum.at(worst, found.rows, found.worth)
    return int(-np.quantile(worst, 0.1)) + 1


@dataclass(frozen=True, slots=True)
class _State:
    """The pairs looked at so far, and the prices; `pairs` are to be made."""

    grid: Grid
    room: Room
    pairs: int
    edges: Edges
    row_prices: Ints
    column_prices: Ints


def _generated(state: _State, gap: float, note: Note | None) -> Assigned:
    """Looks at more pairs until the gap is small, or for MOST_STEPS."""
    bound = _bound(state, np.full(len(state.row_prices), 2 * HIGHEST + POINTS))
    for step in range(MOST_STEPS):
        used = _flow(state)
        made = state.edges.kept(used)
        worth = int(made.worth.sum())
        state = _priced(state, used)
        found = look(state.grid, state.row_prices, state.column_prices, 0, MORE)
        bound = min(bound, _bound(state, np.maximum(found.best, 0)))
        if note is not None:
            note(step / MOST_STEPS, worth / bound if bound > 0 else 1.0)
        if not len(found.rows) or bound - worth <= gap * worth:
            break
        more = _edges(found, state.row_prices, state.column_prices)
        state = replace(state, edges=_pruned(state, used).beside(more))
    return Assigned(made, bound, state.row_prices, state.column_prices)


def _flow(state: _State) -> Bools:
    """Which pairs are made: each row and column has one, and what is left goes where there is room.

    Raises RuntimeError if the pairs given to begin with were not such pairs.
    """
    edges, room = state.edges, state.room
    height, width = state.grid.shape
    source, sink = height + width, height + width + 1
    many = np.flatnonzero(room.rows > 1), np.flatnonzero(room.columns > 1)
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([edges.rows, np.full(len(many[0]), source), height + many[1]]),
        np.concatenate([height + edges.columns, many[0], np.full(len(many[1]), sink)]),
        np.concatenate(
            [np.ones_like(edges.rows), room.rows[many[0]] - 1, room.columns[many[1]] - 1]
        ),
        np.concatenate([-edges.worth, np.zeros(len(many[0]) + len(many[1]), np.int64)]),
    )
    supplies = np.concatenate(
        [np.ones(height), -np.ones(width), [state.pairs - height, width - state.pairs]]
    )
    flow.set_nodes_supplies(np.arange(sink + 1), supplies.astype(np.int64))
    return solved(flow, arcs[: len(edges.rows)])


def _priced(state: _State, used: Bools) -> _State:
    """The prices that go with a flow; `cheapest` with the ways over who has room for more."""
    edges, room = state.edges, state.room
    rows, columns = state.row_prices, -state.column_prices
    more_r = np.bincount(edges.rows[used], minlength=len(rows)) - 1
    more_c = np.bincount(edges.columns[used], minlength=len(columns)) - 1
    free_r, free_c = more_r < room.rows - 1, more_c < room.columns - 1
    for _turn in range(MOST_TURNS):
        rows, columns = cheapest(edges, used, rows, columns, MOST_WAYS)
        before = (rows.copy(), columns.copy())
        rows[free_r] = np.minimum(rows[free_r], rows[more_r > 0].min(initial=HIGHEST))
        columns[more_c > 0] = np.minimum(columns[more_c > 0], columns[free_c].min(initial=HIGHEST))
        if (rows == before[0]).all() and (columns == before[1]).all():
            break
    middle = int(np.median(rows)) if len(rows) else 0
    return replace(
        state,
        row_prices=np.clip(rows - middle, -HIGHEST, HIGHEST),
        column_prices=np.clip(middle - columns, -HIGHEST, HIGHEST),
    )


def _bound(state: _State, short: Ints) -> int:
    """What no pairs can be worth more than, once each row's price has risen by what it is short."""
    rows = _dearest(state.row_prices + short, state.room.rows, state.pairs)
    return rows + _dearest(state.column_prices, state.room.columns, state.pairs)


def _dearest(prices: Ints, room: Ints, pairs: int) -> int:
    """The most that so many pairs can pay, each person once and then where there is room."""
    order = np.argsort(-prices, kind="stable")
    more = room[order] - 1
    taken = np.clip(pairs - len(prices) - (np.cumsum(more) - more), 0, more)
    return int(prices.sum() + (prices[order] * taken).sum())


def _pruned(state: _State, used: Bools) -> Edges:
    """The pairs without those that are worth least after prices, if there are too many."""
    edges = state.edges
    most = KEPT * len(state.row_prices)
    if len(edges.rows) <= most:
        return edges
    left = edges.worth - state.row_prices[edges.rows] - state.column_prices[edges.columns]
    least = np.partition(left, -most)[-most]
    return edges.kept(used | (left >= least))
