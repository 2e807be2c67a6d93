"""What needs every side: which sides' coordinators have agreed to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from bot.store.db import Db, new_id
from bot.store.tables import agreements


async def agree(
    db: Db, what: str, subject_id: int, side_id: int, member_id: int, now: datetime
) -> None:
    """A side agrees to something, once; `what` names its kind, `subject_id` its row."""
    row = {"id": new_id(), "what": what, "subject_id": subject_id, "side_id": side_id}
    await db.add_new(agreements, [row | {"member_id": member_id, "at": now}])


async def sides_of(db: Db, what: str, subject_id: int) -> set[int]:
    """The sides that have agreed to it."""
    where = (agreements.c.what == what, agreements.c.subject_id == subject_id)
    return {row.side_id for row in await db.rows(select(agreements.c.side_id).where(*where))}


async def forget(db: Db, what: str, subject_id: int) -> None:
    """Nobody has agreed any more: it has changed since."""
    where = (agreements.c.what == what, agreements.c.subject_id == subject_id)
    await db.run(delete(agreements).where(*where))
