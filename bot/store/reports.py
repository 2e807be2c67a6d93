"""Reports of risk: for the safeguarding contacts of a member's own side, and for nobody else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Table, func, select

from bot.store.db import Db
from bot.store.networks import Member
from bot.store.tables import matched, reports

PAGE = 10


@dataclass(frozen=True, slots=True)
class Report:
    """What a member told; new, taken (by a contact) or closed.

    It has the `words`, and as `messages` those they added: each its kind, text and Telegram's file.
    """

    table: ClassVar[Table] = reports
    id: int
    network_id: int
    side_id: int
    member_id: int
    meeting_id: int | None
    match_id: int | None
    about_id: int | None
    words: dict[str, Any]
    state: str
    taken_by: int | None
    at: datetime
    changed_at: datetime | None

    @property
    def said(self) -> str:
        """What they said, "" where they left it at that."""
        return str(self.words.get("words") or "")

    @property
    def messages(self) -> list[dict[str, str]]:
        """The messages they added."""
        return list(self.words.get("messages") or [])


async def add(
    db: Db,
    by: Member,
    meeting_id: int | None,
    words: Mapping[str, Any],
    now: datetime,
    *,
    match_id: int | None = None,
    about_id: int | None = None,
) -> int:
    """A new report of a member, of another member of a match if it is about one; its id."""
    whose = {"network_id": by.network_id, "side_id": by.side_id, "member_id": by.id}
    what = {"meeting_id": meeting_id, "match_id": match_id, "about_id": about_id}
    return await db.add(reports, **whose, **what, words=dict(words), state="new", at=now)


async def of_member(db: Db, member_id: int) -> list[Report]:
    """What a member reported, the newest first."""
    query = select(reports).where(reports.c.member_id == member_id)
    return await db.all(Report, query.order_by(reports.c.id.desc()).limit(PAGE))


async def resting(db: Db, match_id: int, member_id: int) -> set[int]:
    """With which members of a match this one exchanges nothing, as a report on it is open.

    One about nobody in particular is about everybody but who made it.
    """
    open_ = (reports.c.match_id == match_id, reports.c.state != "closed")
    found = await db.all(Report, select(reports).where(*open_))
    others = select(matched.c.member_id).where(matched.c.match_id == match_id)
    everybody = {row.member_id for row in await db.rows(others)} if found else set()
    about = [{each.about_id} if each.about_id else everybody for each in found]
    pairs = [(each.member_id, them) for each, them in zip(found, about, strict=True)]
    mine = {other for by, them in pairs if by == member_id for other in them}
    return (mine | {by for by, them in pairs if member_id in them}) - {member_id}


async def by_id(db: Db, report_id: int, *, hold: bool = False) -> Report | None:
    """The report with this row id; with `hold` two taps at once come one by one."""
    query = select(reports).where(reports.c.id == report_id)
    return await db.one(Report, query.with_for_update() if hold else query)


async def page(db: Db, side_id: int, states: Collection[str], before: int = 0) -> list[Report]:
    """A side's newest reports before one, one more than a page where there are more."""
    where = [reports.c.side_id == side_id, reports.c.state.in_(states)]
    if before:
        where.append(reports.c.id < before)
    query = select(reports).where(*where).order_by(reports.c.id.desc()).limit(PAGE + 1)
    return await db.all(Report, query)


async def counts(db: Db, side_id: int) -> dict[str, int]:
    """How many of a side's reports are in each state."""
    query = select(reports.c.state, func.count().label("many")).where(reports.c.side_id == side_id)
    return {row.state: row.many for row in await db.rows(query.group_by(reports.c.state))}


async def set_state(
    db: Db, report_id: int, state: str, taken_by: int | None, now: datetime
) -> None:
    """Sets a report taken by a contact, or closed."""
    await db.change(reports, report_id, state=state, taken_by=taken_by, changed_at=now)
