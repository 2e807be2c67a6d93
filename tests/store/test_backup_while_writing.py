"""A backup that is made while the bot goes on writing is one consistent moment of it."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

from bot.store import schema
from bot.store.backup import copy
from bot.store.db import Store, new_id, open_store
from bot.store.ring import Ring
from bot.store.tables import people
from tests.conftest import KEYS

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def keeps_writing(store: Store, stop: asyncio.Event) -> int:
    """Adds pairs of people, both of a pair in one transaction; how many pairs."""
    pairs = 0
    while not stop.is_set():
        async with store.begin() as db:
            for half in ("a", "b"):
                chat = f"{pairs}-{half}"
                values = {"telegram_id": pairs, "language": "en", "state": "here"}
                await db.add(people, chat=chat, created_at=NOW, **values)
        pairs += 1
        await asyncio.sleep(0.001)
    return pairs


async def test_a_backup_while_writing_is_consistent(
    store: Store, database: str, tmp_path: Path
) -> None:
    at = Ring(store)
    await at.join(KEYS)
    await at.leave()
    async with store.begin() as db:
        rows = [
            {"id": new_id(), "chat": f"old {n}", "telegram_id": b"", "language": "en"}
            | {"state": "here", "created_at": NOW}
            for n in range(5000)
        ]
        await db.connection.execute(insert(people), rows)
    stop = asyncio.Event()
    writing = asyncio.create_task(keeps_writing(store, stop))
    await asyncio.sleep(0.2)
    copies = [tmp_path / f"backup-{n}.db" for n in range(3)]
    for file in copies:
        await copy(database, KEYS, file)
    stop.set()
    pairs = await writing
    counts = [checked(file) for file in copies]
    assert counts == sorted(counts)
    assert 0 < counts[0] <= counts[-1] <= pairs
    restored = open_store(f"sqlite:///{copies[-1]}", KEYS)
    await Ring(restored).check()
    await schema.migrate(restored)
    await restored.close()


def checked(file: Path) -> int:
    """How many whole pairs there are in a backup, in which nothing may be half."""
    with sqlite3.connect(file) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        halves = {
            half: raw.execute(
                "SELECT count(*) FROM people WHERE chat LIKE ?", (f"%-{half}",)
            ).fetchone()[0]
            for half in ("a", "b")
        }
        (old,) = raw.execute("SELECT count(*) FROM people WHERE chat LIKE 'old %'").fetchone()
    assert old == 5000
    assert halves["a"] == halves["b"]
    return int(halves["a"])
