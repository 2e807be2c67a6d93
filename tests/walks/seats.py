"""Two people on a sandbox, one on each side of a network, and what is stored of everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.people import DAY_PARTS, Profile
from bot.store import (
    enrolments,
    exchanges,
    founding,
    invites,
    matches,
    networks,
    pairs,
    people,
    reminders,
)
from bot.store.db import Db, Secret, Store
from bot.store.founding import NewNetwork, NewSide
from bot.store.networks import Side
from bot.store.tables import metadata
from tests.play import Actor, Stage

A_WORKDAY = datetime(2031, 3, 12, 10, tzinfo=UTC)
"""No day of rest and no holiday in Spain or Jordan, and day in both."""

SIDES = (
    NewSide("Aldea", "es", "ES", "Europe/Madrid"),
    NewSide("Marsa", "ar", "JO", "Asia/Amman"),
)
PASSING = {"inbox", "outbox", "facts", "attempts", "forms", "reminders"}
"""Tables that tell of what is under way, not of what people have or are."""


@dataclass(frozen=True)
class Seats:
    """A network with a coordinator (English), Ana (Spanish) and Nour (Arabic) in it."""

    stage: Stage
    olga: Actor
    ana: Actor
    nour: Actor
    sides: list[Side]
    exchange_id: int
    member_ids: Mapping[str, int]

    async def proposed(self) -> int:
        """Ana and Nour are asked whether they would like to meet; the match's id."""
        now = self.stage.sandbox.clock.now()
        until = now + timedelta(days=3)
        ids = [self.member_ids["Ana"], self.member_ids["نور"]]
        who = [(ids[0], self.sides[0].id), (ids[1], self.sides[1].id)]
        async with self.stage.app.store.begin() as db:
            match_id = await matches.propose(
                db, self.exchange_id, None, who, {"languages": ["en"]}, now, until
            )
            await pairs.remember(db, self.sides[0].network_id, ids[0], ids[1])
            for member_id in ids:
                row = await enrolments.of(db, member_id, self.exchange_id)
                assert row is not None
                await enrolments.set_matched(db, row.id)
            await reminders.schedule(db, "proposal_expiry", match_id, until)
        return match_id

    async def introduced(self) -> int:
        """Both have said yes; the match's id."""
        match_id = await self.proposed()
        for actor in (self.ana, self.nour):
            await actor.says("/match")
            await actor.taps("Yes, I would like to meet")
            await actor.person.waits()
        return match_id

    async def link(self, side: int = 0, uses: int = 1, days: float = 7) -> str:
        """The payload of a new invitation."""
        until = self.stage.sandbox.clock.now() + timedelta(days=days)
        where = (self.sides[side].network_id, self.sides[side].id, "participant", uses, until)
        async with self.stage.app.store.begin() as db:
            return await invites.create(db, *where, None)


async def seated(stage: Stage) -> Seats:
    """Has them all sit down, on a workday."""
    stage.sandbox.clock.move_to(A_WORKDAY)
    olga = await stage.actor("Olga", "en")
    ana, nour = await stage.actor("Ana", "es"), await stage.actor("نور", "ar")
    now = stage.sandbox.clock.now()
    async with stage.app.store.begin() as db:
        founder = await people.met(db, olga.person.id, "en", now)
        new = NewNetwork("Aldea & Marsa", SIDES, open=False, approval=False, joint_rounds=False)
        network_id = await founding.found(db, new, founder.id, 0, now)
        sides = await networks.sides_of(db, network_id)
        exchange_id = (await exchanges.open_in(db, network_id))[0].id
        ids = {
            each.person.name: await _sits(db, each, side, now)
            for each, side in ((ana, sides[0]), (nour, sides[1]))
        }
    return Seats(stage, olga, ana, nour, sides, exchange_id, ids)


async def _sits(db: Db, actor: Actor, side: Side, now: datetime) -> int:
    slots = tuple(f"{day}-{part}" for day in range(5) for part in DAY_PARTS)
    profile = Profile(("en",), side.zone, ("online",), availability=slots)
    person = await people.met(db, actor.person.id, actor.language, now)
    await people.set_zone(db, person.id, side.zone)
    await people.set_consent(db, person.id, now)
    id_ = await networks.add_member(
        db, person.id, side, "participant", "active", actor.person.name, profile, now
    )
    member = await networks.member(db, id_)
    assert member is not None
    await enrolments.enrol_in_open(db, member, now)
    return id_


async def kept(store: Store) -> dict[str, list[dict[str, Any]]]:
    """All that is stored of people and what they do, secrets opened."""
    found: dict[str, list[dict[str, Any]]] = {}
    async with store.read() as db:
        for table in metadata.sorted_tables:
            if table.name in PASSING:
                continue
            rows = [dict(row._mapping) for row in await db.rows(select(table).order_by(table.c.id))]
            for row in rows:
                for column in table.columns:
                    if isinstance(column.type, Secret) and row[column.name] is not None:
                        row[column.name] = db.open(table, row["id"], column.name, row[column.name])
            found[table.name] = rows
    return found
