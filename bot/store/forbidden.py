"""Two members whom a coordinator never wants put together; neither is ever told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from bot.store.db import Db, new_id
from bot.store.tables import forbidden


async def add(db: Db, network_id: int, one: int, other: int, by: int | None, now: datetime) -> None:
    """Forbids a pair of members, once."""
    low, high = sorted((one, other))
    row = {"id": new_id(), "network_id": network_id, "low_id": low, "high_id": high}
    await db.add_new(forbidden, [row | {"by_id": by, "at": now}])


async def drop(db: Db, one: int, other: int) -> None:
    """Allows a pair again."""
    low, high = sorted((one, other))
    await db.run(delete(forbidden).where(forbidden.c.low_id == low, forbidden.c.high_id == high))


async def of_member(db: Db, member_id: int) -> list[int]:
    """The members with whom this one must not be put together."""
    mine = (forbidden.c.low_id == member_id) | (forbidden.c.high_id == member_id)
    query = select(forbidden.c.low_id, forbidden.c.high_id).where(mine).order_by(forbidden.c.id)
    return [low if high == member_id else high for low, high in await db.rows(query)]


async def among(db: Db, member_ids: Collection[int]) -> set[frozenset[int]]:
    """The forbidden pairs of whom both are among these members."""
    within = (forbidden.c.low_id.in_(member_ids), forbidden.c.high_id.in_(member_ids))
    query = select(forbidden.c.low_id, forbidden.c.high_id).where(*within)
    return {frozenset(pair) for pair in await db.rows(query)}


async def page(
    db: Db, network_id: int, after: int, size: int
) -> tuple[list[tuple[int, int]], int | None]:
    """Some of a network's forbidden pairs, and after which row to go on; None at the end."""
    where = (forbidden.c.network_id == network_id, forbidden.c.id > after)
    columns = (forbidden.c.id, forbidden.c.low_id, forbidden.c.high_id)
    rows = await db.rows(select(*columns).where(*where).order_by(forbidden.c.id).limit(size))
    last = rows[-1].id if len(rows) == size else None
    return [(row.low_id, row.high_id) for row in rows], last
