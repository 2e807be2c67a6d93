"""How a network is doing: counts by side, of people who stay unnamed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select

from bot.store.db import Db
from bot.store.roster import LOOKED_AFTER
from bot.store.tables import enrolments, matched, matches, meetings, members


@dataclass(frozen=True, slots=True)
class Counts:
    """People of a side who signed up, wait, were ever asked, introduced, met; and its meetings."""

    signed_up: int
    waiting: int
    proposed: int
    accepted: int
    met: int
    meetings: int


async def of_side(db: Db, side_id: int) -> Counts:
    """The counts of one side's participants."""
    mine = (members.c.side_id == side_id, members.c.role == "participant")
    here = select(func.count()).select_from(members).where(*mine)
    signed_up = await _number(db, here.where(members.c.state.in_(LOOKED_AFTER)))
    line = select(func.count(members.c.id.distinct())).join(
        enrolments, enrolments.c.member_id == members.c.id
    )
    waiting = line.where(*mine, members.c.state == "active", enrolments.c.state == "waiting")
    held = meetings.c.state == "held"
    return Counts(
        signed_up,
        await _number(db, waiting),
        await _number(db, _in_matches(side_id)),
        await _number(db, _in_matches(side_id, matches.c.active_at.is_not(None))),
        await _number(db, _in_meetings(matched.c.member_id, side_id, held)),
        await _number(db, _in_meetings(meetings.c.id, side_id, held)),
    )


async def _number(db: Db, query: Select[int]) -> int:
    return int(await db.scalar(query) or 0)


def _in_matches(side_id: int, *where: ColumnElement[bool]) -> Select[int]:
    query = select(func.count(matched.c.member_id.distinct()))
    joined = query.join(matches, matches.c.id == matched.c.match_id)
    return joined.where(matched.c.side_id == side_id, *where)


def _in_meetings(
    what: ColumnElement[int], side_id: int, *where: ColumnElement[bool]
) -> Select[int]:
    query = select(func.count(what.distinct())).select_from(matched)
    joined = query.join(meetings, meetings.c.match_id == matched.c.match_id)
    return joined.where(matched.c.side_id == side_id, *where)
