"""Who has a partner in a best round of any number of sides, without asking with whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.domain.matching.crowd import Crowd
from bot.domain.matching.edges import Edges
from bot.domain.matching.features import Bools, Ints
from bot.domain.matching.many_sides import ALL_PAIRS, blossom, every
from bot.domain.matching.serve import Line, serve_from, some_pairs


@dataclass(frozen=True, slots=True)
class Served:
    """Which `people` have a partner in a best round, by place in line.

    Of the pairs between `rows` and `columns` of people, the `edges` that were looked at, and those
    of them that are `made`.
    """

    people: Bools
    rows: Ints
    columns: Ints
    edges: Edges
    made: Edges


def served(people: Crowd, rank: Ints, seed: int, begin: Edges | None = None) -> Served:
    """The best round: most people with a partner, by rank; those of rank 0 don't count.

    `begin` has the edges of a round of the same people who could be paired with fewer, with others
    behind them or not. With more than two sides and more than ALL_PAIRS people who count, these are
    the people whom the split graph of `many_sides` serves.
    """
    sides = np.unique(people.side)
    rows = columns = np.arange(len(people.who))
    if len(sides) == 2:
        rows, columns = (np.flatnonzero(people.side == side) for side in sides)
    grid = people.grid(rows, columns)
    found = np.zeros(len(people.who), np.bool_)
    if len(sides) > 2 and np.count_nonzero(rank) <= ALL_PAIRS:
        edges = every(grid)
        made = blossom(edges, people.room, rank, 0)
        found[made.rows] = found[made.columns] = True
        return Served(found, rows, columns, edges, made)
    ones, others = (Line(rank[each], people.room[each]) for each in (rows, columns))
    edges, used = serve_from(begin or some_pairs(grid, seed), grid, ones, others, seed)
    made = edges.kept(used)
    found[rows[made.rows]] = True
    if len(sides) == 2:  # else everybody is there as a row already
        found[columns[made.columns]] = True
    return Served(found, rows, columns, edges, made)


def wanting(people: Crowd, best: Served) -> Bools:
    """Who could have one more partner at nobody's cost, if there were one.

    They have room, or somebody with room could stand in for them.
    """
    found = np.zeros(len(people.who), np.bool_)
    edges, made = best.edges, best.made
    found[best.columns] = _with_room(edges, made, people.room[best.columns])
    edges, made = (Edges.of(each.columns, each.rows) for each in (edges, made))
    found[best.rows] |= _with_room(edges, made, people.room[best.rows])
    return found


def _with_room(edges: Edges, made: Edges, room: Ints) -> Bools:
    """Which columns have room, or a partner who could have such a column instead."""
    found = np.bincount(made.columns, minlength=len(room)) < room
    before = -1
    while before < (before := int(found.sum())):
        rows = np.unique(edges.rows[found[edges.columns]])
        found[made.columns[np.isin(made.rows, rows)]] = True
    return np.asarray(found)
