"""Reports of risk: for the safeguarding contacts of a member's own side, and for nobody else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Table, func, or_, select

from bot.store.db import Db
from bot.store.networks import Member
from bot.store.tables import matched, reports

PAGE = 10


@dataclass(frozen=True, slots=True)
class Report:
    """What a member told; new, taken (by a contact) or closed.

    It has the `words`, and as `messages` those they added: each its kind, text, Telegram's
    file, a place, and a contact card.
    `named` tells that it is about somebody: `about_id` is None once that one is forgotten.
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
    def named(self) -> bool:
        """Whether it is about somebody in particular, who may be forgotten by now."""
        return self.about_id is not None or bool(self.words.get("named"))

    @property
    def messages(self) -> list[dict[str, Any]]:
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

    One about nobody in particular is about everybody but who made it; one about somebody who was
    forgotten is about nobody who is left.
    """
    open_ = (reports.c.match_id == match_id, reports.c.state != "closed")
    found = await db.all(Report, select(reports).where(*open_))
    others = select(matched.c.member_id).where(matched.c.match_id == match_id)
    everybody = {row.member_id for row in await db.rows(others)} if found else set()
    about = [{each.about_id or 0} if each.named else everybody for each in found]
    pairs = [(each.member_id, them) for each, them in zip(found, about, strict=True)]
    mine = {other for by, them in pairs if by == member_id for other in them}
    return (mine | {by for by, them in pairs if member_id in them}) - {member_id}


async def opened_by(db: Db, match_id: int, member_id: int) -> bool:
    """Whether a report of this member on a match is open."""
    where = (reports.c.match_id == match_id, reports.c.member_id == member_id)
    query = select(reports.c.id).where(*where, reports.c.state != "closed").limit(1)
    return await db.scalar(query) is not None


async def between(db: Db, member_id: int) -> set[int]:
    """Whom open reports of this member are about, and by whom those about this member are."""
    open_ = reports.c.state != "closed"
    query = select(reports.c.member_id).where(reports.c.about_id == member_id, open_)
    return await about(db, member_id) | {row.member_id for row in await db.rows(query)}


async def about(db: Db, member_id: int) -> set[int]:
    """Whom the open reports of a member are about."""
    where = (reports.c.member_id == member_id, reports.c.state != "closed")
    query = select(reports.c.about_id).where(*where, reports.c.about_id.is_not(None))
    return {row.about_id for row in await db.rows(query)}


async def by_id(db: Db, report_id: int, *, hold: bool = False) -> Report | None:
    """The report with this row id; with `hold` two taps at once come one by one."""
    query = select(reports).where(reports.c.id == report_id)
    return await db.one(Report, query.with_for_update() if hold else query)


def _read_by(member: Member) -> tuple[ColumnElement[bool], ...]:
    """Those of one's own side, but none about oneself."""
    others = or_(reports.c.about_id.is_(None), reports.c.about_id != member.id)
    return reports.c.side_id == member.side_id, others


async def page(db: Db, reader: Member, states: Collection[str], before: int = 0) -> list[Report]:
    """What a contact reads, the newest before one; one more than a page where there are more."""
    where = [*_read_by(reader), reports.c.state.in_(states)]
    if before:
        where.append(reports.c.id < before)
    query = select(reports).where(*where).order_by(reports.c.id.desc()).limit(PAGE + 1)
    return await db.all(Report, query)


async def counts(db: Db, reader: Member) -> dict[str, int]:
    """How many of what a contact reads are in each state."""
    query = select(reports.c.state, func.count().label("many")).where(*_read_by(reader))
    return {row.state: row.many for row in await db.rows(query.group_by(reports.c.state))}


async def set_state(
    db: Db, report_id: int, state: str, taken_by: int | None, now: datetime
) -> None:
    """Sets a report taken by a contact, or closed."""
    await db.change(reports, report_id, state=state, taken_by=taken_by, changed_at=now)
