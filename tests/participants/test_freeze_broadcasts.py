"""Broadcasts while everything rests: held, and gone on with by those who are still there."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.delivery.work import put
from bot.domain.replies import Plain, Priority, Say
from bot.store import broadcasts, erase
from bot.store.db import Store
from bot.store.tables import outbox
from tests.participants.acts import World
from tests.participants.test_freeze import agreed, freezes_all


@pytest.fixture
async def world(store: Store) -> World:
    return await World(store).build()


async def test_what_was_said_to_many_waits_and_goes_on(world: World) -> None:
    await world.member("ana", 0)
    await world.member("bea", 0)
    await world.member("carla", 0)
    await _told_many(world, "ana", "bea", "carla")
    freeze = await freezes_all(world)
    assert await _of_broadcasts(world) == ["held"] * 3
    for step in (1, 2):
        await agreed(world, freeze, step)
    assert await _of_broadcasts(world) == ["held"] * 3
    await world.says("bea", "/pause")
    await world.presses("bea", "A week")
    async with world.store.begin() as db:
        await erase.leave(db, world.member_ids["carla"])
    await agreed(world, freeze, 3)
    assert await _of_broadcasts(world) == ["stopped", "stopped", "waiting"]


async def _told_many(world: World, *names: str) -> None:
    """A broadcast that waits to be delivered to these."""
    async with world.store.begin() as db:
        to = broadcasts.To(world.network_id)
        made = await broadcasts.draft(db, to, {"en": "Hello"}, world.member_ids["olga"], world.now)
        for name in names:
            say = Say(world.people[name], Plain("hello"), priority=Priority.BROADCAST, about=made)
            await put(db, [(say, None)], world.now)


async def test_another_network_s_freeze_changes_nothing(world: World) -> None:
    await world.member("ana", 0)
    await _told_many(world, "ana")
    other = await World(world.store, telegram_id=5000).build()
    await freezes_all(other)
    assert await _of_broadcasts(world) == ["waiting"]


async def _of_broadcasts(world: World) -> list[str]:
    async with world.store.read() as db:
        query = select(outbox.c.state).where(outbox.c.priority == int(Priority.BROADCAST))
        return sorted(row.state for row in await db.rows(query))


async def test_broadcasts_of_a_frozen_network_are_not_worked(world: World) -> None:
    async with world.store.begin() as db:
        to = broadcasts.To(world.network_id)
        made = await broadcasts.draft(db, to, {"en": "Hello"}, world.member_ids["olga"], world.now)
        found = await broadcasts.by_id(db, made)
        assert found is not None
        await broadcasts.send(db, found, 3)
        assert len(await broadcasts.sending(db)) == 1
    await freezes_all(world)
    async with world.store.read() as db:
        assert await broadcasts.sending(db) == []
