"""A network's open matches as those who run it look through them: which, and a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from bot.domain.exchange import GROUPED
from bot.store.db import Db
from bot.store.matches import OPEN, Match
from bot.store.tables import exchanges, matched, matches, meetings


@dataclass(frozen=True, slots=True)
class Together:
    """An open circle or team: its exchange, how many are in it, and its next session."""

    match_id: int
    exchange_id: int
    state: str
    people: int
    next_at: datetime | None


def _of_side(query: Select[Any], network_id: int, side_id: int) -> Select[Any]:
    """A query on matches, kept to a network's open ones in which somebody of a side is."""
    ours = select(matched.c.match_id).where(matched.c.side_id == side_id)
    here = (exchanges.c.network_id == network_id, matches.c.state.in_(OPEN))
    query = query.join(exchanges, exchanges.c.id == matches.c.exchange_id)
    return query.where(*here, matches.c.id.in_(ours))


def _kept_to(state: str, silent_since: datetime) -> list[ColumnElement[bool]]:
    since = exists().where(
        meetings.c.match_id == matches.c.id,
        meetings.c.state != "cancelled",
        meetings.c.starts_at >= silent_since,
    )
    return {
        "waits": [matches.c.state == "proposed"],
        "active": [matches.c.state == "active"],
        "quiet": [matches.c.state == "active", matches.c.active_at < silent_since, ~since],
    }.get(state, [])


async def pairs(
    db: Db,
    network_id: int,
    side_id: int,
    state: str,
    silent_since: datetime,
    after: int,
    limit: int,
) -> list[Match]:
    """Open pairs with a member of a side, above an id: all, waits, active or quiet ones.

    Quiet is who is introduced and has had no meeting since `silent_since`, nor has one ahead.
    """
    query = _of_side(select(matches), network_id, side_id)
    where = (exchanges.c.format.not_in(GROUPED), matches.c.id > after)
    query = query.where(*where, *_kept_to(state, silent_since))
    return await db.all(Match, query.order_by(matches.c.id).limit(limit))


async def groups(
    db: Db, network_id: int, side_id: int, now: datetime, after: int, limit: int
) -> list[Together]:
    """Open circles and teams with a member of a side, above an id."""
    people = select(func.count()).where(
        matched.c.match_id == matches.c.id, matched.c.answer.in_(("", "yes"))
    )
    ahead = (meetings.c.state == "agreed", meetings.c.starts_at > now)
    coming = select(func.min(meetings.c.starts_at)).where(
        meetings.c.match_id == matches.c.id, *ahead
    )
    columns = (
        *(matches.c.id, matches.c.exchange_id, matches.c.state),
        *(people.scalar_subquery(), coming.scalar_subquery()),
    )
    query = _of_side(select(*columns).select_from(matches), network_id, side_id)
    query = query.where(exchanges.c.format.in_(GROUPED), matches.c.id > after)
    rows = await db.rows(query.order_by(matches.c.id).limit(limit))
    return [Together(*row) for row in rows]
