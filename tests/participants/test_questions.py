"""The questions of a sign-up, answered in every way."""

from __future__ import annotations

import pytest

from bot.delivery import render
from bot.router import Event
from bot.store import people
from bot.store.people import Person
from tests.participants.acts import World
from tests.participants.newcomers import (
    ENDS,
    STATEMENTS,
    begun,
    fills_in,
    member_of,
    settle,
    uses_left,
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("A", "a little short"),
        ("x" * 4096, "characters long"),
        ("@ana", "without links"),
        ("ana.com", "without links"),
        ("https://x.y", "without links"),
        ("Ana 12345678", "phone numbers"),
        ("۰۱۲۳۴۵", "phone numbers"),
        ("!!!", "letters in it"),
        ("\u202e\u200b", "write your answer"),
        ("\u3164\u3164", "write your answer"),
        ("Your Coordinator", "take that for a coordinator"),
        ("المنسق", "take that for a coordinator"),
        ("Proxeny bot", "take that for a coordinator"),
    ],
)
async def test_names_that_will_not_do(world: World, words: str, said: str) -> None:
    await begun(world)
    await world.says("ana", words)
    assert said in world.text("ana")
    assert "Which name" in world.text("ana")


@pytest.mark.parametrize("name", ["<b>Ana</b>", "Ana\n& co", "عبد الله", "Añá-2", "🌻 Sun"])
async def test_names_that_will(world: World, name: str) -> None:
    await begun(world)
    await world.says("ana", name)
    assert "Which languages" in world.text("ana")


async def test_stickers_and_places_are_answered_everywhere(world: World) -> None:
    await settle(world, statements=STATEMENTS)
    await begun(world)
    path = ("Greek", "Done", "Cyprus", "Nicosia", "Both suit me", "", "Skip", "Skip", "I agree")
    for label in ("", *path):
        await world.does("ana", Event(other="attachment"))
        assert "cannot read" in world.text("ana") or "only read text" in world.text("ana")
        if "Where do you live" not in world.text("ana"):
            await world.does("ana", Event(location=(35.0, 33.0)))
            assert "did not keep it" in world.text("ana")
        await (world.presses("ana", label) if label else world.says("ana", "Nicosia"))
    assert "When could you" in world.text("ana")


async def test_a_location_gives_the_time_zone_and_is_not_kept(world: World) -> None:
    await begun(world)
    await fills_in(world, "ana", "Ana", "Greek", "Done", "Use my location")
    assert world.to("ana")[0].ask_location
    await world.does("ana", Event(location=(41.0, 29.0)))
    assert [say.no_keyboard for say in world.to("ana")] == [True, False]
    for label in ("Online", "Skip", "All", *ENDS):
        await world.presses("ana", label)
    assert "Istanbul" in world.text("ana")
    await world.presses("ana", "Send")
    member = await member_of(world, "ana")
    assert member is not None
    assert member.told.zone == "Europe/Istanbul"
    assert "41" not in str(member.profile)


async def test_the_key_that_shares_a_place_goes_with_the_form(world: World) -> None:
    await begun(world)
    await fills_in(world, "ana", "Ana", "Greek", "Done", "Use my location")
    await world.says("ana", "Mars/Olympus")
    assert [say.no_keyboard for say in world.to("ana") if say.no_keyboard] == []
    await world.says("ana", "/cancel")
    assert world.to("ana")[0].no_keyboard
    ana = await who(world, "ana")
    made = render.call(world.to("ana")[0], ana, None)
    assert made["params"]["reply_markup"] == {"remove_keyboard": True}


async def who(world: World, name: str) -> Person:
    """Somebody's account."""
    async with world.store.read() as db:
        found = await people.by_id(db, world.people[name])
    assert found
    return found


async def test_an_unknown_place_is_asked_again(world: World) -> None:
    await begun(world)
    await fills_in(world, "ana", "Ana", "Greek", "Done", "Another country")
    await world.says("ana", "Mars/Olympus")
    assert "do not know that place" in world.text("ana")
    await world.says("ana", "Ισπανία")
    assert "same time as yours" in world.text("ana")
    await world.presses("ana", "Madrid")
    assert "like to meet" in world.text("ana")


async def test_statements_are_asked_and_may_be_skipped(world: World) -> None:
    await settle(world, statements=STATEMENTS)
    await begun(world)
    path = ("Greek", "Done", "Cyprus", "Nicosia", "Online", "Skip", "I rather disagree", "Skip")
    await fills_in(world, "ana", "Ana", *path, "All", *ENDS)
    assert "Question 2: not answered" in world.text("ana").replace("<b>", "").replace("</b>", "")
    await world.presses("ana", "Send")
    member = await member_of(world, "ana")
    assert member is not None
    assert member.told.opinions == {"0": -1}


async def test_old_buttons_and_second_taps_are_answered(world: World) -> None:
    await begun(world)
    await world.says("ana", "Ana")
    before = world.to("ana")[0].buttons
    await world.presses("ana", "Greek")
    await world.presses("ana", "Done")
    for old in (before[0][0], before[-1][0]):
        await world.taps("ana", "form", *old.args)
        assert "earlier question" in world.text("ana")
        assert "Where do you live" in world.text("ana")
    await world.taps("ana", "form", "nonsense", "x")
    assert "no longer works" in world.text("ana")
    await world.taps("eleni", "form", *before[0][0].args)
    assert "no longer works" in world.text("eleni")


async def test_sent_twice_is_signed_up_once(world: World) -> None:
    await begun(world)
    await fills_in(world, "ana")
    send = world.to("ana")[0].buttons[-1][0]
    await world.presses("ana", "Send")
    await world.taps("ana", "form", *send.args)
    assert "no longer works" in world.text("ana")


async def test_the_language_can_change_on_the_way(world: World) -> None:
    await begun(world)
    await world.says("ana", "/language")
    await world.presses("ana", "English")
    await world.presses("ana", "Go on with the questions")
    assert "Which name" in world.text("ana")
    await world.taps("ana", "language.set", "xx")
    assert "no longer works" in world.text("ana")


async def test_stopping_keeps_the_answers_until_one_goes_on(world: World) -> None:
    await begun(world)
    await world.says("ana", "Ana")
    await world.presses("ana", "Stop")
    assert "are kept" in world.text("ana")
    await world.says("ana", "hello")
    assert "Which languages" not in world.text("ana")
    assert await world.passes(days=3) == []
    await world.says("ana", "/start")
    assert "Which languages" in world.text("ana")


async def test_cancelled_answers_are_deleted_and_the_place_is_free_again(world: World) -> None:
    token = await begun(world)
    assert await uses_left(world, token) == 1
    await world.says("ana", "/cancel")
    await world.presses("ana", "Delete my answers")
    assert "deleted" in world.text("ana")
    assert await uses_left(world, token) == 2
    await world.says("ana", "/cancel")
    assert "nothing to cancel" in world.text("ana")


async def test_an_unfinished_form_is_nudged_once(world: World) -> None:
    await begun(world)
    await world.passes(hours=23)
    assert world.said == []
    await world.says("ana", "Ana")
    await world.passes(hours=23)
    assert world.said == []
    await world.passes(hours=30)
    assert "You began to answer" in world.text("ana")
    await world.presses("ana", "Go on")
    assert "Which languages" in world.text("ana")
    assert await world.passes(days=5) == []
