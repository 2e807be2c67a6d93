"""Pairs: two members who were ever proposed to each other, and never will be again."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select

from bot.store.db import Db, new_id
from bot.store.tables import pairs


async def of_network(db: Db, network_id: int) -> set[frozenset[int]]:
    """All pairs of a network, as sets of two member ids."""
    query = select(pairs.c.low_id, pairs.c.high_id).where(pairs.c.network_id == network_id)
    return {frozenset((low, high)) for low, high in await db.rows(query)}


async def remember(db: Db, network_id: int, one_id: int, other_id: int) -> None:
    """These two members were proposed to each other."""
    low, high = sorted((one_id, other_id))
    await db.add(pairs, network_id=network_id, low_id=low, high_id=high)


async def remember_all(db: Db, network_id: int, found: Iterable[tuple[int, int]]) -> None:
    """These pairs have met, some of them maybe before."""
    low_high = sorted({(min(pair), max(pair)) for pair in found})
    rows = [
        {"id": new_id(), "network_id": network_id, "low_id": low, "high_id": high}
        for low, high in low_high
    ]
    await db.add_new(pairs, rows)


async def among(db: Db, member_ids: Collection[int]) -> set[frozenset[int]]:
    """The pairs of which both are among these members."""
    both = (pairs.c.low_id.in_(member_ids), pairs.c.high_id.in_(member_ids))
    query = select(pairs.c.low_id, pairs.c.high_id).where(*both)
    return {frozenset((low, high)) for low, high in await db.rows(query)}


async def page(
    db: Db, network_id: int, after: int, limit: int
) -> tuple[list[tuple[int, int]], int | None]:
    """Some pairs of a network after a row id, and that of the last, None at the end."""
    query = select(pairs.c.id, pairs.c.low_id, pairs.c.high_id)
    query = query.where(pairs.c.network_id == network_id, pairs.c.id > after)
    found = await db.rows(query.order_by(pairs.c.id).limit(limit))
    last = found[-1].id if len(found) == limit else None
    return [(low, high) for _id, low, high in found], last
