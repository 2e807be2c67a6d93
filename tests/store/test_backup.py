"""A backup is a SQLite file that the bot can run from, with the same key."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import people, schema
from bot.store.backup import copy
from bot.store.db import Store, open_store
from bot.store.keys import Keys, WrongKey, new_secret
from bot.store.ring import Ring
from tests.conftest import KEYS

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TELEGRAM_ID = 471_234_567_890


@pytest.fixture
async def saved(store: Store, database: str, tmp_path: Path) -> Path:
    """A backup of a database in which one person is known."""
    at = Ring(store)
    await at.join(KEYS)
    await at.leave()
    async with store.begin() as db:
        await people.met(db, TELEGRAM_ID, "he", NOW)
    await copy(database, KEYS, tmp_path / "backup.db")
    return tmp_path / "backup.db"


async def test_the_bot_runs_from_a_backup(saved: Path) -> None:
    restored = open_store(f"sqlite:///{saved}", KEYS)
    await Ring(restored).check()
    await schema.migrate(restored)
    async with restored.begin() as db:
        person = await people.met(db, TELEGRAM_ID, "en", NOW)
    await restored.close()
    assert (person.telegram_id, person.language, person.created_at) == (TELEGRAM_ID, "he", NOW)


async def test_a_backup_needs_the_same_key(saved: Path) -> None:
    other = open_store(f"sqlite:///{saved}", Keys.of(new_secret()))
    with pytest.raises(WrongKey):
        await Ring(other).check()
    await other.close()


async def test_a_backup_is_whole_and_shows_no_telegram_id(saved: Path) -> None:
    assert looked_at(saved) == ("ok", False)


def looked_at(saved: Path) -> tuple[str, bool]:
    """What SQLite says of the file, and whether the Telegram id is in it."""
    with sqlite3.connect(saved) as raw:
        (verdict,) = raw.execute("PRAGMA integrity_check").fetchone()
    return verdict, str(TELEGRAM_ID).encode() in saved.read_bytes()
