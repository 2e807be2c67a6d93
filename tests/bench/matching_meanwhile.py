"""How long people wait for an answer while a large round is matched, and while it is held.

The clock stands still in everybody's night: who is asked hears of it in the morning, so that what
is measured is the round and not the sending of its messages.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert

from bot import app, settings
from bot.app import App
from bot.capabilities import Does
from bot.coordinators.rounds import ROUTES
from bot.domain.matching import Candidate, week_hours
from bot.domain.people import Profile
from bot.router import Routes, join
from bot.store import exchanges, founding, networks, people, rounds
from bot.store.db import Db, Store, new_id
from bot.store.founding import NewNetwork, NewSide
from bot.store.keys import Keys, new_secret
from bot.store.tables import enrolments, members
from bot.store.tables import people as people_table
from tests.bench import crowd
from tests.bench.bots import UNLIMITED, echo
from tests.bench.crowd import FAR_ZONE, SLOTS, ZONES
from tests.bench.telegram import Telegram, telegram

NIGHT = datetime(2026, 6, 3, 2, tzinfo=UTC)
SIDES = [NewSide("Lakeside", "en", "GB", ZONES[0]), NewSide("Hillside", "en", "JO", ZONES[1])]
TALKERS, TALK_SECONDS, HELD_SECONDS = 20, 10.0, 60.0
FIRST_CHAT = 10_000_000


@dataclass(frozen=True)
class Waits:
    """Seconds: how long a phase took, and what people waited for answers meanwhile."""

    took: float
    median: float
    p99: float
    count: int


async def answers_while_matching(side: int) -> tuple[Waits, Waits]:
    """What people wait while `side` people a side are matched, and then while the round is held.

    The round is held for a minute at the most.
    """
    async with telegram() as there, _peopled(there, side) as running:
        await there.say(1, "/round")
        matching = await _meanwhile(there, running.store, "matching", 1200)
        async with running.store.begin() as db:
            (found,) = await db.all(rounds.Round, rounds.Round.table.select())
            await rounds.begin(db, found, NIGHT)
        return matching, await _meanwhile(there, running.store, "approved", HELD_SECONDS)


async def _meanwhile(there: Telegram, store: Store, state: str, at_most: float) -> Waits:
    """What people wait for as long as the round is in a state."""
    waits: list[float] = []
    start = time.monotonic()
    while time.monotonic() - start < at_most:
        waits += await there.waits(TALK_SECONDS, TALKERS)
        async with store.read() as db:
            (found,) = await db.all(rounds.Round, rounds.Round.table.select())
        if found.state != state:
            break
    hundredths = statistics.quantiles(waits, n=100)
    return Waits(time.monotonic() - start, hundredths[49], hundredths[98], len(waits))


@asynccontextmanager
async def _peopled(there: Telegram, side: int) -> AsyncIterator[App]:
    """The bot with a network of so many on each side, all of whom wait, and who talk to it."""
    (coordinator,) = await there.people(1)
    with TemporaryDirectory(prefix="proxeny-bench-") as folder:
        loaded = settings.load(
            token=there.token,
            database_url=f"sqlite:///{Path(folder)}/bench.db",
            api_url=there.url,
            owners=frozenset({1}),
        )
        keys = Keys.of(new_secret())
        store = await app.open_database(loaded, keys)
        await _settle(store, coordinator, crowd.crowd(side))
        await store.close()
        does = Does(join(ROUTES, Routes(catch=(echo,))))
        async with app.up(loaded, keys, lambda: NIGHT, does) as running:
            running.sender.pace.burst = UNLIMITED
            running.receiver.gate.lift()
            await there.people(TALKERS)
            yield running


async def _settle(store: Store, coordinator: int, everybody: Sequence[Candidate]) -> None:
    async with store.begin() as db:
        owner = await people.met(db, coordinator, "en", NIGHT)
        new = NewNetwork("Two towns", SIDES, open=True, approval=False, joint_rounds=False)
        network_id = await founding.found(db, new, owner.id, 0, NIGHT)
        sides = await networks.sides_of(db, network_id)
        (exchange,) = await exchanges.open_in(db, network_id)
        for start in range(0, len(everybody), 1000):
            rows = [
                _rows(db, each, network_id, sides[each.side].id, exchange.id)
                for each in everybody[start : start + 1000]
            ]
            for table in (people_table, members, enrolments):
                await db.connection.execute(insert(table), [row[table.name] for row in rows])


def _rows(
    db: Db, one: Candidate, network_id: int, side_id: int, exchange_id: int
) -> dict[str, dict[str, Any]]:
    person_id, member_id = new_id(), new_id()
    profile = _profile(one)
    chat = FIRST_CHAT + one.id
    person = {"id": person_id, "chat": db.keys.blind(chat), "telegram_id": chat, "language": "en"}
    person |= {"zone": profile.zone, "state": "here", "consented_at": NIGHT, "created_at": NIGHT}
    member = {"id": member_id, "person_id": person_id, "network_id": network_id}
    member |= {"side_id": side_id, "role": "participant", "state": "active"}
    told = {"name": f"Person {one.id}", "profile": profile.as_json(), "joined_at": NIGHT}
    enrolment = {"id": new_id(), "member_id": member_id, "exchange_id": exchange_id}
    enrolment |= {"state": "waiting", "waiting_since": NIGHT}
    return {
        "people": db.sealed(people_table, person_id, person),
        "members": db.sealed(members, member_id, member | told),
        "enrolments": enrolment | {"rounds_waited": one.waited, "first": one.first},
    }


def _profile(one: Candidate) -> Profile:
    """What somebody must have told to be seen so by the matching."""
    zone, slots = next(found for each in (*ZONES, FAR_ZONE) if (found := _slots(one, each)))
    return Profile(
        languages=tuple(one.languages),
        zone=zone,
        formats=tuple(one.formats),
        place=one.place,
        interests=tuple(one.interests),
        opinions=one.opinions,
        availability=slots,
        levels=one.languages,
        capacity=one.capacity,
    )


@cache
def _week(zone: str) -> dict[str, frozenset[int]]:
    return {slot: week_hours((slot,), zone, crowd.MONDAY) for slot in SLOTS}


def _slots(one: Candidate, zone: str) -> tuple[str, tuple[str, ...]] | None:
    """The zone, and the slots that have just these hours there, if there are any."""
    week = _week(zone)
    ticked = tuple(slot for slot, hours in week.items() if hours <= one.hours)
    fits = frozenset().union(*(week[slot] for slot in ticked)) == one.hours
    return (zone, ticked) if fits else None
