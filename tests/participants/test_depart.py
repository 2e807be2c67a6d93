"""Leaving one network, and what is left of somebody there."""

from __future__ import annotations

import pytest

from bot.store import enrolments, logs, matches, networks, pairs, roster
from bot.store.founding import NewNetwork, NewSide, found
from tests.participants.acts import World
from tests.participants.newcomers import (
    ENDS,
    invitation,
    member_of,
    newcomer,
    opens,
    settle,
    signs_up,
)
from tests.participants.test_log import held


async def leaves(world: World, name: str) -> None:
    """Through /pause to the end."""
    await world.says(name, "/pause")
    await world.presses(name, "Leave a network")
    assert "Leave Two towns?" in world.text(name)
    await world.presses(name, "Yes, leave")
    assert "You have left" in world.text(name)


async def test_the_answers_go_and_the_partner_is_first_in_line(world: World) -> None:
    match_id, meeting = await held(world)
    await world.taps("eleni", "log.met", meeting.id, "yes")
    await world.presses("eleni", "5: very good")
    await world.says("eleni", "We sang")
    await world.presses("eleni", "Yes")
    await world.presses("eleni", "I would rather not say")
    await leaves(world, "eleni")
    world.nobody_else("eleni", "deniz")
    assert "has ended" in world.text("deniz")
    mine = world.member_ids["eleni"]
    async with world.store.read() as db:
        member = await networks.member(db, mine)
        log = await logs.of_member(db, meeting.id, mine)
        match = await matches.by_id(db, match_id)
        other = await enrolments.of(db, world.member_ids["deniz"], world.exchange_id)
        assert await enrolments.of_member(db, mine) == []
        assert len(await pairs.of_network(db, world.network_id)) == 1
    assert member is not None
    assert (member.state, member.name, member.profile) == ("left", None, None)
    assert log is not None
    assert (log.met, log.note, log.risk) == (True, None, None)
    assert match is not None
    assert (match.state, match.why) == ("closed", "left")
    assert other is not None
    assert (other.state, other.first) == ("waiting", True)
    await world.says("deniz", "/history")
    assert "With somebody who has left" in world.text("deniz")
    await world.says("eleni", "/match")
    assert "not in a network yet" in world.text("eleni")
    await world.passes(days=30)


async def test_who_comes_back_begins_anew_at_the_end_of_the_line(world: World) -> None:
    await settle(world, approval=False)
    await world.member("maria", 0)
    await leaves(world, "eleni")
    await opens(world, "eleni", await invitation(world))
    await world.presses("eleni", "Yes, I agree")
    assert "Which name" in world.text("eleni")
    await world.says("eleni", "Helen")
    for label in ("Greek", "Done", "Cyprus", "Nicosia", "Online", "Skip", "All", *ENDS, "Send"):
        await world.presses("eleni", label)
    assert "number 2 in line" in world.text("eleni")
    member = await member_of(world, "eleni")
    assert member is not None
    assert (member.id, member.state) == (world.member_ids["eleni"], "active")


async def test_changing_one_s_mind(world: World) -> None:
    await world.says("eleni", "/pause")
    await world.presses("eleni", "Leave a network")
    await world.presses("eleni", "No, go back")
    assert "stays as it is" in world.text("eleni")
    member = await member_of(world, "eleni")
    assert member is not None
    assert member.state == "active"


@pytest.mark.parametrize("state", ["held", "declined"])
async def test_leaving_is_no_way_round_a_coordinator_s_decision(world: World, state: str) -> None:
    async with world.store.begin() as db:
        await roster.set_state(db, world.member_ids["eleni"], state)
    await world.taps("eleni", "depart.which")
    assert "/forget deletes everything" in world.text("eleni")
    for action in ("depart.ask", "depart.sure"):
        await world.taps("eleni", action, world.member_ids["eleni"])
        assert "no longer works" in world.text("eleni")


async def test_nobody_is_made_to_leave_by_another(world: World) -> None:
    await newcomer(world, "ana")
    for name in ("ana", "deniz", "olga", "owner"):
        for action in ("depart.ask", "depart.sure"):
            await world.taps(name, action, world.member_ids["eleni"])
            assert "no longer works" in world.text(name)
    async with world.store.read() as db:
        (owner,) = await networks.memberships(db, world.people["owner"])
    await world.taps("owner", "depart.sure", owner.id)
    assert "no longer works" in world.text("owner")


async def test_a_coordinator_who_leaves_runs_nothing(world: World) -> None:
    await leaves(world, "olga")
    await world.says("olga", "/people")
    assert "Only coordinators" in world.text("olga")


async def test_in_two_networks_one_is_left(world: World) -> None:
    await signs_up(world, "ana")
    async with world.store.begin() as db:
        sides = [NewSide(name, "en", "IE", "Europe/Dublin") for name in ("East", "West")]
        new = NewNetwork("Two shores", sides, True, False, False)
        await found(db, new, world.people["owner"], 0, world.now)
    await world.says("ana", "/join")
    await world.presses("ana", "Two shores")
    await world.presses("ana", "West")
    await world.presses("ana", "Yes, I agree")
    await world.says("ana", "Annie")
    for label in ("Online", "Skip", "All", *ENDS, "Send"):
        await world.presses("ana", label)
    await world.taps("ana", "depart.which")
    await world.presses("ana", "Two shores")
    await world.presses("ana", "Yes, leave")
    async with world.store.read() as db:
        (left,) = await networks.memberships(db, world.people["ana"])
    assert left.network_id == world.network_id
