"""What those who run a network did: never who of the other side it was about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Table, select

from bot.store.db import Db
from bot.store.tables import audit

PAGE = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done. `what` names it, `subject` is a code or an id, `details` are plain values."""

    table: ClassVar[Table] = audit
    id: int
    network_id: int
    side_id: int | None
    member_id: int | None
    what: str
    subject: str
    details: dict[str, Any] | None
    at: datetime


async def note(
    db: Db,
    network_id: int,
    what: str,
    now: datetime,
    *,
    side_id: int | None = None,
    member_id: int | None = None,
    subject: str = "",
    **details: Any,
) -> int:
    """Writes down what somebody did; the entry's id. `details` must name nobody."""
    return await db.add(
        audit,
        network_id=network_id,
        side_id=side_id,
        member_id=member_id,
        what=what,
        subject=subject,
        details=details or None,
        at=now,
    )


async def by_id(db: Db, entry_id: int) -> Entry | None:
    """The entry with this row id."""
    return await db.one(Entry, select(audit).where(audit.c.id == entry_id))


async def page(
    db: Db, network_id: int, before: int = 0, *, side_id: int = 0, area: str = ""
) -> list[Entry]:
    """The newest entries before one (of a side, of an area), one more than a page if there are."""
    where = [audit.c.network_id == network_id]
    if before:
        where.append(audit.c.id < before)
    if side_id:
        where.append(audit.c.side_id == side_id)
    if area:
        where.append(audit.c.what.startswith(f"{area}.", autoescape=True))
    query = select(audit).where(*where).order_by(audit.c.id.desc()).limit(PAGE + 1)
    return await db.all(Entry, query)
