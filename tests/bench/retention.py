"""How long going through a large network takes, and for how long each step holds others up.

`python -m tests.bench.retention [people]`, on a SQLite file of its own.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, select

from bot.reminders.retention import due
from bot.store import reminders, retention
from bot.store import tables as t
from bot.store.db import Db, Store, new_id, open_store
from bot.store.retention import Place
from tests.conftest import KEYS, migrated
from tests.participants.acts import World

PAGE = 5000


async def filled(world: World, many: int) -> None:
    """`many` people in pairs whose match is long over, each with a meeting both told of."""
    long_ago = world.now - timedelta(days=900)
    made: dict[Table, list[dict[str, Any]]] = defaultdict(list)
    async with world.store.begin() as db:
        for _pair in range(many // 2):
            _add_pair(db, world, long_ago, made)
            if len(made[t.people]) >= PAGE:
                await _flush(db, made)
        await _flush(db, made)


def _add_pair(db: Db, world: World, at: Any, made: dict[Table, list[dict[str, Any]]]) -> None:
    def add(table: Table, **values: Any) -> int:
        id_ = new_id()
        made[table].append(db.sealed(table, id_, values | {"id": id_}))
        return id_

    match = add(
        t.matches, exchange_id=world.exchange_id, state="closed", reasons={"languages": ["en"]},
        proposed_at=at, expires_at=at, active_at=at, closed_at=at,
    )  # fmt: skip
    meeting = add(
        t.meetings, match_id=match, state="held", starts_at=at, minutes=60, planned=True,
        created_at=at,
    )  # fmt: skip
    for side in world.side_ids:
        person = add(t.people, chat=f"chat{new_id()}", telegram_id=1, language="en", created_at=at)
        member = add(
            t.members, person_id=person, network_id=world.network_id, side_id=side,
            role="participant", state="active", name="Somebody", profile={}, joined_at=at,
        )  # fmt: skip
        add(
            t.matched, match_id=match, member_id=member, side_id=side, answer="yes",
            reason="Because", answered_at=at,
        )  # fmt: skip
        add(t.logs, meeting_id=meeting, member_id=member, met=True, note="x" * 300, at=at)


async def _flush(db: Db, made: dict[Table, list[dict[str, Any]]]) -> None:
    for table in t.metadata.sorted_tables:
        if rows := made.pop(table, []):
            await db.add_new(table, rows)


async def gone_through(world: World) -> dict[int, list[float]]:
    """Seconds of each step, by stage."""
    took: dict[int, list[float]] = defaultdict(list)
    async with world.store.begin() as db:
        await retention.go_on(db, world.network_id, world.now)
    while True:
        async with world.store.read() as db:
            row = t.reminders.c
            query = select(t.reminders).where(row.kind == retention.KIND, row.due_at <= world.now)
            reminder = await db.one(reminders.Reminder, query)
        if reminder is None:
            return took
        begun = time.perf_counter()
        async with world.store.begin() as db:
            await due(db, world.now, reminder)
        took[Place.of(reminder).stage].append(time.perf_counter() - begun)


def told(name: str, took: dict[int, list[float]]) -> None:
    """Prints a run."""
    each = sorted(step for steps in took.values() for step in steps)
    at = int(len(each) * 0.99)
    print(f"{name}: {len(each)} steps, {sum(each):.1f} s, the longest {each[-1]:.3f} s, "
          f"99 of 100 in {each[min(at, len(each) - 1)]:.3f} s")  # fmt: skip
    for stage, steps in sorted(took.items()):
        print(f"  stage {stage}: {len(steps)} steps, longest {max(steps):.3f} s")


async def measured(store: Store, many: int) -> None:
    """Fills it, and goes through it: all is too old, then nothing, then people go."""
    world = await World(store).build()
    await filled(world, many)
    told("all of it too old", await gone_through(world))
    told("a week later", await gone_through(world))
    async with store.begin() as db:
        word = t.reminders.c.kind == "retention_word"
        await db.run(t.reminders.update().where(word).values(state="done"))
    world.now += timedelta(days=31)
    told("a month later, they go", await gone_through(world))
    async with store.read() as db:
        left = select(func.count()).where(t.members.c.state == "left")
        print("people who went:", await db.scalar(left))


async def main(many: int) -> None:
    """On a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'bench.db'}"
        await migrated(address)
        store = open_store(address, KEYS)
        try:
            await measured(store, many)
        finally:
            await store.close()


if __name__ == "__main__":
    asyncio.run(main(int((sys.argv[1:] or ["100000"])[0])))
