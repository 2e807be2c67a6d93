"""A report is read by those it is not about, and they know of each other."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.domain.replies import _
from bot.participants.log_form import told_contacts
from bot.router import Event, Turn
from bot.store import networks, people, reports
from bot.store.tables import members
from tests.participants.acts import HERE, World
from tests.participants.test_report import OLD, all_of, says_of
from tests.participants.test_safe_relay import circle_of


@pytest.mark.parametrize("another", [False, True])
async def test_a_contact_never_reads_what_is_about_them(world: World, another: bool) -> None:
    await world.member("maria", 0)
    match_id = await circle_of(world, "eleni", "maria", "deniz")
    async with world.store.begin() as db:
        await db.change(members, world.member_ids["maria"], role="safeguarding")
    if another:
        await world.member("cleo", 0, role="safeguarding")
    await world.taps("eleni", "report.ask", match_id)
    await world.presses("eleni", "Maria")
    await world.says("eleni", "Maria frightens me")
    await world.presses("eleni", "Skip")
    if another:
        world.nobody_else("eleni", "cleo")
        await world.taps("eleni", "ask.care", world.member_ids["eleni"])
        await world.says("eleni", "It is Maria")
        world.nobody_else("eleni", "cleo")
    else:
        world.nobody_else("eleni")
        assert "they do not hear of it" in world.text("eleni")
        assert await says_of(world, "eleni", "ask.care", world.member_ids["eleni"])
    assert "0 reports" in await says_of(world, "maria", "safeguard.of", world.network_id)
    (report,) = await all_of(world)
    for action in ("show", "files", "take", "close"):
        refused = await says_of(world, "maria", f"safeguard.{action}", report.id)
        assert "Only coordinators" in refused


async def test_an_owner_of_ones_own_side_can_be_written_to_instead(world: World) -> None:
    async with world.store.read() as db:
        owner = await db.scalar(select(members.c.side_id).where(members.c.role == "owner"))
    side = world.side_ids.index(owner)
    await world.member("maria", side, role="safeguarding")
    await world.member("able", side)
    async with world.store.begin() as db:
        where = (world.member_ids["able"], side)
        able = await networks.member(db, where[0])
        me = await people.by_id(db, world.people["able"])
        assert able
        assert me
        id_ = await reports.add(db, able, None, {"words": "x"}, world.now)
        turn = Turn(db, me, Event(action="x"), world.now, HERE)
        world.said = await told_contacts(turn, able, id_, _("x"), "x", world.member_ids["maria"])
    assert world.labels("able") == ["Write to the owner of the network"]
    await world.presses("able", "Write to the owner of the network")
    assert "Only the owner of the network reads it." in world.text("able")
    await world.says("able", "Help")
    world.nobody_else("able", "owner")


async def test_contacts_hear_of_a_new_one(world: World) -> None:
    await world.member("cleo", 0, role="safeguarding")
    await world.member("maria", 0)
    async with world.store.begin() as db:
        mine = select(members.c.id).where(members.c.role == "owner")
        await db.change(members, await db.scalar(mine), side_id=world.side_ids[0])
    await world.taps("owner", "roles.set", world.member_ids["maria"], "safeguarding")
    assert "There is another safeguarding contact" in world.text("cleo")
    assert "another safeguarding" not in world.text("maria")


async def test_only_an_owner_makes_links_for_contacts(world: World) -> None:
    await world.says("olga", "/invite")
    assert "A safeguarding contact" not in world.labels("olga")
    forged = await says_of(world, "olga", "invite.make", world.side_ids[0], "safeguarding", 1, 7)
    assert OLD in forged
    await world.says("owner", "/invite")
    assert "A safeguarding contact" in world.labels("owner")
