"""Pairs among which a flow looks for the best, and the cheapest ways through them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from bot.domain.matching.features import Bools, Ints


@dataclass(frozen=True, slots=True)
class Edges:
    """Some pairs of a grid, in order of their columns, each once; `worth` is their points."""

    rows: Ints
    columns: Ints
    worth: Ints

    @classmethod
    def of(cls, rows: Ints, columns: Ints, worth: Ints | None = None) -> Edges:
        """These pairs; those named twice are taken once."""
        if worth is None:
            worth = np.zeros_like(rows)
        order = np.argsort(columns * (rows.max(initial=0) + 1) + rows, kind="stable")
        rows, columns, worth = rows[order], columns[order], worth[order]
        new = np.ones(len(rows), np.bool_)
        new[1:] = (np.diff(rows) != 0) | (np.diff(columns) != 0)
        return cls(rows[new], columns[new], worth[new])

    def kept(self, which: Bools) -> Edges:
        """Only some of the pairs."""
        return Edges(self.rows[which], self.columns[which], self.worth[which])

    def beside(self, other: Edges) -> Edges:
        """These pairs and those."""
        return Edges.of(
            np.concatenate([self.rows, other.rows]),
            np.concatenate([self.columns, other.columns]),
            np.concatenate([self.worth, other.worth]),
        )


def solved(flow: SimpleMinCostFlow, arcs: Ints) -> Bools:
    """Which of some arcs the best flow uses; raises RuntimeError where there is none."""
    if (status := flow.solve()) != flow.OPTIMAL:
        raise RuntimeError(f"no flow: {status}")
    return np.asarray(flow.flows(arcs) > 0)


def cheapest(
    edges: Edges, used: Bools, rows: Ints, columns: Ints, steps: int | None = None
) -> tuple[Ints, Ints]:
    """The lengths of the cheapest ways to each row and column in what a flow leaves over.

    From the lengths to begin with, along pairs forward for less their worth, along used pairs back
    for their worth (Bellman and Ford, all pairs at a time). After so many `steps`, if told, what
    has been found by then.
    """
    rows, columns = rows.copy(), columns.copy()
    if not len(edges.rows):
        return rows, columns
    starts = np.flatnonzero(np.diff(edges.columns, prepend=-1))
    reached = edges.columns[starts]
    back = edges.kept(used)
    for _step in count() if steps is None else range(steps):
        np.minimum.at(rows, back.rows, columns[back.columns] + back.worth)
        ways = np.minimum.reduceat(rows[edges.rows] - edges.worth, starts)
        nearer = ways < columns[reached]
        if not nearer.any():
            break
        columns[reached[nearer]] = ways[nearer]
    return rows, columns
