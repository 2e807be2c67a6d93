"""Privacy mode is looked at when the bot starts; whoever owns the bot hears that it is off."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from bot import app, settings
from bot.sandbox import Person, Sandbox
from bot.store import people
from tests.conftest import KEYS
from tests.delivery.counter import until

OFF = "because my privacy mode is off"


@asynccontextmanager
async def started(sandbox: Sandbox, database: str, **given: Any) -> AsyncIterator[app.App]:
    loaded = settings.load(token=sandbox.token, database_url=database, api_url=sandbox.url, **given)
    async with app.up(loaded, KEYS, sandbox.clock.now) as running:
        yield running


async def heard(sandbox: Sandbox, person: Person) -> int:
    """How often somebody was told."""
    return sum(OFF in each.text for each in sandbox.world.chats[person.id].messages.values())


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = await Sandbox.start(limits=False)
    yield sandbox
    await sandbox.stop()


async def test_owners_hear_once_a_day_that_it_is_off(sandbox: Sandbox, database: str) -> None:
    olga, ana, bo = [await Person.create(sandbox.url, name, "en") for name in ("Olga", "Ana", "Bo")]
    owners = {"owners": frozenset({bo.id})}
    async with started(sandbox, database, **owners) as running:
        for person in (olga, ana, bo):
            await person.says("/start")
            await person.waits()
        async with running.store.begin() as db:
            found = await people.by_telegram_id(db, olga.id)
            assert found
            await people.make_owner(db, found.id)
    assert [await heard(sandbox, each) for each in (olga, bo)] == [0, 0]
    sandbox.world.profile.reads_all = True
    for day in (1, 1, 2):
        if day == 2:
            sandbox.clock.move_to(sandbox.clock.now() + timedelta(days=1))
        async with started(sandbox, database, **owners):

            async def told(day: int = day) -> bool:
                return [await heard(sandbox, each) for each in (olga, bo)] == [day, day]

            await until(told)
    assert await heard(sandbox, ana) == 0
    assert [await heard(sandbox, each) for each in (olga, bo)] == [2, 2]
