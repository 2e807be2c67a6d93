"""Two members whom a coordinator never wants put together; neither is ever told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Table, delete, select

from bot.store.db import Db, new_id
from bot.store.networks import Member
from bot.store.tables import forbidden


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A pair of members, by whom it was forbidden, and when."""

    table: ClassVar[Table] = forbidden
    id: int
    network_id: int
    low_id: int
    high_id: int
    by_id: int | None
    side_id: int | None
    at: datetime


async def add(db: Db, one: int, other: int, by: Member, now: datetime) -> None:
    """Forbids a pair of members, once from each side."""
    low, high = sorted((one, other))
    row = {"id": new_id(), "network_id": by.network_id, "low_id": low, "high_id": high}
    await db.add_new(forbidden, [row | {"by_id": by.id, "side_id": by.side_id, "at": now}])


async def drop(db: Db, forbidden_id: int) -> None:
    """Takes a ban back; another side's on the same pair stays."""
    await db.run(delete(forbidden).where(forbidden.c.id == forbidden_id))


async def by_id(db: Db, forbidden_id: int) -> Forbidden | None:
    """The forbidden pair with this row id."""
    return await db.one(Forbidden, select(forbidden).where(forbidden.c.id == forbidden_id))


async def of_side(db: Db, side_id: int, after: int, size: int) -> list[Forbidden]:
    """Pairs forbidden from a side, by row id above `after`; who forbade one may be forgotten."""
    query = select(forbidden).where(forbidden.c.side_id == side_id, forbidden.c.id > after)
    return await db.all(Forbidden, query.order_by(forbidden.c.id).limit(size))


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
