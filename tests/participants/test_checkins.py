"""Questions to many and to pairs: when they are asked, and what becomes of the answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.replies import Say
from bot.store import checkins, reminders
from bot.store.db import Store
from tests.participants.acts import World


@pytest.fixture
async def world(store: Store) -> World:
    return await World(store).build()


async def plans(world: World, *labels: str) -> int:
    """A question of olga's to her side, planned with these buttons; its id."""
    await world.says("olga", "/checkins")
    await world.presses("olga", "Ask something")
    for label in labels:
        if label.startswith("="):
            await world.says("olga", label[1:])
        else:
            await world.presses("olga", label)
    await world.presses("olga", "Plan it")
    async with world.store.read() as db:
        return (await checkins.of_side(db, world.side_ids[0], 1))[0].id


async def answers(world: World, name: str, label: str, said: list[Say]) -> None:
    world.said = said
    await world.presses(name, label)


EVERYBODY = ("Everybody on my side", "Tomorrow", "10:00", "Once")


async def test_figures_are_shown_from_five_people_on(world: World) -> None:
    names = [f"p{number}" for number in range(5)]
    for name in names:
        await world.member(name, 0)
    await world.member("baha", 1)
    planned = await plans(world, "Warmth towards the other side", *EVERYBODY)
    said = await world.passes(days=2)
    assert {each.to for each in said} == {world.people[name] for name in names}
    for number, name in enumerate(names):
        await world.taps("olga", "checks.show", planned)
        assert "On average" not in world.text("olga")
        await answers(world, name, str(40 + 10 * number), said)
    await world.taps("olga", "checks.show", planned)
    assert "On average: 60" in world.text("olga")
    assert "5 answers" in world.text("olga")
    await world.taps("omer", "checks.show", planned)
    assert "no longer works" in world.text("omer")


async def test_who_would_be_heard_comes_first(world: World) -> None:
    await world.member("ana", 0)
    await plans(world, "How it is going", *EVERYBODY)
    said = await world.passes(days=2)
    await answers(world, "ana", "I would like to speak to somebody", said)
    assert "/checkins" in world.text("olga")
    assert world.to("omer") == []
    await world.says("olga", "/checkins")
    assert "Ana: I would like to speak to somebody" in world.text("olga")
    assert world.labels("olga")[:2] == ["Write to Ana", "Seen"]
    await world.presses("olga", "Write to Ana")
    assert "What is your answer" in world.text("olga")
    await world.says("olga", "/checkins")
    await world.presses("olga", "Seen")
    assert "Ana" not in world.text("olga")


async def test_it_can_be_skipped_once_or_for_ever(world: World) -> None:
    await world.member("ana", 0)
    await world.member("bea", 0)
    labels = ("Trust in people", "Everybody on my side", "Tomorrow", "10:00", "Every 7 days")
    planned = await plans(world, *labels)
    said = await world.passes(days=2)
    await answers(world, "ana", "Skip", said)
    await answers(world, "bea", "Do not ask me again", said)
    again = await world.passes(days=7)
    assert {each.to for each in again} == {world.people["ana"]}
    await world.taps("olga", "checks.stop", planned)
    assert await world.passes(days=14) == []


async def test_a_question_of_ones_own_in_words(world: World) -> None:
    names = [f"p{number}" for number in range(5)]
    for name in names:
        await world.member(name, 0)
    labels = ("A question of my own", "In their own words", "=What helps you?", *EVERYBODY)
    planned = await plans(world, *labels)
    said = await world.passes(days=2)
    for name in names:
        await answers(world, name, "Write an answer", said)
        await world.says(name, f"Tea of {name}")
    await world.taps("olga", "checks.show", planned)
    assert "What helps you?" in world.text("olga")
    assert "Tea of" not in world.text("olga")
    await world.presses("olga", "Read what was answered, time 1")
    assert world.text("olga").count("Tea of") == 3, "a few at once, each whole"
    await world.presses("olga", "Next page")
    assert world.text("olga").count("Tea of") == 2
    await world.presses("olga", "Back")
    for asked in (("checks.read", planned, 7, 0), ("checks.read", planned, 0, 99)):
        await world.taps("olga", *asked)
        assert "Tea of" not in world.text("olga")
    await world.taps("omer", "checks.read", planned, 0, 0)
    assert "That button is from an earlier message" in world.text("omer")


async def test_who_wants_no_more_is_asked_no_more_whatever_they_answered(world: World) -> None:
    await world.member("ana", 0)
    labels = ("Trust in people", "Everybody on my side", "Tomorrow", "10:00", "Every 7 days")
    planned = await plans(world, *labels)
    said = await world.passes(days=2)
    await answers(world, "ana", "7", said)
    await answers(world, "ana", "Do not ask me again", said)
    assert await world.passes(days=7) == []
    async with world.store.read() as db:
        assert await checkins.said(db, planned, 0) == [7], "what they said stays"


async def test_after_a_long_rest_only_the_latest_question_comes(world: World) -> None:
    await world.member("ana", 0)
    planned = await plans(
        world, "Trust in people", "Everybody on my side", "Tomorrow", "10:00", "Every 7 days"
    )
    async with world.store.begin() as db:
        ids = [
            await checkins.ask(db, planned, world.member_ids["ana"], turn, world.now)
            for turn in range(4)
        ]
        for each in ids:
            row = await checkins.answer(db, each)
            assert row is not None
            assert await checkins.asked_since(db, row) is (each != ids[-1])
            await reminders.schedule(db, "checkin_ask", each, world.now, world.people["ana"])
    assert len(await world.passes(minutes=1)) == 1


async def test_pairs_are_asked_a_month_after_they_met(world: World) -> None:
    await world.member("ana", 0)
    await world.member("baha", 1)
    await world.introduces("ana", "baha")
    asked: list[Say] = []
    for _day in range(32):
        asked += [say for say in await world.passes(days=1) if "How is it going" in str(say.text)]
    assert {each.to for each in asked} == {world.people["ana"], world.people["baha"]}
    await answers(world, "baha", "Not at all", asked)
    assert "/checkins" in world.text("omer")
    await world.says("omer", "/checkins")
    assert "Baha: Not at all" in world.text("omer")
    await world.says("olga", "/checkins")
    assert "Baha" not in world.text("olga")


async def test_answers_of_others_and_old_buttons_change_nothing(world: World) -> None:
    await world.member("ana", 0)
    await world.member("eve", 0)
    await plans(world, "Whether they would do it again", *EVERYBODY)
    said = await world.passes(days=2)
    (row,) = (each.buttons[0][0].args[0] for each in said if each.to == world.people["ana"])
    await world.taps("eve", "check.say", row, 1)
    assert "no longer works" in world.text("eve")
    await world.taps("ana", "check.say", row, 77)
    assert "no longer works" in world.text("ana")
    await world.taps("ana", "check.say", row, 1)
    await world.taps("ana", "check.say", row, 2)
    async with world.store.read() as db:
        found = await checkins.answer(db, int(row))
    assert found is not None
    assert (found.answer, found.state) == (2, "answered")
    assert world.now > found.at - timedelta(days=1)
