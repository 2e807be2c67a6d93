"""All pairs between two groups of people, a block at a time, with a price on each person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TypeAlias, TypeVar

import numpy as np
from threadpoolctl import ThreadpoolController

from bot.domain.matching.features import Face, Floats, Ints, Scale
from bot.domain.matching.kinds import NEVER, Kinship
from bot.domain.matching.pair import ENOUGH_HOURS

ROWS, COLUMNS = 256, 1024
"""A block, in pairs: its tables stay in a processor's own cache."""

THREADS = 2
HIGHEST = 6_000_000
"""No price is higher than this, or lower than less this: sums stay exact in a float32."""


@dataclass(frozen=True)
class Grid:
    """The pairs between `rows` and `columns`, both in the order of their kinds.

    `banned` (b, 2) has pairs that may not be, as row and column, in order.
    """

    scale: Scale
    kinship: Kinship
    rows: Face
    columns: Face
    banned: Ints

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return len(self.rows.kind), len(self.columns.kind)

    @classmethod
    def between(cls, scale: Scale, face: Face, rows: Ints, columns: Ints, banned: Ints) -> Grid:
        """The pairs between some people and others, both as indexes of a face."""
        return cls(scale, Kinship.of(scale), face.take(rows), face.take(columns), banned)

    def bare(self) -> Grid:
        """The same pairs without their scores."""
        scale = replace(self.scale, always=0, an_hour=0)
        kinship = replace(self.kinship, near=np.zeros_like(self.kinship.near), a_level=0)
        return Grid(scale, kinship, self.rows.bare(), self.columns.bare(), self.banned)

    def turned(self) -> Grid:
        """The same pairs, the columns as rows."""
        banned = self.banned[:, ::-1]
        order = np.lexsort((banned[:, 1], banned[:, 0]))
        return Grid(self.scale, self.kinship, self.columns, self.rows, banned[order])

    def take(self, rows: Ints, columns: Ints) -> Grid:
        """The pairs between some of the rows and some of the columns; both in rising order."""
        kept = np.isin(self.banned[:, 0], rows) & np.isin(self.banned[:, 1], columns)
        banned = np.column_stack(
            [
                np.searchsorted(rows, self.banned[kept, 0]),
                np.searchsorted(columns, self.banned[kept, 1]),
            ]
        )
        return Grid(
            self.scale, self.kinship, self.rows.take(rows), self.columns.take(columns), banned
        )

    @cached_property
    def wants(self) -> Floats:
        """What the columns need and offer, as the rows offer and need it."""
        return np.hstack([self.columns.needs, self.columns.offers])

    def points(self, rows: Ints, columns: Ints) -> Ints:
        """The score of single pairs that may be, in points."""
        ours, theirs = self.rows.ours[rows], self.columns.theirs[columns]
        hours = self.rows.hours[rows] * self.scale.hours_weight * self.columns.hours[columns]
        enough = np.minimum(hours.sum(axis=1), ENOUGH_HOURS)
        kinds = self.kinship.points(self.rows.kind[rows], self.columns.kind[columns])
        found: Ints = ((ours * theirs).sum(axis=1) + kinds).astype(np.int64)
        found += enough.astype(np.int64) * self.scale.an_hour + self.scale.always
        return found


T = TypeVar("T")
Blocks: TypeAlias = Iterator[tuple[Ints, Floats]]
"""The columns of each block of a strip of rows, and what its pairs are worth (columns, rows)."""


def sweep(
    grid: Grid, row_prices: Ints, column_prices: Ints, each: Callable[[int, int, Blocks], T]
) -> list[T]:
    """What `each` makes of every strip of rows, given its first row and their number, in order.

    A block has the score of its pairs less the prices of both people, in points; below NEVER / 2
    where there may be no pair. Columns that none of a strip may be paired with are left out.
    """
    price = column_prices.astype(np.float32)[:, None]
    theirs = np.hstack([grid.columns.theirs, np.ones_like(price), -price])
    starts = range(0, len(row_prices), ROWS)

    def strip(start: int) -> T:
        count = min(ROWS, len(row_prices) - start)
        return each(start, count, _strip(grid, row_prices, theirs, start))

    if len(starts) <= 1:
        return [strip(start) for start in starts]
    pool, libraries = _threads()
    with libraries.limit(limits=1):
        return list(pool.map(strip, starts))


@cache
def _threads() -> tuple[ThreadPoolExecutor, ThreadpoolController]:
    """Our threads, and the libraries that would start some of their own beside them.

    To start the one and to find the other takes as long as a small sweep.
    """
    return ThreadPoolExecutor(THREADS, "sweep"), ThreadpoolController()


def _strip(grid: Grid, row_prices: Ints, theirs: Floats, start: int) -> Blocks:
    rows = slice(start, start + ROWS)
    kinds, kind = np.unique(grid.rows.kind[rows], return_inverse=True)
    everyone = np.arange(len(grid.scale.kinds))
    table = grid.kinship.points(everyone[:, None], kinds[None, :])
    open_to = np.flatnonzero((table.max(axis=1) > NEVER / 2)[grid.columns.kind])
    price = (grid.scale.always - row_prices[rows]).astype(np.float32)[:, None]
    ours = np.hstack([grid.rows.ours[rows], price, np.ones_like(price)]).T.copy()
    hours = (grid.rows.hours[rows] * grid.scale.hours_weight).T.copy()
    wares = np.hstack([grid.rows.offers[rows], grid.rows.needs[rows]]).T.copy()
    table = table[:, kind]
    for first in range(0, len(open_to), COLUMNS):
        columns = open_to[first : first + COLUMNS]
        worth = theirs[columns] @ ours
        worth += table[grid.columns.kind[columns]]
        _add_hours(worth, grid.columns.hours[columns] @ hours, grid.scale)
        if grid.scale.rules.fit:
            worth += (grid.wants[columns] @ wares < 1) * NEVER
        _ban(worth, grid.banned, start, columns)
        yield columns, worth


def _add_hours(worth: Floats, common: Floats, scale: Scale) -> None:
    # Masked assignment takes ten times as long as this product does.
    worth += (common < scale.rules.least_hours) * NEVER
    if scale.an_hour:
        np.minimum(common, ENOUGH_HOURS, out=common)
        common *= scale.an_hour
        worth += common


def _ban(worth: Floats, banned: Ints, start: int, columns: Ints) -> None:
    if len(banned):
        ends = np.searchsorted(banned[:, 0], (start, start + worth.shape[1]))
        row, column = banned[ends[0] : ends[1]].T
        at = np.searchsorted(columns, column)
        here = (at < len(columns)) & (columns[np.minimum(at, len(columns) - 1)] == column)
        worth[at[here], row[here] - start] = NEVER
