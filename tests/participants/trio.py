"""Eleni and Maria of the South, and Deniz of the North, who could meet both of them."""

from __future__ import annotations

from bot.store import enrolments, meetings
from bot.store.db import Store
from bot.store.enrolments import Enrolment
from bot.store.meetings import Meeting
from tests.participants.acts import World

NOTHING_ELSE = "Nothing else changes for you."


async def trio(store: Store) -> World:
    """All three wait."""
    world = await World(store).build()
    await world.member("eleni", 0)
    await world.member("maria", 0)
    await world.member("deniz", 1, capacity=2)
    return world


async def line(world: World, name: str) -> Enrolment:
    async with world.store.read() as db:
        found = await enrolments.of(db, world.member_ids[name], world.exchange_id)
    assert found is not None
    return found


async def both_proposed(world: World) -> tuple[int, int]:
    return await world.proposes("eleni", "deniz"), await world.proposes("maria", "deniz")


async def both_introduced(world: World) -> tuple[int, int]:
    return await world.introduces("eleni", "deniz"), await world.introduces("maria", "deniz")


async def with_partner(world: World, match_id: int) -> list[Meeting]:
    async with world.store.read() as db:
        return await meetings.of_match(db, match_id)
