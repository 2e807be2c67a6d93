"""The unit of work: nothing lost between concurrent ones, nothing left of one that fails."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from bot.store import schema
from bot.store.db import Store, new_id, open_store
from tests.conftest import KEYS

counters = Table(
    "counters",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("value", Integer, nullable=False),
)


@pytest.fixture
async def counter(store: Store) -> Store:
    """A store with a counter at 0."""
    async with store.writer.begin() as connection:
        await connection.run_sync(counters.metadata.create_all)
        await connection.execute(insert(counters).values(id=1, value=0))
    return store


async def value(store: Store) -> int:
    """What the counter stands at."""
    async with store.read() as db:
        return int(await db.scalar(select(counters.c.value)))


async def test_of_a_hundred_increments_at_once_none_is_lost(counter: Store) -> None:
    async def increment() -> None:
        async with counter.begin() as db:
            query = select(counters.c.value).with_for_update()
            now = await db.scalar(query)
            await asyncio.sleep(0)
            await db.run(update(counters).values(value=now + 1))

    await asyncio.gather(*(increment() for _ in range(100)))
    assert await value(counter) == 100


async def test_what_fails_leaves_nothing(counter: Store) -> None:
    with contextlib.suppress(ZeroDivisionError):
        async with counter.begin() as db:
            await db.run(update(counters).values(value=7))
            raise ZeroDivisionError
    assert await value(counter) == 0


async def test_what_is_cancelled_leaves_nothing_and_blocks_nobody(counter: Store) -> None:
    inside = asyncio.Event()

    async def stuck() -> None:
        async with counter.begin() as db:
            await db.run(update(counters).values(value=7))
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(stuck())
    await inside.wait()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    async with counter.begin() as db:
        await db.run(update(counters).values(value=counters.c.value + 1))
    assert await value(counter) == 1


async def test_a_reader_does_not_wait_for_a_writer(counter: Store) -> None:
    async with counter.begin() as db:
        await db.run(update(counters).values(value=7))
        assert await asyncio.wait_for(value(counter), 2) == 0
    assert await value(counter) == 7


async def test_a_look_is_consistent_and_cannot_write_on_sqlite(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/test.db", KEYS)
    await schema.migrate(store)
    async with store.writer.begin() as connection:
        await connection.run_sync(counters.metadata.create_all)
        await connection.execute(insert(counters).values(id=1, value=0))
    async with store.read() as looking:
        assert await looking.scalar(select(counters.c.value)) == 0
        async with store.begin() as db:
            await db.run(update(counters).values(value=7))
        assert await looking.scalar(select(counters.c.value)) == 0
        with pytest.raises(DBAPIError):
            await looking.run(update(counters).values(value=8))
    assert await value(store) == 7
    await store.close()


async def test_sqlite_is_set_as_it_must_be(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/test.db", KEYS)
    async with store.begin() as db:
        found = [
            (await db.connection.execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    await store.close()
    assert found == ["wal", 2, 1]


def test_ids_grow_and_differ() -> None:
    made = [new_id() for _ in range(10_000)]
    assert len(set(made)) == 10_000
    assert max(made) < 2**63
