"""A round of two sides: who is served, then with whom."""

from __future__ import annotations

import numpy as np

from bot.domain.matching.assign import EXACT, NEAR, Note, Room, assign
from bot.domain.matching.crowd import Crowd, Found
from bot.domain.matching.edges import Edges
from bot.domain.matching.features import Ints
from bot.domain.matching.serve import Line, serve


def two_sides(crowd: Crowd, seed: int, note: Note) -> Found:
    """The best pairs between the first side and the second."""
    first = crowd.side.min()
    rows = np.flatnonzero(crowd.side == first)
    columns = np.flatnonzero(crowd.side != first)
    grid = crowd.grid(rows, columns)
    served = serve(grid.bare(), _line(crowd, rows), _line(crowd, columns), seed)
    height, width = np.unique(served.rows), np.unique(served.columns)
    begin = Edges.of(np.searchsorted(height, served.rows), np.searchsorted(width, served.columns))
    room = Room(crowd.room[rows[height]], crowd.room[columns[width]])
    gap = 0.0 if len(served.rows) <= EXACT else NEAR
    best = assign(grid.take(height, width), begin, room, seed, gap, note)
    ones, others = rows[height[best.pairs.rows]], columns[width[best.pairs.columns]]
    return Found(ones, others, best.pairs.worth, len(height) + len(width), best.bound)


def _line(crowd: Crowd, people: Ints) -> Line:
    """Some people, given by their places in line, as the line that they are among themselves."""
    return Line(np.arange(len(people), 0, -1), crowd.room[people])
