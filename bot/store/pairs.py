"""Pairs: two members who were ever proposed to each other, and never will be again."""

from __future__ import annotations

from sqlalchemy import select

from bot.store.db import Db
from bot.store.tables import pairs


async def of_network(db: Db, network_id: int) -> set[frozenset[int]]:
    """All pairs of a network, as sets of two member ids."""
    query = select(pairs.c.low_id, pairs.c.high_id).where(pairs.c.network_id == network_id)
    return {frozenset((low, high)) for low, high in await db.rows(query)}


async def remember(db: Db, network_id: int, one_id: int, other_id: int) -> None:
    """These two members were proposed to each other."""
    low, high = sorted((one_id, other_id))
    await db.add(pairs, network_id=network_id, low_id=low, high_id=high)
