"""A network of two sides on a real store, and people who talk to it turn by turn."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from types import ModuleType
from typing import Any

from sqlalchemy import delete, select

from bot import forms
from bot.coordinators import (
    invite,
    newnetwork,
    pairs,
    pairs_end,
    people,
    person,
    rounds,
    stats,
    what_if,
)
from bot.delivery.conductor import Conductor
from bot.delivery.matchmaker import Matchmaker
from bot.delivery.screens import Stage
from bot.domain.people import Profile
from bot.domain.replies import Say
from bot.i18n import Tongue
from bot.participants import next_round
from bot.router import Event, Here, Routes, Turn, answer, join
from bot.store import enrolments, exchanges, founding, networks
from bot.store import people as persons
from bot.store.db import Db, Store
from bot.store.founding import NewNetwork, NewSide
from bot.store.networks import Member
from bot.store.queues import Outgoing
from bot.store.tables import members, outbox

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HERE = Here("proxeny_bot")
CAPABILITIES = (newnetwork, invite, people, person, rounds, what_if, pairs, pairs_end, stats)
ROUTES = join(
    *(each.ROUTES for each in CAPABILITIES),
    next_round.ROUTES,
    forms.routes(*newnetwork.FLOWS, *people.FLOWS),
)
READY = Profile(
    languages=("en",),
    zone="UTC",
    formats=("online",),
    interests=("music",),
    availability=("0-evening", "1-evening"),
)

_telegram_ids = count(1000)


def read(said: Say) -> str:
    """What a message says in English, without bidi isolates."""
    return Tongue("en").say(said.text).replace("\u2068", "").replace("\u2069", "")


@dataclass(frozen=True)
class Told:
    """What a person is told by the loops: its text as Telegram gets it, and its buttons' data."""

    to: int
    text: str
    data: list[str]


def data_of(said: Say) -> list[str]:
    """The callback data of a message's buttons."""
    return [each.data for row in said.buttons for each in row]


@dataclass
class Town:
    """The network and its people; `now` is the time of every turn."""

    store: Store
    now: datetime = NOON
    here: Here = HERE
    network_id: int = 0
    sides: list[int] = field(default_factory=list)
    routes: Routes = ROUTES

    def able(self, *capabilities: ModuleType) -> None:
        """Gives the bot these capabilities beside the usual ones."""
        flows = [flow for each in capabilities for flow in getattr(each, "FLOWS", ())]
        tables = [each.ROUTES for each in (*CAPABILITIES, *capabilities)]
        self.routes = join(*tables, forms.routes(*newnetwork.FLOWS, *people.FLOWS, *flows))

    async def person(self) -> int:
        """Somebody who has met the bot; their row id."""
        async with self.store.begin() as db:
            return (await persons.met(db, next(_telegram_ids), "en", self.now)).id

    async def member(
        self, side: int, role: str = "participant", name: str = "", state: str = "active",
        told: Profile = READY, network_id: int = 0, side_id: int = 0,
    ) -> Member:  # fmt: skip
        """A member of the network; an active participant waits in its exchange."""
        person_id = await self.person()
        async with self.store.begin() as db:
            at = network_id or self.network_id, side_id or self.sides[side]
            member_id = await founding.join(db, person_id, *at, role, self.now)
            given = {"name": name or None, "profile": told.as_json(), "state": state}
            await db.change(members, member_id, **given)
            made = await networks.member(db, member_id)
            assert made is not None
            if state == "active":
                await enrolments.enrol_in_open(db, made, self.now)
            return made

    async def does(self, person_id: int, event: Event) -> list[Say]:
        """One turn of a person in its transaction."""
        async with self.store.begin() as db:
            me = await persons.by_id(db, person_id)
            assert me is not None
            return await answer(self.routes, Turn(db, me, event, self.now, self.here))

    async def says(self, person: Member | int, text: str) -> list[Say]:
        """A person writes a command or a text."""
        command = text[1:] if text.startswith("/") else ""
        return await self.does(_id(person), Event(command=command, text="" if command else text))

    async def taps(self, person: Member | int, data: str) -> list[Say]:
        """A person presses a button."""
        action, *args = data.split(":")
        return await self.does(_id(person), Event(action=action, args=tuple(args)))

    async def works(self) -> list[Told]:
        """Matches and holds all rounds that wait for it; what people were told of that."""
        stage, stop = Stage(self.store, self.here, lambda: self.now, lambda: None), asyncio.Event()
        matchmaker, conductor = Matchmaker(stage, stop), Conductor(stage, stop)
        while await matchmaker.work() or await conductor.work():
            pass
        async with self.store.begin() as db:
            found = await db.all(Outgoing, select(outbox).order_by(outbox.c.id))
            await db.run(delete(outbox))
        return [_told(each) for each in found]

    async def exchange(self) -> int:
        """The network's exchange."""
        async with self.store.begin() as db:
            return (await exchanges.open_in(db, self.network_id))[0].id

    def later(self, **time: float) -> None:
        """Moves the clock on."""
        self.now += timedelta(**time)

    def owned_by(self, telegram_id: int) -> None:
        """Names an owner in the settings."""
        self.here = replace(self.here, owners=frozenset({telegram_id}))


def _told(each: Outgoing) -> Told:
    params = each.payload["params"]
    text = str(params["text"]).replace("\u2068", "").replace("\u2069", "")
    rows = params.get("reply_markup", {}).get("inline_keyboard", [])
    return Told(each.person_id or 0, text, [key["callback_data"] for row in rows for key in row])


def _id(person: Member | int) -> int:
    return person if isinstance(person, int) else person.person_id


async def found(db: Db, person_id: int, now: datetime, **named: Any) -> int:
    """A network of East and West in UTC, whose country has no days of rest on NOON's date."""
    settled = {"open": False, "approval": True, "joint_rounds": True} | named
    two = [NewSide("East", "en", "GB", "UTC"), NewSide("West", "en", "GB", "UTC")]
    new = NewNetwork("Bridge", two, **settled)
    return await founding.found(db, new, person_id, 0, now)


async def settled(store: Store) -> Town:
    """A founded network; nobody but its owner is in it."""
    made = Town(store)
    owner = await made.person()
    async with store.begin() as db:
        made.network_id = await found(db, owner, made.now)
        made.sides = [each.id for each in await networks.sides_of(db, made.network_id)]
    return made
