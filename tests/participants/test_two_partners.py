"""What changes for one partner of somebody who has two, and what does not."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.router import Event, Here, Turn, answer
from bot.store import people
from bot.store.db import Db, Store
from tests.participants.acts import ROUTES, World
from tests.participants.trio import (
    NOTHING_ELSE,
    both_introduced,
    both_proposed,
    line,
    trio,
    with_partner,
)

WEDNESDAY = int(datetime(2026, 11, 25, 10, tzinfo=UTC).timestamp()) // 60
"""In minutes, as buttons say it."""


@pytest.fixture
async def world(store: Store) -> World:
    return await trio(store)


async def test_who_ends_one_of_two_is_not_told_of_a_line(world: World) -> None:
    first, _second = await both_introduced(world)
    await world.taps("deniz", "match.leave", first)
    assert "This is about <b>Eleni</b>." in world.text("deniz")
    assert NOTHING_ELSE in world.text("deniz")
    await world.presses("deniz", "Yes, end it")
    assert NOTHING_ELSE in world.text("deniz")
    assert world.labels("deniz") == ["See your introductions"]
    assert "among the first" in world.text("eleni")
    assert ((await line(world, "deniz")).state, (await line(world, "eleni")).first) == (
        "matched",
        True,
    )


async def test_no_to_one_is_no_word_on_the_other(world: World) -> None:
    first, second = await both_proposed(world)
    await world.taps("deniz", "match.no", first)
    await world.presses("deniz", "No reason")
    assert NOTHING_ELSE in world.text("deniz")
    await world.taps("deniz", "match.yes", second)
    assert "You can say yes to all" not in world.text("deniz")
    await world.taps("maria", "match.yes", second)
    assert (await line(world, "deniz")).state == "matched"
    assert (await line(world, "eleni")).state == "waiting"


async def test_let_down_by_one_they_go_first_only_if_the_other_fails_too(world: World) -> None:
    first, second = await both_proposed(world)
    for match_id in (first, second):
        await world.taps("deniz", "match.yes", match_id)
    await world.taps("eleni", "match.why", first, "none")
    assert "One of the introductions we suggested will not take place." in world.text("deniz")
    assert NOTHING_ELSE in world.text("deniz")
    assert (await line(world, "deniz")).state == "matched"
    await world.taps("maria", "match.why", second, "none")
    assert "You will be among the first" in world.text("deniz")
    row = await line(world, "deniz")
    assert (row.state, row.first) == ("waiting", True)


async def test_introduced_to_the_other_they_do_not_go_first(world: World) -> None:
    first, second = await both_proposed(world)
    for match_id in (first, second):
        await world.taps("deniz", "match.yes", match_id)
    await world.taps("eleni", "match.why", first, "none")
    await world.taps("maria", "match.yes", second)
    await world.taps("deniz", "match.left", second)
    row = await line(world, "deniz")
    assert (row.state, row.first, row.rounds_waited) == ("waiting", False, 0)


async def test_a_proposal_runs_out_beside_an_introduction(world: World) -> None:
    first, second = await both_proposed(world)
    await world.taps("deniz", "match.yes", first)
    await world.taps("eleni", "match.yes", first)
    await world.taps("maria", "match.yes", second)
    await world.passes(days=4)
    assert "one of the introductions we suggested is over" in world.text("deniz")
    assert "pause" not in world.text("deniz")
    assert "did not answer in time" in world.text("maria")
    assert (await line(world, "deniz")).state == "matched"
    assert ((await line(world, "maria")).state, (await line(world, "maria")).first) == (
        "waiting",
        True,
    )


async def test_a_pause_tells_of_both_and_of_one_that_is_away(world: World) -> None:
    await both_introduced(world)
    await world.says("deniz", "/pause")
    await world.presses("deniz", "A week")
    assert "introduced to Eleni" in world.text("deniz")
    assert "introduced to Maria" in world.text("deniz")
    await world.presses("deniz", "Do not pause")
    await world.says("eleni", "/pause")
    await world.presses("eleni", "A week")
    await world.presses("eleni", "Pause all the same")
    assert "One of your partners is away for a while." in world.text("deniz")
    assert world.labels("deniz") == ["Show", "Wait", "End this introduction"]
    await world.presses("deniz", "Wait")
    assert "This is about <b>Eleni</b>." in world.text("deniz")
    await world.says("eleni", "/resume")
    assert "One of your partners is back." in world.text("deniz")
    await world.presses("deniz", "Show")
    assert "Your partner is <b>Eleni</b>" in world.text("deniz")


async def test_a_pause_declines_two_proposals_in_one_sentence(world: World) -> None:
    await both_proposed(world)
    await world.says("deniz", "/pause")
    await world.presses("deniz", "A week")
    assert world.text("deniz") == (
        "2 introductions are not decided yet. A pause declines them, without blame."
    )
    await world.presses("deniz", "Pause all the same")
    assert (await line(world, "deniz")).state == "waiting"


async def test_a_quiet_one_of_two_shows_behind_a_button(world: World) -> None:
    first, second = await both_introduced(world)
    await world.passes(days=14)
    assert "with one of your partners" in world.text("deniz")
    assert "with one of your partners" not in world.text("eleni")
    assert world.labels("deniz")[:2] == ["Show", "Find a time"]
    await world.presses("deniz", "Find a time")
    assert "This is about <b>" in world.text("deniz")
    for match_id in (first, second):
        await world.taps("deniz", "match.wait", match_id)
    await world.passes(days=8)
    assert "still quiet with one of your partners" in world.text("deniz")
    assert "Show" in world.labels("deniz")


async def test_the_coordinator_ends_one(world: World) -> None:
    first, _second = await both_introduced(world)
    await world.taps("omer", "pairs.ended", first)
    assert NOTHING_ELSE in world.text("deniz")
    assert "among the first" in world.text("eleni")
    assert (await line(world, "deniz")).state == "matched"


async def test_who_leaves_ends_both(world: World) -> None:
    await both_introduced(world)
    await world.says("deniz", "/forget")
    await world.presses("deniz", "Yes, delete everything")
    for name in ("eleni", "maria"):
        assert "among the first" in world.text(name)
        assert ((await line(world, name)).state, (await line(world, name)).first) == (
            "waiting",
            True,
        )


async def test_one_hour_is_not_promised_twice(world: World) -> None:
    first, second = await both_introduced(world)
    for match_id in (first, second):
        await world.taps("deniz", "meet.at", match_id, WEDNESDAY)
    for name, match_id in (("eleni", first), ("maria", second)):
        (meeting,) = await with_partner(world, match_id)
        await world.taps(name, "meet.agree", meeting.id)
    assert "already has a meeting then" in world.text("maria")
    assert [each.state for each in await with_partner(world, first)] == ["agreed"]
    assert [each.state for each in await with_partner(world, second)] == ["proposed"]


async def test_two_that_end_at_once_leave_nobody_between(world: World) -> None:
    ids = dict(zip(("eleni", "maria"), await both_introduced(world), strict=True))

    async def ends(db: Db, name: str) -> None:
        me = await people.by_id(db, world.people[name])
        assert me is not None
        event = Event(action="match.left", args=(str(ids[name]),))
        await answer(ROUTES, Turn(db, me, event, world.now, Here("bot")))

    async def after() -> None:
        async with world.store.begin() as db:
            await ends(db, "maria")

    async with world.store.begin() as db:
        await ends(db, "eleni")
        meanwhile = asyncio.create_task(after())
        await asyncio.sleep(0.3)
    await meanwhile
    assert {(await line(world, name)).state for name in ("deniz", *ids)} == {"waiting"}
