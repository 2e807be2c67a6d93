"""What a turn of a member takes in a small network and in a large one."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.capabilities import everything
from bot.delivery.work import Worker
from bot.domain.people import Profile
from bot.router import Here
from bot.store import exchanges, founding, networks, people, schema
from bot.store.db import Db, Store, new_id, open_store
from bot.store.founding import NewNetwork, NewSide
from bot.store.keys import Keys, new_secret
from bot.store.queues import take_in
from bot.store.tables import enrolments, members
from bot.store.tables import people as people_table

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SIDES = (
    NewSide("Lakeside", "en", "GB", "Europe/London"),
    NewSide("Hillside", "en", "JO", "Asia/Amman"),
)
TURNS = ("/match", "/meet", "/history", "/profile", "/help", "good morning")
FIRST_CHAT = 10_000
PROFILE = Profile(languages=("en", "ar"), zone="Europe/London", formats=("online",)).as_json()


async def peopled(folder: Path, count: int) -> Store:
    """A network with so many members on two sides, all of them waiting to be matched."""
    store = open_store(f"sqlite:///{folder}/{count}.db", Keys.of(new_secret()))
    await schema.migrate(store)
    async with store.begin() as db:
        founder = await people.met(db, 1, "en", NOW)
        new = NewNetwork("Two towns", SIDES, open=True, approval=False, joint_rounds=False)
        network_id = await founding.found(db, new, founder.id, 0, NOW)
        sides = await networks.sides_of(db, network_id)
        (exchange,) = await exchanges.open_in(db, network_id)
        for start in range(0, count, 1000):
            rows = [
                _member(db, FIRST_CHAT + n, network_id, sides[n % 2].id, exchange.id)
                for n in range(start, min(start + 1000, count))
            ]
            for table in (people_table, members, enrolments):
                await db.connection.execute(insert(table), [row[table.name] for row in rows])
    return store


def _member(
    db: Db, chat: int, network_id: int, side_id: int, exchange_id: int
) -> dict[str, dict[str, Any]]:
    person_id, member_id, enrolment_id = new_id(), new_id(), new_id()
    person = {
        "id": person_id,
        "chat": db.keys.blind(chat),
        "telegram_id": chat,
        "language": "en",
        "zone": "Europe/London",
        "state": "here",
        "consented_at": NOW,
        "created_at": NOW,
    }
    member = {
        "id": member_id,
        "person_id": person_id,
        "network_id": network_id,
        "side_id": side_id,
        "role": "participant",
        "state": "active",
        "name": f"Person {chat}",
        "profile": PROFILE,
        "joined_at": NOW,
    }
    enrolment = {
        "id": enrolment_id,
        "member_id": member_id,
        "exchange_id": exchange_id,
        "state": "waiting",
        "waiting_since": NOW,
        "rounds_waited": 0,
        "first": False,
    }
    return {
        "people": db.sealed(people_table, person_id, person),
        "members": db.sealed(members, member_id, member),
        "enrolments": enrolment,
    }


def _update(number: int, chat: int) -> dict[str, Any]:
    sender = {"id": chat, "is_bot": False, "first_name": "P", "language_code": "en"}
    message = {"message_id": number, "from": sender, "chat": {"id": chat, "type": "private"}}
    return {"update_id": number, "message": message | {"text": TURNS[number % len(TURNS)]}}


async def milliseconds(store: Store, known: int, first: int, turns: int) -> float:
    """What a turn takes, on the average of so many by different members, all commands in turn."""
    here = Here("bench_bot")
    wake = asyncio.Event()
    worker = Worker(store, everything().routes, here, lambda: NOW, lambda: None, wake, 1)
    step = max(1, known // turns)
    async with store.begin() as db:
        rows = []
        for number in range(turns):
            chat = FIRST_CHAT + (number * step) % known
            update = _update(first + number + 1, chat)
            rows.append((first + number + 1, chat, update))
        await take_in(db, rows, NOW)
    start = time.perf_counter()
    while await worker.work():
        pass
    return (time.perf_counter() - start) * 1000 / turns
