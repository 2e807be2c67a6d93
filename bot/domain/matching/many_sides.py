"""A round of more than two sides: pairs of any two different ones.

Such pairs are a matching in a general graph, found by the blossom algorithm. Proof comes from the
same graph split in two: with everybody once as a row and once as a column, each pair counts twice,
so whatever bounds the split graph bounds twice the round.
"""

from __future__ import annotations

import numpy as np
import rustworkx as rx

from bot.domain.matching.assign import NEAR, Note, Room, assign
from bot.domain.matching.crowd import Crowd, Found
from bot.domain.matching.edges import Edges
from bot.domain.matching.features import Ints
from bot.domain.matching.grid import Grid
from bot.domain.matching.look import NOTHING, look
from bot.domain.matching.pair import POINTS
from bot.domain.matching.serve import Line, serve

ALL_PAIRS = 400
"""Up to so many people all pairs are looked at, and the pairs made are the best there are."""

LIKELY, LIKELY_LEFT = 12, POINTS // 4
"""Beyond, so many of each person's, of those worth no less than so much less than their prices."""


def many_sides(crowd: Crowd, seed: int, note: Note) -> Found:
    """The best pairs of people on different sides.

    Whom the split graph can serve is at least whom pairs can; mostly they are the same, and then
    nothing is left to prove. Else the line decides among the pairs looked at.
    """
    everyone = np.arange(len(crowd.who))
    grid = crowd.grid(everyone, everyone)
    line = Line(len(everyone) - everyone, crowd.room)
    split = serve(grid.bare(), line, line, seed)
    few = len(everyone) <= ALL_PAIRS
    edges = every(grid) if few else _likely(grid, split, line, seed)
    served = np.unique(split.rows)
    most = len(served)
    taken = _best(edges, line.room, served)
    if len(_people(taken)) < most:
        served = _people(blossom(edges, line.room, line.rank, 0))
        most = len(served) if few else most
        taken = _best(edges, line.room, served)
    bound = _bound(grid, taken, line.room, seed, note)
    return Found(taken.rows, taken.columns, taken.worth, most, bound)


def _people(edges: Edges) -> Ints:
    return np.unique(np.concatenate([edges.rows, edges.columns]))


def _best(edges: Edges, room: Ints, served: Ints) -> Edges:
    """The best pairs of those who are to be served, as many of them as can be."""
    inside = np.isin(edges.rows, served) & np.isin(edges.columns, served)
    return blossom(edges.kept(inside), room, np.ones_like(room), POINTS)


def every(grid: Grid) -> Edges:
    """All pairs there are, each both ways round."""
    free = np.zeros(grid.shape[0], np.int64)
    found = look(grid, free, free, NOTHING, len(free))
    return Edges.of(found.rows, found.columns, found.worth)


def _likely(grid: Grid, split: Edges, line: Line, seed: int) -> Edges:
    """The pairs that the split graph's prices make likely, and those it serves people with."""
    served = np.unique(split.rows)
    place = np.searchsorted(served, split.rows), np.searchsorted(served, split.columns)
    part = grid.take(served, served)
    best = assign(part, Edges.of(*place), Room(line.room[served], line.room[served]), seed, NEAR)
    found = look(part, best.row_prices, best.column_prices, -LIKELY_LEFT, LIKELY)
    rows = np.concatenate([served[found.rows], split.rows])
    columns = np.concatenate([served[found.columns], split.columns])
    return Edges.of(rows, columns, grid.points(rows, columns))


def blossom(edges: Edges, room: Ints, rank: Ints, best: int) -> Edges:
    """The best of these pairs: whom they serve, by rank; few pairs; then their worth up to `best`.

    All in one weight. Who has room for more is there as often; a pair of two who are each there
    again would serve nobody.
    """
    toll = len(room) * best + 1
    unit = len(room) * toll + 1
    copies = np.repeat(np.arange(len(room)), room)
    first = (np.cumsum(room) - room).tolist()
    graph = rx.PyGraph()
    graph.add_nodes_from(range(len(copies)))
    pairs = _once(edges)
    for row, column, worth in zip(*pairs, strict=True):
        one, other, more = int(rank[row]) * unit, int(rank[column]) * unit, min(worth, best)
        graph.add_edge(first[row], first[column], one + other + more)
        for again in range(1, int(room[row])):
            graph.add_edge(first[row] + again, first[column], other - toll + more)
        for again in range(1, int(room[column])):
            graph.add_edge(first[row], first[column] + again, one - toll + more)
    made = sorted(rx.max_weight_matching(graph, weight_fn=int))
    taken = np.sort(copies[np.array(made, np.int64).reshape(-1, 2)], axis=1)
    worth_of = {(row, column): worth for row, column, worth in zip(*pairs, strict=True)}
    worths = np.array([worth_of[row, column] for row, column in taken.tolist()], np.int64)
    return Edges.of(taken[:, 0], taken[:, 1], worths)


def _once(edges: Edges) -> tuple[list[int], list[int], list[int]]:
    """Each pair one way round."""
    low, high = np.minimum(edges.rows, edges.columns), np.maximum(edges.rows, edges.columns)
    each = Edges.of(low, high, edges.worth)
    return each.rows.tolist(), each.columns.tolist(), each.worth.tolist()


def _bound(grid: Grid, taken: Edges, room: Ints, seed: int, note: Note) -> int:
    """What no other pairs for the same people, and as many, are worth more than."""
    people = _people(taken)
    ones = np.searchsorted(people, np.concatenate([taken.rows, taken.columns]))
    others = np.searchsorted(people, np.concatenate([taken.columns, taken.rows]))
    part = grid.take(people, people)
    begin = Edges.of(ones, others)
    return assign(part, begin, Room(room[people], room[people]), seed, NEAR, note).bound // 2
