"""The programme of a visit: what hosts and guests do, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Table, select

from bot.store.db import Db
from bot.store.tables import programme

MOST = 20
"""Points a programme may have ahead of it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a programme: proposed by one side, agreed by the other, or dropped."""

    table: ClassVar[Table] = programme
    id: int
    match_id: int
    starts_at: datetime
    words: str
    made_by: int | None
    state: str
    created_at: datetime


async def add(
    db: Db, match_id: int, starts_at: datetime, words: str, made_by: int, now: datetime
) -> int:
    """A new point, proposed to the other group; its id."""
    values = {"match_id": match_id, "starts_at": starts_at, "words": words, "made_by": made_by}
    return await db.add(programme, **values, state="proposed", created_at=now)


async def by_id(db: Db, item_id: int) -> Item | None:
    """The point with this row id."""
    return await db.one(Item, select(programme).where(programme.c.id == item_id))


async def of_match(db: Db, match_id: int, since: datetime) -> list[Item]:
    """The points from a time on that were not dropped, in the order of time."""
    there = (programme.c.match_id == match_id, programme.c.starts_at >= since)
    where = (*there, programme.c.state != "dropped")
    query = select(programme).where(*where).order_by(programme.c.starts_at, programme.c.id)
    return await db.all(Item, query.limit(MOST))


async def set_state(db: Db, item_id: int, state: str) -> None:
    """Agrees to a point, or drops it."""
    await db.change(programme, item_id, state=state)
