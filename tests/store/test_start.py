"""Opening a database: two at once, a wrong key, and what is written then."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot import app, settings
from bot.store.db import open_store
from bot.store.keys import Keys, WrongKey, new_secret

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:" + "A" * 35


def loaded(database: str) -> settings.Settings:
    """Settings for a database."""
    return settings.load(token=TOKEN, database_url=database)


async def migrating(database: str, secret: str) -> tuple[int | None, str]:
    """`proxeny migrate` in a process of its own."""
    environment = {
        "PATH": os.environ["PATH"],
        "PROXENY_TOKEN": TOKEN,
        "PROXENY_DATABASE_URL": database,
        "PROXENY_SECRET_KEY": secret,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "migrate"),
        env=environment,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode, output.decode()


async def test_two_processes_that_migrate_at_once_wait_for_each_other(empty_database: str) -> None:
    secret = new_secret()
    both = await asyncio.gather(*(migrating(empty_database, secret) for _ in range(3)))
    assert [code for code, _ in both] == [0, 0, 0], both
    assert sum("database migrated" in output for _, output in both) == 1


async def test_a_wrong_key_is_refused(empty_database: str) -> None:
    store = await app.open_database(loaded(empty_database), Keys.of(new_secret()))
    await store.close()
    with pytest.raises(WrongKey, match="another secret key"):
        await app.open_database(loaded(empty_database), Keys.of(new_secret()))


async def test_with_a_wrong_key_nothing_is_written(tmp_path: Path) -> None:
    database, secret = f"sqlite:///{tmp_path}/test.db", new_secret()
    store = await app.open_database(loaded(database), Keys.of(secret))
    await store.close()
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    code, output = await migrating(database, new_secret())
    assert code == 1
    assert output.splitlines() == [
        "proxeny: this database was written with another secret key. Nothing was written."
    ]
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


async def test_the_same_key_opens_it_again(empty_database: str) -> None:
    secret = new_secret()
    for _ in range(2):
        store = await app.open_database(loaded(empty_database), Keys.of(secret))
        await store.close()


async def test_opening_touches_nothing(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/test.db", Keys.of(new_secret()))
    await store.close()
    assert list(tmp_path.iterdir()) == []
