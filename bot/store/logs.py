"""What each member says of each meeting, on their own. Nobody reads another's but who must."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Table, select

from bot.store.db import Db
from bot.store.tables import logs


@dataclass(frozen=True, slots=True)
class Log:
    """One member's word on one meeting.

    `risk` is `{"answer": "no" | "yes" | "unsaid", "words": str}`, None where it wasn't asked. It is
    meant for the safeguarding contacts of the member's own side alone.
    """

    table: ClassVar[Table] = logs
    id: int
    meeting_id: int
    member_id: int
    met: bool
    rating: int | None
    again: bool | None
    note: str | None
    risk: dict[str, Any] | None
    at: datetime


async def add(
    db: Db,
    meeting_id: int,
    member_id: int,
    now: datetime,
    *,
    met: bool,
    rating: int | None,
    again: bool | None,
    note: str | None,
    risk: dict[str, str] | None,
) -> int:
    """A member's word on a meeting; its id."""
    return await db.add(
        logs,
        meeting_id=meeting_id,
        member_id=member_id,
        met=met,
        rating=rating,
        again=again,
        note=note,
        risk=risk,
        at=now,
    )


async def of_member(db: Db, meeting_id: int, member_id: int) -> Log | None:
    """What this member said of this meeting."""
    where = (logs.c.meeting_id == meeting_id, logs.c.member_id == member_id)
    return await db.one(Log, select(logs).where(*where))


async def said_to_have_met(db: Db, meeting_id: int) -> list[bool]:
    """Whether they met, as each who logged it said, without who said it."""
    rows = await db.rows(select(logs.c.met).where(logs.c.meeting_id == meeting_id))
    return [bool(row.met) for row in rows]
