"""Hiding again, for days, in a discreet chat, without having agreed; and what others notice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.store import people
from bot.store.tables import covers
from bot.store.tables import people as rows
from tests.delivery.counter import until
from tests.play import Actor, Stage
from tests.stories.pair import Pair, pair
from tests.stories.test_hiding import hides, texts
from tests.stories.test_relay import writes


@pytest.fixture
async def of(stage: Stage) -> Pair:
    """Ana and Nour; Ana turns to Nour."""
    found = await pair(stage)
    await writes(found.nour, found.match_id)
    return found


async def number(actor: Actor) -> str:
    """The number in the note that was left."""
    (note,) = await texts(actor)
    return note.removeprefix("Noted: parcel ")


async def comes_back(actor: Actor, word: str) -> None:
    """Writes the word."""
    await actor.says(word)
    await actor.sees("Welcome back.")


async def test_each_time_there_is_a_new_number(of: Pair) -> None:
    await hides(of.ana)
    first = await number(of.ana)
    await comes_back(of.ana, first)
    await of.ana.says("/discreet")
    await of.ana.sees("You have not chosen a word yet.")
    await hides(of.ana)
    second = await number(of.ana)
    assert second != first
    await of.ana.says(first)
    await of.ana.sees("When should I remind you?")
    await comes_back(of.ana, second)


async def test_a_word_in_haste_leaves_the_one_they_know(of: Pair) -> None:
    await hides(of.ana, "/quick blue door")
    await comes_back(of.ana, "blue door")
    await hides(of.ana, "/quick ab")
    await comes_back(of.ana, "Blue door")
    await hides(of.ana)
    await comes_back(of.ana, "ab")


async def test_in_a_discreet_chat_the_note_stays_until_they_are_back(of: Pair) -> None:
    async with of.stage.app.store.begin() as db:
        me = await people.by_telegram_id(db, of.ana.person.id)
        assert me
        await people.set_discreet(db, me.id, on=True)
    await hides(of.ana)
    for _day in range(8):
        await of.stage.passes(hours=12)
    await comes_back(of.ana, await number(of.ana))


async def test_partners_hear_that_they_are_back(of: Pair) -> None:
    await hides(of.ana)
    await of.nour.says("Are you there?")
    await of.nour.sees("Your partner is away for a while.")
    await comes_back(of.ana, await number(of.ana))
    await of.stage.passes(days=1)
    await of.nour.sees("Your partner is back.")


async def test_what_was_on_its_way_to_them_is_said_to_be_lost(of: Pair) -> None:
    faults = of.stage.sandbox.world.faults
    faults.plan = replace(faults.plan, delay_min=0.5)
    for words in ("One", "Two", "Three"):
        await of.nour.says(words)
    await of.ana.says("/quick")
    await of.nour.person.sees("This message could not be passed on.")
    faults.plan = replace(faults.plan, delay_min=0)

    async def hidden() -> bool:
        left = await texts(of.ana)
        return len(left) == 1 and left[0].startswith("Noted: parcel")

    await until(hidden)


async def test_who_never_agreed_stays_hidden(stage: Stage) -> None:
    ana = await stage.actor("Ana")
    await ana.says("/start")
    await ana.person.waits()
    await hides(ana, "/quick blue door")
    for _day in range(9):
        await stage.passes(days=1)
    await ana.says("/start")
    await ana.sees("Hello. I remind you of things.")


async def test_who_was_forgotten_stays_hidden_and_leaves_nothing_after(of: Pair) -> None:
    await of.ana.says("/forget")
    await of.ana.chooses("Delete everything about you?", "Yes, delete everything")
    await of.ana.sees("It is done: everything about you is deleted.")
    await hides(of.ana, "/quick blue door")
    await of.stage.passes(minutes=20)
    await of.ana.says("/start")
    await of.ana.sees("Hello. I remind you of things.")
    await comes_back(of.ana, "blue door")
    for _day in range(16):
        await of.stage.passes(days=1)
    async with of.stage.app.store.read() as db:
        assert await db.rows(select(covers.c.id)) == []
        theirs = select(rows.c.id).where(rows.c.chat == db.keys.blind(of.ana.person.id))
        assert await db.rows(theirs) == []
