"""What people send each other, at the limits: old, changed, taken back, silenced, not delivered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from bot.delivery import passed_on
from bot.participants import letters
from bot.participants.relay import NOT_CHANGED
from bot.sandbox import Message
from bot.sandbox.telegram import message_json
from bot.store import freezes, pairings
from bot.store.tables import relayed
from tests.delivery.counter import until
from tests.play import Actor, Stage
from tests.stories.circle import circle
from tests.stories.pair import Pair, introduced, pair
from tests.stories.test_relay import arrived, picture, writes


@pytest.fixture
async def of(stage: Stage) -> Pair:
    """Ana writes to Nour."""
    found = await pair(stage)
    await writes(found.ana, found.match_id)
    return found


async def with_words(actor: Actor, words: str) -> list[Message]:
    """The messages in somebody's chat that have these words."""
    return [each for each in await actor.person.chat() if words in each.text]


async def gone(actor: Actor, words: str) -> None:
    """Waits until a message is gone."""

    async def none() -> bool:
        return not await with_words(actor, words)

    await until(none)


def slowly(stage: Stage, seconds: float) -> None:
    """Telegram takes so long over each call."""
    faults = stage.sandbox.world.faults
    faults.plan = replace(faults.plan, delay_min=seconds)


async def test_after_two_days_nothing_is_said_to_be_taken_back(of: Pair) -> None:
    id_ = await of.ana.person.says("Cypress")
    await arrived(of.ana, id_)
    await of.stage.passes(hours=49)
    await of.ana.person.says("/delete", reply_to=id_)
    await of.ana.sees("I cannot take this back.")
    assert await with_words(of.nour, "Cypress")


async def test_what_cannot_be_reached_is_not_said_to_be_taken_back(of: Pair) -> None:
    id_ = await of.ana.person.says("Cypress")
    await arrived(of.ana, id_)
    await of.nour.person.blocks()
    await of.ana.person.says("Are you there?")
    await of.ana.person.says("/delete", reply_to=id_)
    await of.ana.sees("I take it back where I still can")
    assert await with_words(of.nour, "Cypress")


async def test_what_was_taken_back_does_not_come_again_with_a_change(of: Pair) -> None:
    id_ = await of.ana.person.says("Cypress")
    await arrived(of.ana, id_)
    await of.ana.person.says("/delete", reply_to=id_)
    await of.ana.sees("I take it back where I still can")
    await gone(of.nour, "Cypress")
    await of.ana.person.edits(id_, "Cypress and olive")
    await of.nour.person.sees_not("Cypress")
    await of.ana.person.says("/delete", reply_to=id_)
    await of.ana.sees("To take a message back, answer")


async def test_what_is_taken_back_on_its_way_does_not_stay(of: Pair) -> None:
    slowly(of.stage, 0.5)
    id_ = await of.ana.person.says("Cypress")

    async def on_its_way() -> bool:
        async with of.stage.app.store.read() as db:
            return bool(await db.scalar(select(func.count()).select_from(relayed)))

    await until(on_its_way)
    await of.ana.person.says("/delete", reply_to=id_)
    await of.ana.sees("I take it back where I still can")
    slowly(of.stage, 0)
    await of.ana.person.says("Olive")
    await of.nour.person.sees("Olive")
    await gone(of.nour, "Cypress")


async def test_what_its_reader_deleted_does_not_come_again_with_a_change(of: Pair) -> None:
    id_ = await of.ana.person.says("Cypress")
    got = await of.nour.person.sees("Cypress")
    await arrived(of.ana, id_)
    await of.nour.person.deletes(got.id)
    await of.ana.person.edits(id_, "Cypress and olive")
    await of.nour.person.sees_not("Cypress")


async def test_an_answer_to_an_old_message_finds_it_and_to_a_forgotten_one_still_goes(
    of: Pair,
) -> None:
    id_ = await of.ana.person.says("Cypress")
    got = await of.nour.person.sees("Cypress")
    await arrived(of.ana, id_)
    await of.stage.passes(days=20)
    await of.nour.person.says("Late, but here", reply_to=got.id)
    assert (await of.ana.person.sees("Late, but here")).raw["reply_to"] == id_
    await of.stage.passes(days=20)
    await of.nour.person.says("Later still", reply_to=got.id)
    await of.nour.sees("Shall I pass this on? To whom?")
    await of.nour.person.taps_data(f"relay.send:{of.match_id}")
    assert "reply_to" not in (await of.ana.person.sees("Later still")).raw


async def test_a_change_that_cannot_be_passed_on_is_said(of: Pair) -> None:
    id_ = await of.ana.person.says("Cypress")
    await arrived(of.ana, id_)
    await of.ana.person.edits(id_, "word " * 800)
    told = await of.ana.sees(NOT_CHANGED.id)
    assert told.raw["reply_to"] == id_
    assert await with_words(of.nour, "Cypress")


async def test_a_change_that_shows_who_one_is_waits_and_may_stay_away(of: Pair) -> None:
    id_ = await of.ana.person.says("Cypress")
    await arrived(of.ana, id_)
    await of.ana.person.edits(id_, "I am @anadiaz")
    await of.ana.chooses("This could show who you are", "No")
    await of.ana.sees("It stays between us.")
    assert await with_words(of.nour, "Cypress")
    assert not await with_words(of.nour, "anadiaz")


async def recaptioned(actor: Actor, stage: Stage, message_id: int, caption: str) -> None:
    """Somebody changes the words with their picture."""
    message = stage.sandbox.world.chats[actor.person.id].messages[message_id]
    message.body = {**message.body, "caption": caption}
    stage.sandbox.world.updates.push("edited_message", message_json(message))


async def test_words_with_a_picture_are_changed_and_taken_away(of: Pair) -> None:
    id_ = await of.ana.person.sends_photo(picture(), "Our street")
    await of.nour.person.sees("Our street")
    await arrived(of.ana, id_)
    await recaptioned(of.ana, of.stage, id_, "Our garden")
    await of.nour.person.sees("Our garden")
    await recaptioned(of.ana, of.stage, id_, "")
    await gone(of.nour, "Our garden")


async def test_a_freeze_silences_it_until_it_thaws(of: Pair) -> None:
    now = of.stage.sandbox.clock.now()
    async with of.stage.app.store.begin() as db:
        pairing = await pairings.held(db, of.match_id)
        assert pairing
        member = pairing.me.member
        freeze_id = await freezes.begin(db, member.network_id, member.id, now)
    id_ = await of.ana.person.says("Cypress")
    await of.ana.sees(letters.RESTING.id)
    assert not await with_words(of.nour, "Cypress")
    async with of.stage.app.store.begin() as db:
        freeze = await freezes.by_id(db, freeze_id)
        assert freeze
        await freezes.went_to(db, freeze, freezes.RESUMED, now)
    await of.ana.person.says("Olive", reply_to=id_)
    await of.nour.person.sees("Olive")


async def test_the_end_of_an_introduction_ends_it_and_changes_are_not_passed_on(of: Pair) -> None:
    id_ = await of.ana.person.says("Cypress")
    got = await of.nour.person.sees("Cypress")
    await arrived(of.ana, id_)
    async with of.stage.app.store.begin() as db:
        pairing = await pairings.held(db, of.match_id)
        assert pairing
        await pairings.end(db, pairing, "closed", of.stage.sandbox.clock.now(), "left")
    await of.ana.person.edits(id_, "Olive")
    told = await of.ana.sees("This introduction is over.")
    assert told.raw["reply_to"] == id_
    await of.nour.person.says("Hello?", reply_to=got.id)
    await of.nour.sees("This introduction is over.")
    await of.ana.person.says("Hello")
    await of.ana.sees("This introduction is over.")
    assert not await with_words(of.nour, "Olive")
    await of.ana.person.says("/delete", reply_to=id_)
    await of.ana.sees("I take it back where I still can")
    assert await with_words(of.nour, "Cypress"), "it may be what somebody wants to report"


async def test_whatever_waits_for_who_blocks_the_bot_is_said_to_be_lost(of: Pair) -> None:
    of.stage.sandbox.world.people[of.nour.person.id].blocked = True
    async with of.stage.app.store.read() as db:
        chat = db.keys.queued(of.nour.person.id)
    of.stage.app.sender._busy.add(chat)
    ids = [await of.ana.person.says(words) for words in ("One", "Two", "Three")]

    async def all_wait() -> bool:
        async with of.stage.app.store.read() as db:
            return await db.scalar(select(func.count()).select_from(relayed)) == len(ids)

    await until(all_wait)
    of.stage.app.sender._busy.discard(chat)

    async def all_told() -> bool:
        told = await with_words(of.ana, passed_on.LOST.id)
        return [each.raw["reply_to"] for each in told] == ids

    await until(all_told)


async def test_of_what_comes_in_pieces_none_waits_for_who_blocks_the_bot(of: Pair) -> None:
    of.stage.sandbox.world.people[of.nour.person.id].blocked = True
    await of.ana.person.says(" ".join(f"word{n}" for n in range(500)))

    async def none_waits() -> bool:
        async with of.stage.app.store.read() as db:
            waits = await db.scalar(select(func.count()).select_from(relayed))
        return waits == 0 and bool(await with_words(of.ana, passed_on.LOST.id))

    await until(none_waits)


async def test_in_a_circle_who_blocks_the_bot_keeps_nothing_from_the_others(stage: Stage) -> None:
    of = await circle(stage)
    ana, rana = of.people["Ana"], of.people["Rana"]
    await writes(ana, of.match_id)
    stage.sandbox.world.people[rana.person.id].blocked = True
    id_ = await ana.person.says("Hello everybody")
    for name in ("Bea", "Carla", "Nour", "Omar"):
        await of.people[name].person.sees("Hello everybody")
    told = await ana.sees(passed_on.NOT_TO_ALL.id)
    assert told.raw["reply_to"] == id_
    assert "Rana" not in told.text
    await arrived(ana, id_)
    await ana.person.says("And on")
    await of.people["Bea"].person.sees("And on")


async def test_a_circle_goes_on_around_who_pauses_or_is_in_a_freeze(stage: Stage) -> None:
    of = await circle(stage)
    ana, rana = of.people["Ana"], of.people["Rana"]
    now = stage.sandbox.clock.now()
    async with stage.app.store.begin() as db:
        zones = [of.sides[1].zone]
        freeze = await freezes.begin(db, of.network_id, of.member_ids["Ana"], now, "XX", zones)
        assert freeze
    await writes(ana, of.match_id)
    await ana.person.says("Hello everybody")
    await of.people["Bea"].person.sees("Hello everybody")
    await rana.person.sees_not("Hello everybody")
    await rana.person.taps_data(f"relay.write:{of.match_id}", await rana.person.last())
    await rana.sees(letters.RESTING.id)


async def test_two_taps_do_not_send_it_to_two(stage: Stage) -> None:
    of = await pair(stage, (("Ana",), ("Nour", "Omar")))
    other = await introduced(of.at, "Ana", "Omar")
    await of.ana.person.says("For both")
    asked = await of.ana.sees("Shall I pass this on? To whom?")
    await of.ana.person.taps_data(f"relay.send:{of.match_id}", asked)
    await of.nour.person.sees("For both")
    await of.ana.person.taps_data(f"relay.send:{other}", asked)
    await of.ana.sees("I have passed this on already, to somebody else.")
    await of.at.people["Omar"].person.sees_not("For both")
