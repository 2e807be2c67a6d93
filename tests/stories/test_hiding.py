"""Somebody whose phone may be searched: the chat is emptied, and a plain reminder bot answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.delivery.gate import Gate
from bot.delivery.send import Settled
from bot.delivery.work import put
from bot.domain.replies import Plain, Say
from bot.participants.cover import MENU
from bot.store import people
from bot.store.queues import Outgoing
from bot.store.tables import covers, notes, outbox
from tests.delivery.counter import until
from tests.play import Actor, Stage, said
from tests.stories.pair import Pair, pair
from tests.stories.test_relay import picture, writes


@pytest.fixture
async def of(stage: Stage) -> Pair:
    """Ana and Nour, who have each written to the other."""
    found = await pair(stage)
    await writes(found.ana, found.match_id)
    await found.ana.says("Good morning from the lake")
    await found.nour.person.sees("Good morning from the lake")
    return found


async def texts(actor: Actor) -> list[str]:
    """All that stands in somebody's chat, theirs and the bot's."""
    return [each.text for each in await actor.person.chat()]


async def hides(actor: Actor, command: str = "/quick") -> None:
    """Sends the command, and waits until the chat is empty but for one message."""
    await actor.says(command)

    async def empty() -> bool:
        left = await texts(actor)
        return len(left) == 1 and left[0].startswith(("Noted: parcel", "What should I remind"))

    await until(empty)


async def menu(actor: Actor) -> list[str]:
    """The commands Telegram offers them."""
    return [each["command"] for each in (await actor.person.view())["commands"]]


async def test_the_chat_is_empty_and_a_reminder_bot_answers(of: Pair) -> None:
    await hides(of.ana)
    (note,) = await texts(of.ana)
    assert note.startswith("Noted: parcel ")
    for sent in ("/match", "/privacy", "/help", "/start", "/forget", "/quick"):
        await of.ana.says(sent)
        await of.ana.sees("Hello. I remind you of things.")
    assert {each.name for each in MENU} == set(await menu(of.ana))


async def test_nothing_of_others_comes_while_it_lasts(of: Pair) -> None:
    await hides(of.ana)
    await writes_in_vain(of.nour, of.match_id)
    await of.stage.passes(days=3)
    await of.ana.person.sees_not("Nour")
    assert len(await texts(of.ana)) == 1


async def writes_in_vain(actor: Actor, match_id: int) -> None:
    """Their partner is away, as on any other day."""
    await actor.says("/match")
    await actor.person.taps_data(f"relay.write:{match_id}", await actor.person.last())
    await actor.sees("Your partner is away for a while.")


async def test_the_number_in_the_note_brings_back(of: Pair) -> None:
    await hides(of.ana)
    (note,) = await texts(of.ana)
    number = note.removeprefix("Noted: parcel ")
    await of.ana.says("What a nice day")
    await of.ana.sees("When should I remind you?")
    await of.ana.says(number)
    await of.ana.sees("Welcome back.")
    assert number not in [each.text for each in await of.ana.person.chat() if not each.from_bot]
    await of.ana.says("/match")
    await of.ana.meets_partner()
    assert set(await menu(of.ana)) > {"match", "privacy"}
    async with of.stage.app.store.read() as db:
        assert await db.scalar(select(notes.c.id)) is None


async def test_a_word_of_ones_own(of: Pair) -> None:
    await of.ana.says("/discreet")
    await of.ana.chooses("You have not chosen a word yet.", "Choose a word")
    await of.ana.answers("Which word should bring me back?", "abc")
    await of.ana.answers("Please take at least", "Amber lamp")
    await of.ana.sees("I know your word now.")

    async def unseen() -> bool:
        return "Amber lamp" not in await texts(of.ana)

    await until(unseen)
    await hides(of.ana)
    assert await texts(of.ana) == ["What should I remind you of?"]
    await of.ana.says("amber LAMP")
    await of.ana.sees("Welcome back.")


async def test_the_word_can_come_with_the_command(of: Pair) -> None:
    await hides(of.ana, "/quick blue door")
    assert await texts(of.ana) == ["What should I remind you of?"]
    await of.ana.says("Blue door")
    await of.ana.sees("Welcome back.")


async def test_it_really_reminds(of: Pair) -> None:
    await hides(of.ana)
    await of.ana.says("Buy <b>milk</b>")
    await of.ana.chooses("When should I remind you?", "In an hour")
    await of.ana.sees("I will remind you on")
    await of.ana.says("/list")
    await of.ana.person.sees("Buy <b>milk</b>")
    await of.stage.passes(hours=1, minutes=1)
    await of.ana.person.sees("⏰ Buy <b>milk</b>")
    await of.ana.says("/list")
    await of.ana.sees("There is nothing to remind you of.")


async def test_its_reminders_can_be_taken_off_and_are_nobody_elses(of: Pair) -> None:
    await hides(of.ana)
    await of.ana.says("Call the dentist")
    await of.ana.chooses("When should I remind you?", "Tomorrow morning")
    await of.ana.sees("I will remind you on")
    async with of.stage.app.store.read() as db:
        note = await db.scalar(select(notes.c.id))
    await of.nour.says("/quick")
    await of.nour.person.waits()
    await of.nour.person.taps_data(f"cover.drop:{note}", await of.nour.person.last())
    await of.nour.sees("Hello. I remind you of things.")
    await of.ana.says("/list")
    await of.ana.chooses("Tap what is done.", "Call the dentist")
    await of.ana.sees("Done.")
    await of.stage.passes(days=2)
    await of.ana.person.sees_not("⏰")


async def test_other_things_and_edits_tell_nothing(of: Pair) -> None:
    await hides(of.ana)
    of.stage.sandbox.clock.advance(timedelta(minutes=3))
    await of.ana.person.sends_sticker()
    await of.ana.sees("I can remember words only.")
    id_ = await of.ana.person.says("Water the plants")
    await of.ana.sees("When should I remind you?")
    await of.ana.person.edits(id_, "/match")
    for forged in ("match.all", "relay.write:1", "cover.at:1:never", "cover.at:x:hour", "go:match"):
        await of.ana.person.taps_data(forged, await of.ana.person.last())
        await of.ana.sees("Hello. I remind you of things.")


async def test_a_picture_that_was_still_being_sent_goes_without_a_word(of: Pair) -> None:
    await hides(of.ana)
    id_ = await of.ana.person.sends_photo(picture())

    async def gone() -> bool:
        return id_ not in [each.id for each in await of.ana.person.chat()]

    await until(gone)
    await of.ana.person.sees_not("I can remember words only.")


async def test_what_telegram_does_not_delete_any_more_keeps_nothing_else_there(of: Pair) -> None:
    """One message is too old for Telegram: all the others go all the same."""
    old = [each.id for each in await of.ana.person.chat()]
    async with of.stage.app.store.begin() as db:  # as if it had been written just now
        await db.run(
            outbox.update().values(sent_at=of.stage.sandbox.clock.now() + timedelta(days=3))
        )
    of.stage.sandbox.clock.advance(timedelta(days=3))
    await of.ana.says("/help")
    await of.ana.person.waits()
    await of.ana.says("/quick")
    await of.ana.sees("Noted: parcel")

    async def only_old() -> bool:
        left = [each.id for each in await of.ana.person.chat()]
        return set(left[:-1]) <= set(old)

    await until(only_old)


async def test_what_was_on_its_way_is_deleted_when_it_arrives(of: Pair) -> None:
    await hides(of.ana)
    (left,) = await of.ana.person.chat()
    store, now = of.stage.app.store, of.stage.sandbox.clock.now()
    async with store.read() as db:
        me = await people.by_telegram_id(db, of.ana.person.id)
        assert me
    late = await of.stage.app.bot.send_message(of.ana.person.id, "Nour is waiting")
    payload = {"method": "sendMessage", "params": {"chat_id": of.ana.person.id}}
    each = Outgoing(1, "x", me.id, 0, payload, None, now)
    of.stage.app.sender._settled.append(Settled(each, ok=True, message_id=late.message_id))
    of.stage.app.sender.wake.set()

    async def gone() -> bool:
        return [each.id for each in await of.ana.person.chat()] == [left.id]

    await until(gone)


async def test_in_every_language_the_cover_is_whole(stage: Stage) -> None:
    for language in ("ar", "he", "el", "tr", "es"):
        actor = await stage.actor("Ana", language)
        await actor.says("/start")
        await actor.person.waits()
        await actor.says("/quick")
        await actor.sees("Noted: parcel {number}")
        await actor.says("مرحبا")
        await actor.taps("Tomorrow morning")
        await actor.sees("I will remind you on {when}.")
        assert said(language, "Tomorrow morning")


async def test_forgetting_forgets_the_word(of: Pair) -> None:
    await of.ana.says("/discreet")
    await of.ana.chooses("You have not chosen a word yet.", "Choose a word")
    await of.ana.answers("Which word should bring me back?", "Amber lamp")
    await of.ana.sees("I know your word now.")
    await of.ana.says("/forget")
    await of.ana.chooses("Delete everything about you?", "Yes, delete everything")
    await of.ana.sees("It is done: everything about you is deleted.")

    async def empty() -> bool:
        return len(await texts(of.ana)) == 1

    await until(empty)
    async with of.stage.app.store.read() as db:
        assert await db.scalar(select(covers.c.id)) is None


async def test_a_message_is_not_said_to_who_hides_by_anybody(of: Pair) -> None:
    await hides(of.ana)
    store, now = of.stage.app.store, of.stage.sandbox.clock.now()
    async with store.begin() as db:
        me = await people.by_telegram_id(db, of.ana.person.id)
        assert me
        await put(db, [(Say(me.id, Plain("from a coordinator")), None)], now)
    of.stage.app.sender.wake.set()
    await of.ana.person.sees_not("from a coordinator")


async def floods(actor: Actor, stage: Stage) -> None:
    """Sends far more at once than is taken in."""
    stage.app.receiver.gate = Gate()
    for number in range(80):
        await actor.says(f"picture {number}")


async def test_who_was_too_fast_can_hide_and_nothing_of_it_stays(stage: Stage) -> None:
    actor = await stage.actor("Ana")
    await floods(actor, stage)
    await hides(actor)


async def test_who_hides_is_told_of_a_flood_and_their_word_gets_through_after_it(
    stage: Stage,
) -> None:
    actor = await stage.actor("Ana")
    await hides(actor, "/quick blue door")
    await floods(actor, stage)
    await actor.says("Blue door")
    await actor.sees("That was too fast for me")
    stage.sandbox.clock.advance(timedelta(seconds=30))
    await actor.says("Blue door")
    await actor.sees("Welcome back.")
