"""What a sweep over a grid finds: the best of each row, the pairs worth a look, their number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.domain.matching.features import Floats, Ints
from bot.domain.matching.grid import Blocks, Grid, sweep
from bot.domain.matching.kinds import NEVER

NOTHING = int(NEVER) // 2
"""Less than any pair that may be is worth."""


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs as `rows` and `columns`, what each is `worth` after prices; and the `best` of a row."""

    rows: Ints
    columns: Ints
    worth: Ints
    best: Ints

    def kept(self, which: Ints) -> Found:
        """Some of the pairs."""
        return Found(self.rows[which], self.columns[which], self.worth[which], self.best)


def look(
    grid: Grid,
    row_prices: Ints,
    column_prices: Ints,
    least: int,
    most: int,
    seed: int | None = None,
) -> Found:
    """Pairs worth more than `least` after prices, the `most` best of each row.

    With a seed it is not the best of a row but any.
    """

    def strip(start: int, count: int, blocks: Blocks) -> Found:
        rng = None if seed is None else np.random.default_rng((seed, start))
        found = Found(*np.zeros((4, 0), np.int64))
        best = np.full(count, NOTHING, np.float32)
        for columns, worth in blocks:
            np.maximum(best, worth.max(axis=0), out=best)
            at = np.flatnonzero(worth > least)
            column, row = np.divmod(at, count)
            more = worth.reshape(-1)[at].astype(np.int64)
            found = _joined(found, Found(row + start, columns[column], more, found.best))
            if len(found.rows) > 8 * most * len(best):
                found = found.kept(_of_each(found, most, rng))
        found = found.kept(_of_each(found, most, rng))
        return Found(found.rows, found.columns, found.worth, best.astype(np.int64))

    found = sweep(grid, row_prices, column_prices, strip)
    none = Found(*np.zeros((4, 0), np.int64))
    parts = [(each.rows, each.columns, each.worth, each.best) for each in (none, *found)]
    return Found(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def _joined(one: Found, other: Found) -> Found:
    return Found(
        np.concatenate([one.rows, other.rows]),
        np.concatenate([one.columns, other.columns]),
        np.concatenate([one.worth, other.worth]),
        one.best,
    )


def _of_each(found: Found, most: int, rng: np.random.Generator | None) -> Ints:
    """Which pairs are among the most wanted of their row."""
    rank = -found.worth if rng is None else rng.random(len(found.rows))
    order = np.lexsort((rank, found.rows))
    rows = found.rows[order]
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    return np.sort(order[place < most])


def best(grid: Grid, row_prices: Ints, column_prices: Ints) -> Ints:
    """What the best pair of each row is worth after prices; NOTHING where there is none."""

    def strip(_start: int, count: int, blocks: Blocks) -> Floats:
        found = np.full(count, NOTHING, np.float32)
        for _columns, worth in blocks:
            np.maximum(found, worth.max(axis=0), out=found)
        return found

    found = sweep(grid, row_prices, column_prices, strip)
    return np.concatenate([np.zeros(0, np.int64), *found]).astype(np.int64)


def many(grid: Grid) -> Ints:
    """How many pairs each row may have."""
    none_r, none_c = (np.zeros(count, np.int64) for count in grid.shape)

    def strip(_start: int, count: int, blocks: Blocks) -> Ints:
        found = np.zeros(count, np.int64)
        for _columns, worth in blocks:
            found += np.count_nonzero(worth > NOTHING, axis=0)
        return found

    found = sweep(grid, none_r, none_c, strip)
    return np.concatenate([np.zeros(0, np.int64), *found])
