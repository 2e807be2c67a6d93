"""A circle (or team) of three and three on a sandbox: one of each side leads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from bot.domain.exchange import Settled
from bot.domain.people import DAY_PARTS, Profile
from bot.store import enrolments, exchanges, founding, matches, networks, people
from bot.store.db import Db
from bot.store.founding import NewNetwork
from bot.store.networks import Side
from bot.store.tables import exchanges as exchange_rows
from bot.store.tables import matched, members
from tests.play import Actor, Stage
from tests.walks.seats import A_WORKDAY, SIDES

NAMES = (("Ana", "Bea", "Carla"), ("Nour", "Omar", "Rana"))
SLOTS = tuple(f"{day}-{part}" for day in range(5) for part in DAY_PARTS)


@dataclass(frozen=True)
class Circle:
    """A network that Olga owns, its people by name, and what they are in together."""

    stage: Stage
    olga: Actor
    people: Mapping[str, Actor]
    member_ids: Mapping[str, int]
    sides: Sequence[Side]
    network_id: int
    exchange_id: int
    match_id: int

    @property
    def leads(self) -> tuple[Actor, Actor]:
        """Those who lead it: the first of each side."""
        return self.people["Ana"], self.people["Nour"]

    @property
    def everybody(self) -> list[Actor]:
        """All six."""
        return list(self.people.values())


async def circle(
    stage: Stage,
    track: int = 2,
    shape: str = "circle",
    sessions: int = 3,
    *,
    facilitators: bool = True,
) -> Circle:
    """Has six people, who agreed to it, sit in a circle."""
    stage.sandbox.clock.move_to(A_WORKDAY)
    olga = await stage.actor("Olga")
    here = {name: await stage.actor(name) for side in NAMES for name in side}
    now = stage.sandbox.clock.now()
    ids: dict[str, int] = {}
    async with stage.app.store.begin() as db:
        founder = await people.met(db, olga.person.id, "en", now)
        new = NewNetwork("Aldea & Marsa", SIDES, open=False, approval=False, joint_rounds=False)
        network_id = await founding.found(db, new, founder.id, 0, now, name="Olga")
        sides = await networks.sides_of(db, network_id)
        exchange_id = await exchanges.create(db, network_id, track, shape, None)
        settings = Settled(leads=True, sessions=sessions).as_json()
        await db.change(exchange_rows, exchange_id, settings=settings)
        for side, names in zip(sides, NAMES, strict=True):
            for name in names:
                role = "facilitator" if facilitators and name == names[0] else "participant"
                ids[name] = await sits(db, stage, here[name], side, role)
                await enrolments.enrol(db, ids[name], exchange_id, now)
        who = [(ids[n], side.id) for side, names in zip(sides, NAMES, strict=True) for n in names]
        until = now + timedelta(days=3)
        reasons = {"languages": ["en"]}
        match_id = await matches.propose(db, exchange_id, None, who, reasons, now, until)
        of_it = matched.c.match_id == match_id
        await db.run(update(matched).where(of_it).values(answer="yes", answered_at=now))
        lead = [ids[names[0]] for names in NAMES]
        await db.run(update(matched).where(of_it, matched.c.member_id.in_(lead)).values(leads=True))
        await matches.activate(db, match_id, now)
    for actor in (olga, *here.values()):
        await actor.says("/start")
        await actor.person.waits()
    return Circle(stage, olga, here, ids, sides, network_id, exchange_id, match_id)


async def joins(stage: Stage, side: Side, name: str, role: str, language: str = "en") -> Actor:
    """Somebody who runs or observes the network from a side."""
    actor = await stage.actor(name, language)
    now = stage.sandbox.clock.now()
    async with stage.app.store.begin() as db:
        person = await people.met(db, actor.person.id, language, now)
        await people.set_consent(db, person.id, now)
        await founding.join(db, person.id, side.network_id, side.id, role, now, name)
    await actor.says("/start")
    await actor.person.waits()
    return actor


async def sits(db: Db, stage: Stage, actor: Actor, side: Side, role: str = "participant") -> int:
    """Somebody who has signed up on a side; the member's id."""
    return await settles(db, actor, side, stage.sandbox.clock.now(), role, actor.person.name)


async def settles(
    db: Db, actor: Actor, side: Side, now: datetime, role: str = "participant", name: str = ""
) -> int:
    """The same at a moment, by a name."""
    profile = Profile(("en",), side.zone, ("online",), availability=SLOTS)
    person = await people.met(db, actor.person.id, actor.language, now)
    await people.set_zone(db, person.id, side.zone)
    await people.set_consent(db, person.id, now)
    id_ = await founding.join(db, person.id, side.network_id, side.id, role, now)
    told = {"name": name, "profile": profile.as_json()}
    await db.change(members, id_, **told)
    return id_
