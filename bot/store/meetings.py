"""Meetings of a match: proposed, agreed, held or missed, cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Table, func, select, update

from bot.domain.groups import OUT
from bot.store.db import Db
from bot.store.tables import matched, meetings

OPEN = ("proposed", "agreed")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting: proposed, agreed, held, missed or cancelled; `planned` through the bot or not.

    A session of a circle or team has a `number` from 1, and in `agenda` what
    domain.sessions.Arrangement stores.
    """

    table: ClassVar[Table] = meetings
    id: int
    match_id: int
    state: str
    starts_at: datetime
    minutes: int
    proposed_by: int | None
    planned: bool
    created_at: datetime
    number: int | None = None
    agenda: dict[str, Any] | None = None


async def add(
    db: Db,
    match_id: int,
    state: str,
    starts_at: datetime,
    minutes: int,
    proposed_by: int,
    now: datetime,
    *,
    planned: bool = True,
) -> int:
    """A new meeting of a match; its id."""
    return await db.add(
        meetings,
        match_id=match_id,
        state=state,
        starts_at=starts_at,
        minutes=minutes,
        proposed_by=proposed_by,
        planned=planned,
        created_at=now,
    )


async def by_id(db: Db, meeting_id: int) -> Meeting | None:
    """The meeting with this row id."""
    return await db.one(Meeting, select(meetings).where(meetings.c.id == meeting_id))


async def of_match(db: Db, match_id: int) -> list[Meeting]:
    """A match's meetings but the cancelled ones, by their time."""
    where = (meetings.c.match_id == match_id, meetings.c.state != "cancelled")
    query = select(meetings).where(*where)
    return await db.all(Meeting, query.order_by(meetings.c.starts_at, meetings.c.id))


async def held_count(db: Db, match_id: int) -> int:
    """How many meetings of a match were held."""
    where = (meetings.c.match_id == match_id, meetings.c.state == "held")
    count: int = await db.scalar(select(func.count()).select_from(meetings).where(*where))
    return count


async def agreed(db: Db, match_id: int, now: datetime) -> list[Meeting]:
    """The agreed meetings of a match that are still ahead."""
    return [each for each in await coming(db, match_id, now) if each.state == "agreed"]


async def coming(db: Db, match_id: int, now: datetime) -> list[Meeting]:
    """A match's meetings ahead, proposed or agreed, by their time."""
    where = (meetings.c.match_id == match_id, meetings.c.state.in_(OPEN))
    query = select(meetings).where(*where, meetings.c.starts_at > now)
    return await db.all(Meeting, query.order_by(meetings.c.starts_at, meetings.c.id))


async def agreed_by(db: Db, member_ids: list[int], now: datetime) -> list[Meeting]:
    """What any of these members agreed to, or their group did, and is still ahead."""
    in_it = (matched.c.member_id.in_(member_ids), matched.c.answer.not_in(OUT))
    theirs = select(matched.c.match_id).where(*in_it)
    where = (meetings.c.match_id.in_(theirs), meetings.c.state == "agreed")
    query = select(meetings).where(*where, meetings.c.starts_at > now)
    return await db.all(Meeting, query.order_by(meetings.c.starts_at, meetings.c.id))


async def seen_by(db: Db, member_ids: list[int], limit: int, offset: int) -> list[Meeting]:
    """Meetings of these members but the cancelled ones, the latest first."""
    theirs = select(matched.c.match_id).where(matched.c.member_id.in_(member_ids))
    query = select(meetings).where(meetings.c.match_id.in_(theirs), meetings.c.state != "cancelled")
    newest = query.order_by(meetings.c.starts_at.desc(), meetings.c.id.desc())
    return await db.all(Meeting, newest.limit(limit).offset(offset))


async def set_state(db: Db, meeting_id: int, state: str) -> None:
    """What became of a meeting."""
    await db.change(meetings, meeting_id, state=state)


async def cancel_proposed(db: Db, match_id: int) -> None:
    """Proposed times that nobody agreed to are taken back."""
    where = (meetings.c.match_id == match_id, meetings.c.state == "proposed")
    await db.run(update(meetings).where(*where).values(state="cancelled"))
