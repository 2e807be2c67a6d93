"""What a coordinator may take along: their own side's people, and ratings of many together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from bot.store.db import Db, Record
from bot.store.stats import NEVER_IN
from bot.store.tables import (
    enrolments,
    exchanges,
    logs,
    matched,
    matches,
    meetings,
    members,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A member of a side, by their code; the name only where it was asked for."""

    code: str
    name: str | None
    role: str
    state: str
    joined_at: datetime
    activities: int
    introductions: int
    meetings: int


async def people(db: Db, side_id: int, *, names: bool) -> list[Row]:
    """All members of a side, by when they joined."""
    enrolled = (
        select(enrolments.c.member_id, func.count().label("many"))
        .group_by(enrolments.c.member_id)
        .subquery()
    )
    introduced = and_(matches.c.active_at.is_not(None), matched.c.answer.not_in(NEVER_IN))
    mine = select(matched.c.member_id, func.count().label("many"))
    mine = mine.select_from(matched.join(matches)).where(introduced, matched.c.side_id == side_id)
    matched_ = mine.group_by(matched.c.member_id).subquery()
    held = select(matched.c.member_id, func.count().label("many")).join(
        meetings, meetings.c.match_id == matched.c.match_id
    )
    held = held.where(meetings.c.state == "held", matched.c.side_id == side_id)
    held_ = held.where(matched.c.answer.not_in(NEVER_IN)).group_by(matched.c.member_id).subquery()
    query = select(
        *(members.c.id, members.c.code, members.c.name, members.c.role, members.c.state),
        members.c.joined_at,
        enrolled.c.many.label("activities"),
        matched_.c.many.label("introductions"),
        held_.c.many.label("meetings"),
    ).select_from(members)
    for each in (enrolled, matched_, held_):
        query = query.outerjoin(each, each.c.member_id == members.c.id)
    rows = await db.rows(query.where(members.c.side_id == side_id).order_by(members.c.id))
    return [_row(db, row, names=names) for row in rows]


def _row(db: Db, row: Record, *, names: bool) -> Row:
    sealed = row.name if names else None
    return Row(
        row.code or "",
        None if sealed is None else db.open(members, row.id, "name", sealed),
        *(row.role, row.state, row.joined_at),
        *(row.activities or 0, row.introductions or 0, row.meetings or 0),
    )


@dataclass(frozen=True, slots=True)
class Rated:
    """The ratings of an exchange's meetings: how many people rated, and the average (1 to 5)."""

    people: int
    mean: float


async def ratings(db: Db, network_id: int) -> dict[int, Rated]:
    """By exchange of a network, if anybody rated."""
    query = select(
        matches.c.exchange_id,
        func.count(logs.c.member_id.distinct()).label("people"),
        func.avg(logs.c.rating).label("mean"),
    )
    query = query.select_from(logs.join(meetings).join(matches).join(exchanges))
    where = (exchanges.c.network_id == network_id, logs.c.rating.is_not(None))
    rows = await db.rows(query.where(*where).group_by(matches.c.exchange_id))
    return {row.exchange_id: Rated(row.people, round(float(row.mean), 2)) for row in rows}
