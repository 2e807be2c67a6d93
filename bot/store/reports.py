"""Reports of risk: for the safeguarding contacts of a member's own side, and for nobody else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Table, func, select

from bot.store.db import Db
from bot.store.tables import reports

PAGE = 10


@dataclass(frozen=True, slots=True)
class Report:
    """What a member told, in `words["words"]`; new, taken (by a contact) or closed."""

    table: ClassVar[Table] = reports
    id: int
    network_id: int
    side_id: int
    member_id: int
    meeting_id: int | None
    words: dict[str, Any]
    state: str
    taken_by: int | None
    at: datetime
    changed_at: datetime | None

    @property
    def said(self) -> str:
        """What they said, "" where they left it at that."""
        return str(self.words.get("words") or "")


async def add(
    db: Db,
    network_id: int,
    side_id: int,
    member_id: int,
    meeting_id: int | None,
    words: str,
    now: datetime,
) -> int:
    """A new report; its id."""
    return await db.add(
        reports,
        network_id=network_id,
        side_id=side_id,
        member_id=member_id,
        meeting_id=meeting_id,
        words={"words": words},
        state="new",
        at=now,
    )


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
