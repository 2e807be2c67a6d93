"""Who is served: as many people as can be, and of those the ones who are first in line.

Strictly in the order of the line, on each side. That the places in line may simply be added up is
no approximation: the sets of people that pairs can cover are the independent sets of a matroid (so
those with the highest sum are largest, and take the first in line, then the next), and what can be
covered on one side can be covered together with what can be on the other (Mendelsohn and Dulmage
1958). People with more than one place are as many people, of whom only the first counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from bot.domain.matching.edges import Edges, cheapest, solved
from bot.domain.matching.features import Bools, Ints
from bot.domain.matching.grid import Grid
from bot.domain.matching.look import NOTHING, look

SAMPLE = 2048
ANY_OF_SAMPLE, ANY = 16, 64
"""How many pairs of a row are looked at first; of those who have few, and where more are needed."""


@dataclass(frozen=True, slots=True)
class Line:
    """The people of one side: `rank` is higher for those who go earlier, `room` for partners."""

    rank: Ints
    room: Ints


def serve(grid: Grid, rows: Line, columns: Line, seed: int) -> Edges:
    """Pairs for as many people as can be, by the line; no more pairs than that takes.

    The grid's scores are not asked for. Nobody who could be served is missing: at the end no pair
    of the whole grid would better it.
    """
    edges, used = serve_from(some_pairs(grid, seed), grid, rows, columns, seed)
    return edges.kept(used)


def serve_from(
    edges: Edges, grid: Grid, rows: Line, columns: Line, seed: int
) -> tuple[Edges, Bools]:
    """The same, beginning with any pairs of the grid; all that were looked at, and which are made.

    What was looked at is a good beginning for the same people when little has changed.
    """
    while True:
        used = _flow(edges, rows, columns)
        prices = _prices(edges, used, rows, columns)
        more = _missing(grid, *prices, seed)
        if not len(more.rows):
            return edges, used
        edges = edges.beside(more)


def some_pairs(grid: Grid, seed: int) -> Edges:
    """Pairs enough to begin with: some of each row and each column."""
    turned = _any(grid.turned(), seed)
    return _any(grid, seed).beside(Edges.of(turned.columns, turned.rows))


def _any(grid: Grid, seed: int) -> Edges:
    """Some pairs of each row; all of those who have few."""
    height, width = grid.shape
    rng = np.random.default_rng((seed, height, width))
    everyone = np.arange(width)
    found = []
    for start in range(0, height, SAMPLE):
        some = rng.choice(width, SAMPLE, replace=False) if width > SAMPLE else everyone
        rows, columns = np.arange(start, min(start + SAMPLE, height)), np.sort(some)
        found.append(_pairs(grid, rows, columns, ANY_OF_SAMPLE, seed))
    edges = Edges.of(
        np.concatenate([np.zeros(0, np.int64), *(each.rows for each in found)]),
        np.concatenate([np.zeros(0, np.int64), *(each.columns for each in found)]),
    )
    few = np.flatnonzero(np.bincount(edges.rows, minlength=height) < ANY_OF_SAMPLE)
    return edges.beside(_pairs(grid, few, everyone, ANY, seed))


def _pairs(grid: Grid, rows: Ints, columns: Ints, most: int, seed: int) -> Edges:
    free = (np.zeros(len(rows), np.int64), np.zeros(len(columns), np.int64))
    found = look(grid.take(rows, columns), *free, NOTHING, most, seed)
    return Edges.of(rows[found.rows], columns[found.columns])


def _flow(edges: Edges, rows: Line, columns: Line) -> Bools:
    """Which pairs are made, by a min-cost flow from rows to columns."""
    height, width = len(rows.rank), len(columns.rank)
    source, sink = height + width, height + width + 1
    most = int(min(rows.room.sum(), columns.room.sum()))
    toll = int(max(rows.room.max(initial=1), columns.room.max(initial=1)) > 1)
    unit = most * toll + 1
    of_row, of_column = np.arange(height), height + np.arange(width)
    many = (np.flatnonzero(rows.room > 1), np.flatnonzero(columns.room > 1))
    arcs = (
        (edges.rows, height + edges.columns, 1, toll),
        (source, of_row, 1, -rows.rank * unit),
        (of_column, sink, 1, -columns.rank * unit),
        (source, many[0], rows.room[many[0]] - 1, 0),
        (height + many[1], sink, columns.room[many[1]] - 1, 0),
        (source, np.array([sink]), most, 0),
    )
    flow = SimpleMinCostFlow()
    each = [np.broadcast_arrays(*(np.asarray(part, np.int64) for part in arc)) for arc in arcs]
    index = flow.add_arcs_with_capacity_and_unit_cost(
        *(np.concatenate([arc[part] for arc in each]) for part in range(4))
    )
    flow.set_node_supply(source, most)
    flow.set_node_supply(sink, -most)
    return solved(flow, index[: len(edges.rows)])


def _prices(edges: Edges, used: Bools, rows: Line, columns: Line) -> tuple[Ints, Ints]:
    """What each would gain by one pair more, as ways through what the flow leaves over."""
    far = int(max(rows.rank.max(initial=0), columns.rank.max(initial=0))) + 1
    pairs_r = np.bincount(edges.rows[used], minlength=len(rows.rank))
    pairs_c = np.bincount(edges.columns[used], minlength=len(columns.rank))
    from_r = np.where(pairs_r == 0, -rows.rank, np.where(pairs_r < rows.room, 0, far))
    to_c = np.where(pairs_c == 0, far, np.where(pairs_c > 1, 0, columns.rank))
    return cheapest(edges, used, from_r, to_c)


def _missing(grid: Grid, rows: Ints, columns: Ints, seed: int) -> Edges:
    """Pairs that would serve somebody more, or somebody earlier in line."""
    some = np.flatnonzero(rows < columns.max(initial=0))
    found = look(
        grid.take(some, np.arange(len(columns))), rows[some], -columns, 0, ANY_OF_SAMPLE, seed
    )
    return Edges.of(some[found.rows], found.columns)
