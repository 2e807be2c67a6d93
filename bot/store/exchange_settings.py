"""Exchanges as coordinators open, change, close and count them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from bot.domain.matching import Rules
from bot.store.db import Db
from bot.store.exchanges import Exchange
from bot.store.networks import Member
from bot.store.tables import checkins, enrolments, exchanges, members, people

PAGE = 8


async def open_one(
    db: Db,
    network_id: int,
    track: int,
    shape: str,
    rules: Rules,
    settings: dict[str, Any],
    name: str | None,
    now: datetime,
) -> int:
    """Opens an exchange on a track in a format; its id."""
    return await db.add(
        exchanges,
        network_id=network_id,
        track=track,
        format=shape,
        state="open",
        rules=rules.as_json(),
        settings=settings,
        name=name,
        created_at=now,
    )


async def page(db: Db, network_id: int, after: int = 0) -> list[Exchange]:
    """A network's exchanges by id after `after`; one more than a page where there are more."""
    where = (exchanges.c.network_id == network_id, exchanges.c.id > after)
    query = select(exchanges).where(*where).order_by(exchanges.c.id).limit(PAGE + 1)
    return await db.all(Exchange, query)


async def people_in(db: Db, exchange_ids: Collection[int], side_id: int) -> dict[int, int]:
    """How many of a side take part in each of these exchanges."""
    query = (
        select(enrolments.c.exchange_id, func.count().label("many"))
        .join(members, members.c.id == enrolments.c.member_id)
        .where(
            enrolments.c.exchange_id.in_(exchange_ids),
            enrolments.c.state != "out",
            members.c.state != "left",
            members.c.side_id == side_id,
        )
        .group_by(enrolments.c.exchange_id)
    )
    return {row.exchange_id: row.many for row in await db.rows(query)}


async def set_settings(db: Db, exchange_id: int, settings: dict[str, Any]) -> None:
    """Its cadence and the shape of its groups, as domain.exchange.Settled stores them."""
    await db.change(exchanges, exchange_id, settings=settings)


async def set_rules(db: Db, exchange_id: int, rules: Rules) -> None:
    """What it asks of a match."""
    await db.change(exchanges, exchange_id, rules=rules.as_json())


async def set_name(db: Db, exchange_id: int, name: str | None) -> None:
    """What its coordinators call it; None: as its track does."""
    await db.change(exchanges, exchange_id, name=name)


async def set_open(db: Db, exchange_id: int, now: datetime, *, is_open: bool) -> None:
    """Closes it, or opens it again."""
    state = {"state": "open", "closed_at": None} if is_open else {"state": "closed"}
    await db.change(exchanges, exchange_id, **({"closed_at": now} | state))
    asked = (checkins.c.exchange_id == exchange_id, checkins.c.state == "planned")
    if not is_open:
        await db.run(update(checkins).where(*asked).values(state="stopped"))


async def who_waits(db: Db, exchange_id: int, after: int, limit: int) -> list[Member]:
    """Who is in line in an exchange and can be reached, by member id after `after`."""
    query = (
        select(members)
        .join(enrolments, enrolments.c.member_id == members.c.id)
        .join(people, people.c.id == members.c.person_id)
        .where(
            enrolments.c.exchange_id == exchange_id,
            enrolments.c.state.in_(("waiting", "skipping")),
            members.c.state.in_(("active", "paused", "held")),
            members.c.id > after,
            people.c.state == "here",
        )
    )
    return await db.all(Member, query.order_by(members.c.id).limit(limit))
