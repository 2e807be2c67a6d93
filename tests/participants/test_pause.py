"""A pause: silence while it lasts, and nothing left hanging."""

from __future__ import annotations

import pytest

from bot.store import enrolments, matches, meetings, networks, people
from bot.store.networks import Member
from tests.participants.acts import World


async def member(world: World, name: str) -> Member:
    async with world.store.read() as db:
        found = await networks.member(db, world.member_ids[name])
    assert found is not None
    return found


async def state(world: World, match_id: int) -> str:
    async with world.store.read() as db:
        found = await matches.by_id(db, match_id)
    assert found is not None
    return found.state


async def test_a_week_and_back(world: World) -> None:
    await world.says("eleni", "/pause")
    await world.presses("eleni", "A week")
    assert "You are on a pause until Monday" in world.text("eleni")
    assert (await member(world, "eleni")).state == "paused"
    await world.says("eleni", "/pause")
    assert "You are on a pause already." in world.text("eleni")
    await world.says("eleni", "/match")
    assert "You are on a pause until" in world.text("eleni")
    await world.passes(days=7)
    world.nobody_else("eleni")
    assert "Your pause is over" in world.text("eleni")
    assert (await member(world, "eleni")).state == "active"
    await world.presses("eleni", "Yes, see where I stand")
    assert "You are number" in world.text("eleni")


@pytest.mark.parametrize("label", ["A month", "Three months", "Until I come back"])
async def test_longer_and_back_early(world: World, label: str) -> None:
    await world.says("eleni", "/pause")
    await world.presses("eleni", label)
    await world.passes(days=20)
    await world.says("eleni", "/resume")
    assert "Welcome back." in world.text("eleni")
    assert (await member(world, "eleni")).state == "active"
    assert await world.passes(days=100) == []
    await world.says("eleni", "/resume")
    assert "You are not on a pause." in world.text("eleni")


async def test_only_the_next_introductions(world: World) -> None:
    await world.says("eleni", "/pause")
    await world.presses("eleni", "Only skip the next introductions")
    async with world.store.read() as db:
        (row,) = await enrolments.of_member(db, world.member_ids["eleni"])
    assert row.state == "skipping"
    await world.says("eleni", "/match")
    assert "You are skipping these" in world.text("eleni")
    await world.taps("eleni", "pause.skip")
    assert "You skip the next introductions" in world.text("eleni")
    await world.presses("eleni", "Take part after all")
    await world.says("eleni", "/match")
    assert "You are number" in world.text("eleni")


async def test_a_proposal_ends_without_blame(world: World) -> None:
    match_id = await world.proposes("eleni", "deniz")
    await world.taps("deniz", "match.yes", match_id)
    await world.says("eleni", "/pause")
    await world.presses("eleni", "A month")
    assert "A pause declines it, without blame." in world.text("eleni")
    await world.presses("eleni", "Do not pause")
    assert await state(world, match_id) == "proposed"
    await world.taps("eleni", "pause.for", 30)
    await world.presses("eleni", "Pause all the same")
    world.nobody_else("eleni", "deniz")
    assert "You will be among the first" in world.text("deniz")
    assert await state(world, match_id) == "declined"
    await world.taps("eleni", "match.yes", match_id)
    assert "This introduction is over." in world.text("eleni")
    assert await world.passes(days=20) == []


async def test_a_partner_is_told_and_may_wait_or_not(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.says("eleni", "/meet")
    await world.presses("eleni", world.labels("eleni")[2])
    await world.presses("deniz", "Show")
    await world.presses("deniz", "Agree to this time")
    await world.taps("eleni", "pause.for", 30)
    assert "A pause cancels that meeting" in world.text("eleni")
    await world.presses("eleni", "Pause all the same")
    assert "the meeting you agreed cannot take place" in world.text("deniz")
    async with world.store.read() as db:
        assert await meetings.of_match(db, match_id) == []
    for action in ("meet.times", "meet.days", "relay.write"):
        await world.taps("deniz", action, match_id)
        assert "Your partner is away for a while." in world.text("deniz")
        await world.taps("eleni", action, match_id)
        assert "You are on a pause." in world.text("eleni")
    await world.says("deniz", "/meet")
    assert "Your partner is away for a while." in world.text("deniz")
    told = await world.passes(days=29)
    assert [say.to for say in told if say.to == world.people["eleni"]] == []
    await world.says("eleni", "/resume")
    world.nobody_else("eleni", "deniz")
    assert "Your partner is back." in world.text("deniz")


async def test_somebody_new_instead_of_waiting(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.taps("eleni", "pause.sure", 0)
    await world.presses("deniz", "Somebody new")
    await world.presses("deniz", "Yes, end it")
    world.nobody_else("deniz")
    assert "You will be among the first" in world.text("deniz")
    assert await state(world, match_id) == "closed"


async def test_what_cannot_be_paused(world: World) -> None:
    await world.taps("eleni", "pause.for", 12345)
    assert "That button is from an earlier message" in world.text("eleni")
    await world.taps("eleni", "pause.sure", 12345)
    assert "How long would you like to pause?" in world.text("eleni")
    await world.says("olga", "/pause")
    assert "There is nothing to pause yet." in world.text("olga")
    await world.taps("eleni", "pause.sure", 0)
    await world.taps("eleni", "pause.skip")
    assert "You are not waiting for introductions" in world.text("eleni")
    await world.taps("eleni", "pause.for", 7)
    assert "You are on a pause already." in world.text("eleni")


async def test_a_partner_hears_by_day_that_a_pause_is_over(world: World) -> None:
    await world.introduces("eleni", "deniz")
    async with world.store.begin() as db:
        await people.set_zone(db, world.people["deniz"], "America/Los_Angeles")
    await world.taps("eleni", "pause.sure", 7)  # it ends at 11:00 in Nicosia, 1:00 over there
    told = await world.passes(days=7)
    assert "Your pause is over" in world.text("eleni")
    assert {say.to for say in told} == {world.people["eleni"]}
    await world.passes(hours=8)
    world.nobody_else("deniz")
    assert "Your partner is back." in world.text("deniz")


async def test_a_partner_who_is_away_again_by_then_is_not_announced(world: World) -> None:
    await world.introduces("eleni", "deniz")
    async with world.store.begin() as db:
        await people.set_zone(db, world.people["deniz"], "America/Los_Angeles")
    await world.taps("eleni", "pause.sure", 7)
    await world.passes(days=7)
    await world.taps("eleni", "pause.sure", 7)
    assert await world.passes(hours=8) == []
