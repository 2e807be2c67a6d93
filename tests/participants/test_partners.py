"""Two who are introduced: a line, an end, silence, and two taps at once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.domain.replies import Say
from bot.router import Event, Here, Turn, answer
from bot.store import people
from tests.participants.acts import ROUTES, World
from tests.participants.test_meetings import agreed, planned


async def test_what_is_passed_on_turns_no_text_around_and_makes_none_bold(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.taps("eleni", "relay.write", match_id)
    await world.says("eleni", "We meet <b> \u202e")
    world.nobody_else("deniz")
    assert "We meet &lt;b&gt;</tg-spoiler>" in world.text("deniz")


async def test_ending_an_introduction(world: World) -> None:
    match_id, meeting = await agreed(world)
    await world.taps("eleni", "match.leave", match_id)
    await world.presses("eleni", "Yes, end it")
    world.nobody_else("eleni", "deniz")
    assert "That says nothing about you." in world.text("deniz")
    assert await planned(world, match_id) == []
    for action in ("match.leave", "match.left", "match.wait", "meet.times", "relay.write"):
        await world.taps("deniz", action, match_id)
        assert "This introduction is over." in world.text("deniz")
    await world.taps("deniz", "meet.agree", meeting.id)
    assert "This introduction is over." in world.text("deniz")
    assert await world.passes(days=30) == []


async def test_two_silent_weeks_then_a_quiet_partner(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.passes(days=14)
    world.nobody_else("eleni", "deniz")
    assert "It has been quiet for a while." in world.text("deniz")
    await world.taps("eleni", "match.wait", match_id)
    await world.passes(days=8)  # the fifth day is a Saturday
    world.nobody_else("eleni")
    assert "wait, or be introduced to somebody new?" in world.text("eleni")
    await world.passes(days=20)
    await world.taps("eleni", "match.leave", match_id)
    await world.presses("eleni", "Yes, end it")
    assert "You will be among the first" in world.text("eleni")
    assert world.labels("deniz") == ["Pause for a while", "No, keep my place"]


async def test_who_acts_is_not_quiet(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    await world.passes(days=14)
    await world.taps("eleni", "match.wait", match_id)
    await world.taps("deniz", "match.wait", match_id)
    assert await world.passes(days=13) == []
    assert len(await world.passes(days=2)) == 2


async def test_two_taps_at_once_are_one(world: World) -> None:
    match_id = await world.introduces("eleni", "deniz")
    at = int(datetime(2026, 11, 25, 10, tzinfo=UTC).timestamp()) // 60
    await world.taps("eleni", "meet.at", match_id, at)
    (meeting,) = await planned(world, match_id)

    async def tap(name: str, *what: object) -> list[Say]:
        async with world.store.begin() as db:
            me = await people.by_id(db, world.people[name])
            assert me is not None
            action, *args = map(str, what)
            event = Event(action=action, args=tuple(args))
            return await answer(ROUTES, Turn(db, me, event, world.now, Here("bot")))

    both = await asyncio.gather(
        tap("deniz", "meet.agree", meeting.id),
        tap("deniz", "meet.agree", meeting.id),
        tap("eleni", "meet.sure", meeting.id),
    )
    files = [say for said in both for say in said if say.file is not None]
    (after,) = await planned(world, match_id) or (None,)
    assert len(files) == (2 if after is not None else len(files))
    assert after is None or after.state == "agreed"


async def test_two_who_accept_at_once_are_introduced_once(world: World) -> None:
    match_id = await world.proposes("eleni", "deniz")

    async def accept(name: str) -> list[Say]:
        async with world.store.begin() as db:
            me = await people.by_id(db, world.people[name])
            assert me is not None
            event = Event(action="match.yes", args=(str(match_id),))
            return await answer(ROUTES, Turn(db, me, event, world.now, Here("bot")))

    said = await asyncio.gather(accept("eleni"), accept("deniz"))
    assert sorted(map(len, said)) == [1, 2]
