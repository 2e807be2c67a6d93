"""A report is silent for whom it is about."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from bot.store import meetings, reports
from bot.store.tables import matched, members
from tests.participants.acts import World
from tests.participants.test_report import MINE, forgets, says_of
from tests.participants.test_safe_relay import circle_of, sent
from tests.participants.test_safe_relay import reports as reported

AWAY = "Your partner is away for a while. I will tell you when they are back."


async def test_the_accused_sees_what_they_would_see_of_who_is_away(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    async with world.store.begin() as db:
        await db.run(update(matched).values(shows=1, offers=1))
    await world.taps("deniz", "disclose.step", match_id, 2, 1)
    await reported(world, "eleni", match_id)
    minute = int((world.now + timedelta(days=3)).timestamp() // 60)
    for action, *args in (
        ("relay.write",),
        ("meet.at", minute),
        ("meet.times",),
        ("disclose.ask",),
        ("disclose.step", 2, 1),
        ("programme.show",),
    ):
        assert await says_of(world, "deniz", action, match_id, *args) == AWAY
    await world.says("deniz", "come to Herzl 5 or I come to you")
    world.nobody_else("deniz")
    card = await says_of(world, "deniz", "match.show", match_id)
    assert card.endswith(AWAY)
    assert "Write to your partner" not in world.labels("deniz")
    assert "What you show each other" not in world.labels("deniz")
    await world.passes(days=60)
    assert world.to("eleni") == [], "who reported is asked nothing about them meanwhile"


async def test_it_is_the_same_for_who_is_really_away(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    async with world.store.begin() as db:
        await db.change(members, world.member_ids["eleni"], state="paused")
    really = [await says_of(world, "deniz", a, match_id) for a in ("relay.write", "match.show")]
    ways = world.labels("deniz")
    async with world.store.begin() as db:
        await db.change(members, world.member_ids["eleni"], state="active")
    await reported(world, "eleni", match_id)
    seen = [await says_of(world, "deniz", a, match_id) for a in ("relay.write", "match.show")]
    assert (seen, world.labels("deniz")) == (really, ways)


async def test_who_reported_is_told_and_can_cancel_what_was_agreed(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.taps("eleni", "match.show", match_id)
    await world.presses("eleni", world.labels("eleni")[0])
    async with world.store.read() as db:
        (meeting,) = await meetings.of_match(db, match_id)
    await world.taps("deniz", "meet.agree", meeting.id)
    await reported(world, "eleni", match_id)
    assert "You have agreed to meet on" in world.text("eleni")
    assert MINE in await says_of(world, "eleni", "relay.write", match_id)
    assert MINE in await says_of(world, "eleni", "match.show", match_id)
    assert await says_of(world, "deniz", "meet.drop", meeting.id) == AWAY
    await world.taps("eleni", "match.show", match_id)
    await world.presses("eleni", "Cancel the meeting")
    await world.presses("eleni", "Yes, cancel it")
    assert world.text("eleni") == "The meeting is cancelled, and your partner knows."
    assert "has to be cancelled" in world.text("deniz")


async def test_in_a_circle_the_accused_hears_that_nobody_can_be_written_to(world: World) -> None:
    match_id = await circle_of(world, "eleni", "deniz")
    await world.taps("eleni", "report.ask", match_id)
    await world.presses("eleni", "Deniz")
    await world.says("eleni", "A threat")
    await world.presses("eleni", "Skip")
    nobody = "Nobody else of your group can be written to at the moment."
    assert await says_of(world, "deniz", "relay.write", match_id) == nobody
    assert MINE in await says_of(world, "eleni", "relay.write", match_id)


async def test_the_accused_who_is_forgotten_silences_nobody(world: World) -> None:
    for name, side in (("maria", 0), ("sevgi", 1)):
        await world.member(name, side)
    match_id = await circle_of(world, "eleni", "maria", "deniz", "sevgi")
    await world.taps("eleni", "report.ask", match_id)
    await world.presses("eleni", "Deniz")
    await world.says("eleni", "A threat")
    await world.presses("eleni", "Skip")
    await forgets(world, "deniz")
    async with world.store.read() as db:
        assert await reports.resting(db, match_id, world.member_ids["eleni"]) == {0}
    await world.taps("eleni", "relay.write", match_id)
    await world.does("eleni", sent("Hello", 12))
    world.nobody_else("maria", "sevgi")


async def test_a_report_about_nobody_in_particular_is_about_everybody(world: World) -> None:
    await world.member("maria", 0)
    match_id = await circle_of(world, "eleni", "maria", "deniz")
    await world.taps("eleni", "report.ask", match_id)
    await world.presses("eleni", "Nobody in particular")
    await world.says("eleni", "Loud words")
    await world.presses("eleni", "Skip")
    assert MINE in await says_of(world, "eleni", "relay.write", match_id)


async def test_the_news_of_a_report_says_nothing(world: World) -> None:
    await world.member("cleo", 0, role="safeguarding")
    match_id = await world.introduces("eleni", "deniz")
    await reported(world, "eleni", match_id)
    await world.presses("cleo", "Open the report")
    await world.presses("cleo", "I look after it")
    assert world.text("eleni") == "There is news for you."
    assert world.labels("eleni") == ["Show"]
