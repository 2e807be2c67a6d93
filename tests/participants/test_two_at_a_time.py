"""Somebody of the smaller side meets two people at a time, from the proposals to the line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.store.db import Store
from bot.store.meetings import Meeting
from tests.participants.acts import World
from tests.participants.trio import NOTHING_ELSE, both_proposed, line, trio, with_partner

WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=UTC)


@pytest.fixture
async def world(store: Store) -> World:
    return await trio(store)


def minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


async def meets(world: World, match_id: int, partner: str, at: datetime) -> Meeting:
    """Deniz proposes a time to one of the two, who agrees."""
    await world.taps("deniz", "meet.at", match_id, minute(at))
    world.nobody_else("deniz", partner)
    await world.presses(partner, "Show")
    await world.presses(partner, "Agree to this time")
    world.nobody_else("deniz", partner)
    (meeting,) = await with_partner(world, match_id)
    return meeting


async def test_from_two_proposals_to_the_line(world: World) -> None:
    """Yes to both, a meeting with each, one introduction ends, then the other, then the line."""
    first, second = await both_proposed(world)
    await world.says("deniz", "/match")
    assert world.text("deniz").count("You can say yes to all of them.") == 2
    await world.taps("deniz", "match.yes", first)
    await world.taps("deniz", "match.yes", second)
    await world.says("deniz", "/match")
    assert world.text("deniz").count("You said yes.") == 2
    assert world.text("deniz").count("You both speak English") == 2
    await world.taps("eleni", "match.yes", first)
    await world.taps("maria", "match.yes", second)
    await world.says("deniz", "/start")
    assert "See your introductions" in world.labels("deniz")
    await world.presses("deniz", "See your introductions")
    assert "Your partner is <b>Eleni</b>" in world.text("deniz")
    assert "Your partner is <b>Maria</b>" in world.text("deniz")
    assert not any(say.edit for say in world.to("deniz")), "one would hide the other"
    await plans_with_each(world, first, second)
    await tells_of_each(world, first, second)
    await one_ends_and_the_other_goes_on(world, first, second)


async def plans_with_each(world: World, first: int, second: int) -> None:
    await world.says("deniz", "/meet")
    assert world.labels("deniz") == ["Maria", "Eleni"]
    await world.presses("deniz", "Eleni")
    assert "Your partner is <b>Eleni</b>" in world.text("deniz")
    await world.presses("deniz", "Another day or hour")
    assert "This is about <b>Eleni</b>." in world.text("deniz")
    await meets(world, first, "eleni", WEDNESDAY)
    await world.taps("deniz", "meet.at", second, minute(WEDNESDAY))
    assert "already has a meeting then" in world.text("deniz")
    await meets(world, second, "maria", WEDNESDAY.replace(hour=13))
    await world.taps("eleni", "relay.write", first)
    await world.says("eleni", "At the old gate")
    assert ": At the old gate</tg-spoiler>" in world.text("deniz")
    await world.presses("deniz", "Answer")
    assert "You are writing to <b>Eleni</b>." in world.text("deniz")
    await world.presses("deniz", "Stop writing")


async def tells_of_each(world: World, first: int, second: int) -> None:
    await world.passes(days=3)
    assert world.labels("deniz").count("Show") == 6, "two reminders of each, and a question"
    assert "Eleni" not in world.text("deniz")
    assert "Maria" not in world.text("deniz")
    await world.says("deniz", "/log")
    assert [each.split(",")[0] for each in world.labels("deniz")] == [
        *("Maria", "Eleni", "Another meeting with Maria", "Another meeting with Eleni")
    ]
    for match_id, name in ((first, "Eleni"), (second, "Maria")):
        (meeting,) = await with_partner(world, match_id)
        await world.taps("deniz", "log.met", meeting.id, "yes")
        assert f"This is about <b>{name}</b>." in world.text("deniz")
        for label in ("5: very good", "Skip", "Yes", "No"):
            await world.presses("deniz", label)
        assert [each.state for each in await with_partner(world, match_id)] == ["held"]


async def one_ends_and_the_other_goes_on(world: World, first: int, second: int) -> None:
    await world.taps("eleni", "match.leave", first)
    assert "You wait for somebody new." in world.text("eleni")
    await world.presses("eleni", "Yes, end it")
    assert "One of your introductions has ended." in world.text("deniz")
    assert NOTHING_ELSE in world.text("deniz")
    assert "among the first" not in world.text("deniz")
    assert (await line(world, "eleni")).state == "waiting"
    assert (await line(world, "deniz")).state == "matched"
    await world.says("deniz", "/match")
    assert "in line" not in world.text("deniz")
    await world.says("deniz", "/meet")
    assert "Your partner is <b>Maria</b>" in world.text("deniz")
    await world.taps("deniz", "meet.at", second, minute(world.now.replace(day=27, hour=10)))
    assert "You proposed" in world.text("deniz")
    await world.taps("deniz", "match.leave", second)
    assert "This is about" not in world.text("deniz"), "there is one partner left"
    assert "You wait for somebody new." in world.text("deniz")
    await world.presses("deniz", "Yes, end it")
    assert "You are in line for somebody new." in world.text("deniz")
    assert (await line(world, "deniz")).state == "waiting"
    await world.says("deniz", "/match")
    assert "You are number 1 in line" in world.text("deniz")
