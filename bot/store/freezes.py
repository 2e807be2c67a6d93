"""Freezes: everything of a network, or of a region of it, rests until it is thawed in steps.

A freeze is `frozen`, then `thawing`, then `over`. From step 1 people are told that it can begin
again, from step 2 reminders and proposals go on, with step 3 rounds and broadcasts, and it is over.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Table,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)

from bot.store.db import Db
from bot.store.networks import Member
from bot.store.tables import exchanges, freezes, matched, matches, members, people

RESUMED = 2
"""The step from which on reminders and proposals go on."""

LAST = 3

PRESENT = ("active", "paused", "held")
"""The states of members who are told of a freeze."""


@dataclass(frozen=True, slots=True)
class Freeze:
    """What rests, since when, and how far it is thawed; without a `region` all of the network."""

    table: ClassVar[Table] = freezes
    id: int
    network_id: int
    zones: list[str] | None
    region: str | None
    state: str
    step: int
    made_by: int | None
    began_at: datetime
    thawed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A match that waits for answers: since when, and until when."""

    id: int
    proposed_at: datetime
    expires_at: datetime


_LASTS = freezes.c.state != "over"
_HOLDS = and_(_LASTS, freezes.c.step < RESUMED)


def _reaches(zone: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a freeze reaches somebody in this zone; its zones are a list of quoted names."""
    listed = cast(freezes.c.zones, String)
    return or_(freezes.c.region.is_(None), listed.contains(literal('"') + zone + literal('"')))


def _on_member() -> ColumnElement[bool]:
    """Whether a freeze is on a member, joined with their person."""
    return and_(freezes.c.network_id == members.c.network_id, _reaches(people.c.zone))


def reaches_member() -> ColumnElement[bool]:
    """Whether a member, in a query that joins people, is in a freeze that is not over."""
    return exists().where(_LASTS, _on_member())


def rests(exchange_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the network of an exchange is frozen as a whole."""
    whole = (_LASTS, freezes.c.region.is_(None), freezes.c.network_id == exchanges.c.network_id)
    return exists().where(exchanges.c.id == exchange_id, *whole)


async def frozen(db: Db, network_id: int) -> bool:
    """Whether rounds and broadcasts of the whole network rest."""
    where = (freezes.c.network_id == network_id, freezes.c.region.is_(None), _LASTS)
    return await db.scalar(select(freezes.c.id).where(*where).limit(1)) is not None


async def of_person(db: Db, person_id: int) -> Freeze | None:
    """The freeze in which nothing is to be asked of a person now."""
    query = select(freezes).select_from(freezes).join(members, _HOLDS)
    query = query.join(people, people.c.id == members.c.person_id)
    here = (members.c.person_id == person_id, members.c.state != "left", _on_member())
    return await db.one(Freeze, query.where(*here).limit(1))


async def of_match(db: Db, match_id: int) -> bool:
    """Whether anybody in a match is in a freeze in which proposals rest."""
    return await _any_matched(db, matched.c.match_id == match_id)


async def _any_matched(db: Db, where: ColumnElement[bool]) -> bool:
    query = select(matched.c.id).join(members, members.c.id == matched.c.member_id)
    query = query.join(people, people.c.id == members.c.person_id)
    found = query.where(where, exists().where(_HOLDS, _on_member())).limit(1)
    return await db.scalar(found) is not None


async def reaching(db: Db, member_ids: Collection[int]) -> set[int]:
    """Those of these members who are in a freeze in which nothing is to be asked of them."""
    query = select(members.c.id).join(people, people.c.id == members.c.person_id)
    found = query.where(members.c.id.in_(member_ids), exists().where(_HOLDS, _on_member()))
    return {row.id for row in await db.rows(found)}


async def of_exchange(db: Db, exchange_id: int) -> bool:
    """Whether the network of an exchange is frozen as a whole."""
    query = select(exchanges.c.id).where(exchanges.c.id == exchange_id, rests(exchanges.c.id))
    return await db.scalar(query) is not None


async def by_id(db: Db, freeze_id: int) -> Freeze | None:
    """The freeze with this row id."""
    return await db.one(Freeze, select(freezes).where(freezes.c.id == freeze_id))


async def held(db: Db, freeze_id: int) -> Freeze | None:
    """The freeze, held until the end of the transaction: two decisions come one by one."""
    query = select(freezes).where(freezes.c.id == freeze_id).with_for_update()
    return await db.one(Freeze, query)


async def open_in(db: Db, network_id: int) -> list[Freeze]:
    """The freezes of a network that are not over, the oldest first."""
    query = select(freezes).where(freezes.c.network_id == network_id, _LASTS)
    return await db.all(Freeze, query.order_by(freezes.c.id))


async def begin(
    db: Db,
    network_id: int,
    member_id: int,
    now: datetime,
    region: str | None = None,
    zones: Sequence[str] = (),
) -> int:
    """Everything rests from now on, in all of the network or in a region's zones; its id."""
    where = {"region": region, "zones": list(zones)}
    made = {"made_by": member_id, "began_at": now, "state": "frozen", "step": 0}
    return await db.add(freezes, network_id=network_id, **where, **made)


async def went_to(db: Db, freeze: Freeze, step: int, now: datetime) -> None:
    """A freeze is thawed so far."""
    state = "over" if step >= LAST else "thawing"
    thawed = {"thawed_at": now} if step == RESUMED else {}
    await db.change(freezes, freeze.id, state=state, step=step, **thawed)


def _covered(freeze: Freeze) -> Select[Any]:
    """The member ids of a freeze."""
    query = select(members.c.id).join(people, people.c.id == members.c.person_id)
    whole = members.c.network_id == freeze.network_id
    return query.where(whole) if freeze.region is None else query.where(whole, _zone_in(freeze))


async def proposals_in(db: Db, freeze: Freeze, after: int, limit: int) -> list[Proposal]:
    """The proposals of a freeze that are not decided, by match id, those above `after`."""
    whose = matched.c.match_id == matches.c.id, matched.c.member_id.in_(_covered(freeze))
    query = select(matches.c.id, matches.c.proposed_at, matches.c.expires_at)
    query = query.where(matches.c.state == "proposed", exists().where(*whose))
    rows = await db.rows(query.where(matches.c.id > after).order_by(matches.c.id).limit(limit))
    return [Proposal(*row) for row in rows]


async def extend(db: Db, proposal: Proposal, by: timedelta) -> None:
    """There is so much longer to answer a proposal."""
    await db.change(matches, proposal.id, expires_at=proposal.expires_at + by)


async def concerns(db: Db, freeze: Freeze, person_id: int) -> bool:
    """Whether a person is still in the network of a freeze."""
    there = (members.c.network_id == freeze.network_id, members.c.state.in_(PRESENT))
    query = select(members.c.id).where(*there, members.c.person_id == person_id)
    return await db.scalar(query) is not None


def people_of(freeze: Freeze) -> Select[Any]:
    """The ids of all people of a freeze's network, wherever they are by now."""
    return select(members.c.person_id).where(members.c.network_id == freeze.network_id)


def exchanges_of(freeze: Freeze) -> Select[Any]:
    """The ids of the exchanges that rest in a freeze."""
    return select(exchanges.c.id).where(exchanges.c.network_id == freeze.network_id)


async def zones(db: Db, network_id: int) -> list[str]:
    """The time zones in which members of a network live, the most frequent first."""
    query = select(people.c.zone).join(members, members.c.person_id == people.c.id)
    there = (members.c.network_id == network_id, members.c.state.in_(PRESENT))
    query = query.where(*there, people.c.zone.is_not(None)).group_by(people.c.zone)
    return [row.zone for row in await db.rows(query.order_by(func.count().desc(), people.c.zone))]


def length(freeze: Freeze, since: datetime) -> timedelta:
    """How long a freeze lasted for something that began at `since`."""
    end = freeze.thawed_at or freeze.began_at
    return max(timedelta(0), end - max(freeze.began_at, since))


def _members(freeze: Freeze) -> tuple[ColumnElement[bool], ...]:
    there = (members.c.network_id == freeze.network_id, members.c.state.in_(PRESENT))
    here = people.c.state == "here"
    return (*there, here) if freeze.region is None else (*there, here, _zone_in(freeze))


def _zone_in(freeze: Freeze) -> ColumnElement[bool]:
    return people.c.zone.in_(freeze.zones or [])


async def members_of(db: Db, freeze: Freeze, after: int, limit: int) -> list[Member]:
    """Who is in a freeze and can be reached, by member id, those above `after`."""
    query = select(members).join(people, people.c.id == members.c.person_id)
    query = query.where(*_members(freeze), members.c.id > after)
    return await db.all(Member, query.order_by(members.c.id).limit(limit))


async def count(db: Db, freeze: Freeze) -> int:
    """How many people are in a freeze."""
    query = select(func.count()).select_from(members)
    query = query.join(people, people.c.id == members.c.person_id)
    found: int = await db.scalar(query.where(*_members(freeze)))
    return found
