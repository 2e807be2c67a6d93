"""The bot as processes: how one stops, and how two share a PostgreSQL database."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.sandbox import Person, Sandbox
from bot.store.db import open_store
from bot.store.keys import Keys, new_secret
from tests.conftest import fresh_schema
from tests.delivery.counter import heard, prepared, process, seen, states, until

SECRET = new_secret()


async def is_up(started: asyncio.subprocess.Process) -> None:
    """Waits until it says so."""
    assert started.stdout is not None
    assert await asyncio.wait_for(started.stdout.readline(), 20) == b"up\n"


async def test_sigterm_finishes_the_turn_in_hand(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/test.db"
    keys = Keys.of(SECRET)
    await prepared(database, keys)
    sandbox = await Sandbox.start(limits=False, page=False)
    async with process(database, SECRET, sandbox) as started:
        await is_up(started)
        ana = await Person.create(sandbox.url, "Ana")
        await ana.says("hello")
        await ana.sees("hello")
        await ana.says("slow")
        await asyncio.sleep(0.7)
        start = time.monotonic()
        started.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(started.communicate(), 15)
        assert time.monotonic() - start < 10
        assert started.returncode == 0
        assert b"Traceback" not in errors
    store = open_store(database, keys)
    assert await heard(store) == ["hello", "slow"]
    assert await states(store) == {"done": 2}
    await store.close()
    await sandbox.stop()


@pytest.mark.postgres
async def test_two_processes_share_the_work(postgres: str) -> None:
    database = await asyncio.to_thread(fresh_schema, postgres)
    keys = Keys.of(SECRET)
    await prepared(database, keys)
    store = open_store(database, keys)
    sandbox = await Sandbox.start(limits=False, page=False)
    async with process(database, SECRET, sandbox) as one, process(database, SECRET, sandbox) as two:
        await asyncio.gather(is_up(one), is_up(two))
        everybody = [await Person.create(sandbox.url, f"Person {n}") for n in range(60)]
        for number in range(5):
            await asyncio.gather(*(person.says(f"nap {number}") for person in everybody))

        async def all_heard() -> bool:
            return await states(store) == {"done": 300}

        await until(all_heard, 30)
        for person in everybody:
            assert await heard(store, person.id) == [f"nap {n}" for n in range(5)]
        async with store.read() as db:
            workers = {row.process for row in await db.rows(select(seen.c.process))}
            held = text(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                " AND mode = 'ExclusiveLock'"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            locks = ("receive", "send", "tick", "match", "hold", "broadcast", "rekey")
            assert (await db.connection.execute(held)).scalar() == len(locks)
        assert workers == {one.pid, two.pid}
        assert sandbox.world.journal.counts["getUpdates", 409] == 0
        await _the_other_takes_over(sandbox, everybody[0], one, two)
    await store.close()
    await sandbox.stop()


async def _the_other_takes_over(
    sandbox: Sandbox, ana: Person, *processes: asyncio.subprocess.Process
) -> None:
    """Whoever of the two is killed, a person is answered by the one that is left."""
    for killed in processes[:1]:
        os.kill(killed.pid, signal.SIGKILL)
    await ana.says("anybody there")
    await ana.sees("anybody there", timeout=45)
    answers = [m.text for m in await ana.chat() if m.from_bot]
    assert list(dict.fromkeys(answers)) == [*(f"nap {n}" for n in range(5)), "anybody there"]
    assert sandbox.world.journal.counts["sendMessage", 200] >= 301
