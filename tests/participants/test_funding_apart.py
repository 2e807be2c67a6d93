"""Help for joint work between people who are to have nothing to do with each other."""

from __future__ import annotations

import pytest

from bot.store import blocks, networks, people, reports
from bot.store.db import Store
from tests.participants.acts import World
from tests.participants.campaign import at_work
from tests.participants.test_funding import accepted, offered, opened


@pytest.fixture
async def world(store: Store) -> World:
    """Two who lack something, and others who could give it."""
    return await at_work(store)


async def test_a_block_keeps_words_and_needs_apart_in_silence(world: World) -> None:
    need_id = await opened(world)
    first = await offered(world, "gul", need_id)
    await accepted(world, first)
    async with world.store.begin() as db:
        eleni = await people.by_id(db, world.people["eleni"])
        gul = await people.by_id(db, world.people["gul"])
        assert eleni
        assert gul
        await blocks.add(db, eleni, gul, world.now)
    await world.taps("gul", "pledge.write", first)
    await world.says("gul", "I found you")
    world.nobody_else("gul", "deniz")
    await world.taps("eleni", "pledge.write", first)
    await world.says("eleni", "Hello")
    world.nobody_else("eleni")
    assert world.text("eleni") == "Nobody there can be written to at the moment."
    await world.taps("gul", "pledge.need", need_id)
    assert "This need is no longer open." in world.text("gul")
    await world.says("gul", "/needs")
    assert not [each for each in world.labels("gul") if each.startswith("Things")]


async def test_a_need_is_not_told_to_who_is_reported(world: World) -> None:
    async with world.store.begin() as db:
        eleni = await networks.member(db, world.member_ids["eleni"])
        assert eleni
        about = world.member_ids["gul"]
        await reports.add(db, eleni, None, {"words": "x"}, world.now, about_id=about)
    await opened(world)
    heard = await world.passes(days=1)
    assert {each.to for each in heard} == {world.people["giver"]}


async def test_words_that_show_who_one_is_are_asked_about(world: World) -> None:
    need_id = await opened(world)
    first = await offered(world, "gul", need_id)
    await accepted(world, first)
    await world.taps("gul", "pledge.write", first)
    await world.says("gul", "My number is +970 599 123 456")
    world.nobody_else("gul")
    assert "This could show who you are: I see a phone number." in world.text("gul")
    await world.presses("gul", "Back")
    await world.says("gul", "I am @gul_k")
    assert "I see a name of an account" in world.text("gul")
    await world.presses("gul", "Yes, pass it on")
    assert "@gul_k" in world.text("eleni")
