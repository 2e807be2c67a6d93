"""What came of a meeting, told by each on their own; and the way back to it in /history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.replies import Say
from bot.store import logs, meetings, networks, reports
from bot.store.logs import Log
from bot.store.meetings import Meeting
from tests.participants.acts import World


async def of_match(world: World, match_id: int) -> list[Meeting]:
    async with world.store.read() as db:
        return await meetings.of_match(db, match_id)


async def said_of(world: World, meeting: Meeting, name: str) -> Log | None:
    async with world.store.read() as db:
        return await logs.of_member(db, meeting.id, world.member_ids[name])


async def held(world: World) -> tuple[int, Meeting]:
    """A meeting both agreed to, half an hour after its end."""
    match_id = await world.introduces("eleni", "deniz")
    await world.says("eleni", "/meet")
    await world.presses("eleni", world.labels("eleni")[0])
    await world.presses("deniz", "Show")
    await world.presses("deniz", "Agree to this time")
    (meeting,) = await of_match(world, match_id)
    await world.passes(seconds=(meeting.starts_at - world.now).total_seconds() + 90 * 60)
    return match_id, meeting


async def test_each_is_asked_and_tells_on_their_own(world: World) -> None:
    match_id, meeting = await held(world)
    assert "Did you meet?" in world.text("eleni")
    assert "Did you meet?" in world.text("deniz")
    await world.taps("eleni", "log.met", meeting.id, "yes")
    for label in ("5: very good", "Skip", "Yes", "No"):
        world.nobody_else("eleni")
        await world.presses("eleni", label)
    assert "It is meeting again that matters most." in world.text("eleni")
    assert world.labels("eleni") == ["Find the next time", "Not now"]
    world.nobody_else("eleni")
    log = await said_of(world, meeting, "eleni")
    assert log is not None
    assert (log.met, log.rating, log.again, log.note) == (True, 5, True, None)
    assert log.risk == {"answer": "no", "words": ""}
    assert await said_of(world, meeting, "deniz") is None
    assert [each.state for each in await of_match(world, match_id)] == ["held"]
    await world.taps("eleni", "log.met", meeting.id, "yes")
    assert "You have told me about this meeting already." in world.text("eleni")


async def test_a_missed_meeting_offers_a_new_time(world: World) -> None:
    match_id, meeting = await held(world)
    await world.taps("deniz", "log.met", meeting.id, "no")
    assert "put you or anyone at risk" in world.text("deniz")
    await world.presses("deniz", "I would rather not say")
    assert "Would you like to find a new time?" in world.text("deniz")
    assert [each.state for each in await of_match(world, match_id)] == ["missed"]
    await world.presses("deniz", "Find the next time")
    assert "These times suit you both." in world.text("deniz")
    await world.taps("eleni", "log.met", meeting.id, "yes")
    await world.presses("eleni", "3: neither good nor bad")
    await world.says("eleni", "She sings " + "x" * 300)
    for label in ("No", "No"):
        await world.presses("eleni", label)
    assert "Would you like to end this introduction" in world.text("eleni")
    assert [each.state for each in await of_match(world, match_id)] == ["held"]
    await world.says("eleni", "/history")
    assert "<i>She sings xxx" in world.text("eleni")
    await world.says("deniz", "/history")
    assert "She sings" not in world.text("deniz")


async def tells_of_risk(world: World) -> list[Say]:
    _, meeting = await held(world)
    await world.taps("eleni", "log.met", meeting.id, "no")
    await world.presses("eleni", "Yes")
    return await world.says("eleni", "They followed me home")


async def test_risk_goes_to_the_safeguarding_contact_of_ones_own_side_alone(world: World) -> None:
    await world.member("sophia", 0, role="safeguarding")
    await world.member("selin", 1, role="safeguarding")
    await tells_of_risk(world)
    world.nobody_else("eleni", "sophia")
    assert "<tg-spoiler>Eleni: They followed me home</tg-spoiler>" in world.text("sophia")
    assert "The safeguarding contact of your side has what you told me now" in world.text("eleni")
    assert world.labels("sophia") == ["Answer", "Open the report"]
    await world.presses("sophia", "Answer")
    await world.says("sophia", "I will call you")
    world.nobody_else("sophia", "eleni")
    assert "I will call you" in world.text("eleni")
    assert "The safeguarding contact of your side wrote to you:" in world.text("eleni")
    await world.presses("eleni", "Write back")
    await world.says("eleni", "Thank you")
    world.nobody_else("eleni", "sophia")


async def test_without_a_contact_the_member_is_told_honestly(world: World) -> None:
    await tells_of_risk(world)
    world.nobody_else("eleni")
    assert "has not named a safeguarding contact yet" in world.text("eleni")
    async with world.store.begin() as db:
        member = await networks.member(db, world.member_ids["eleni"])
        assert member is not None
        (kept,) = await reports.page(db, member, ("new",))
    assert (kept.member_id, kept.said) == (member.id, "They followed me home")
    await world.presses("eleni", "Write to your coordinator")
    await world.says("eleni", "Please help")
    world.nobody_else("eleni", "olga", "owner")


async def test_a_meeting_not_planned_here(world: World) -> None:
    await world.says("eleni", "/log")
    assert "you have no partner at the moment" in world.text("eleni")
    match_id = await world.introduces("eleni", "deniz")
    await world.says("eleni", "/log")
    await world.presses("eleni", "Another meeting with Deniz")
    assert world.labels("eleni")[:2] == ["Today", "Yesterday"]
    await world.presses("eleni", "Yesterday")
    for label in ("4: good", "Skip", "Skip", "No"):
        await world.presses("eleni", label)
    (meeting,) = await of_match(world, match_id)
    assert (meeting.planned, meeting.state) == (False, "held")
    assert meeting.starts_at.date() == (world.now - timedelta(days=1)).date()
    await world.says("deniz", "/log")
    await world.presses("deniz", "Another meeting with Eleni")
    await world.presses("deniz", "Yesterday")
    for label in ("4: good", "Skip", "Skip", "No"):
        await world.presses("deniz", label)
    assert await of_match(world, match_id) == [meeting], "both told of the same meeting"
    await world.taps("deniz", "log.day", match_id, meeting.starts_at.date().toordinal())
    for label in ("4: good", "Skip", "Skip", "No"):
        await world.presses("deniz", label)
    assert "already" in world.text("deniz")


async def test_history_with_somebody_who_has_left(world: World) -> None:
    _, _ = await held(world)
    await world.taps("deniz", "forget.sure")
    await world.says("eleni", "/history")
    assert "• With somebody who has left" in world.text("eleni")


async def test_buttons_of_others_and_of_other_days(world: World) -> None:
    match_id, meeting = await held(world)
    await world.member("maria", 0)
    today = world.now.date().toordinal()
    for action, *args in (
        ("log.open", meeting.id),
        ("log.met", meeting.id, "yes"),
        ("log.days", match_id),
        ("log.day", match_id, today),
    ):
        await world.taps("maria", action, *args)
        assert "That button is from an earlier message" in world.text("maria"), action
    for action, *args in (
        ("log.met", meeting.id, "perhaps"),
        ("log.met", 99, "yes"),
        ("log.day", match_id, today + 1),
        ("log.day", match_id, today - 30),
        ("log.day", match_id, 0),
    ):
        await world.taps("eleni", action, *args)
        assert "That button is from an earlier message" in world.text("eleni"), action


async def test_a_meeting_ahead_is_not_told_yet(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.says("eleni", "/meet")
    await world.presses("eleni", world.labels("eleni")[3])
    (meeting,) = await of_match(world, match_id)
    await world.taps("deniz", "log.open", meeting.id)
    assert "That button is from an earlier message" in world.text("deniz")
    await world.taps("deniz", "meet.agree", meeting.id)
    await world.taps("deniz", "log.open", meeting.id)
    assert "still ahead" in world.text("deniz")


async def test_a_meeting_is_told_though_the_introduction_is_over(world: World) -> None:
    match_id, meeting = await held(world)
    await world.taps("deniz", "match.left", match_id)
    await world.taps("eleni", "log.met", meeting.id, "no")
    await world.presses("eleni", "No")
    assert "This introduction is over." in world.text("eleni")
    await world.taps("eleni", "log.days", match_id)
    assert "This introduction is over." in world.text("eleni")
    assert await said_of(world, meeting, "eleni") is not None


@pytest.mark.parametrize("many", [0, 1, 8, 20])
async def test_history_by_pages(world: World, many: int) -> None:
    match_id = await world.introduces("eleni", "deniz")
    async with world.store.begin() as db:
        for n in range(many):
            at, me = world.now - timedelta(days=n), world.member_ids["eleni"]
            state = ("held", "missed", "agreed", "proposed")[n % 4]
            await meetings.add(db, match_id, state, at, 60, me, world.now)
    await world.says("deniz", "/history")
    if many == 0:
        assert "There are no meetings here yet." in world.text("deniz")
        return
    assert world.text("deniz").count("• With Eleni") == min(many, 8)
    assert world.labels("deniz") == (["Older"] if many > 8 else [])
    if many > 8:
        await world.presses("deniz", "Older")
        assert world.labels("deniz") == ["Newer", "Older"]
        await world.presses("deniz", "Older")
        assert world.text("deniz").count("• With Eleni") == 4
        assert world.labels("deniz") == ["Newer"]
    await world.taps("deniz", "history.page", 10**18)
    assert "There are no meetings here yet." in world.text("deniz")
