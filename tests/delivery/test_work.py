"""One update, one transaction: order, repeats, and what becomes of a turn that fails."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.sandbox import Person
from bot.store import people, queues, written
from bot.store.tables import inbox
from tests.conftest import KEYS, fresh_schema
from tests.delivery.counter import Counting, counting, heard, out, states, until


async def speaks(person: Person, count: int) -> None:
    """Says numbers, one after the other, without waiting for answers."""
    for number in range(count):
        await person.says(str(number))


async def answers(person: Person, count: int, timeout: float = 20) -> list[str]:
    """The bot's messages, once there are so many."""
    end = time.monotonic() + timeout
    while len(found := [m.text for m in await person.chat() if m.from_bot]) < count:
        assert time.monotonic() < end, found
        await asyncio.sleep(0.05)
    return found


async def test_each_chat_is_worked_and_answered_in_order(bot: Counting) -> None:
    ana, bob = await bot.person("Ana"), await bot.person("Bob")
    await asyncio.gather(speaks(ana, 30), speaks(bob, 30))
    numbers = [str(number) for number in range(30)]
    assert await answers(ana, 30) == numbers
    assert await answers(bob, 30) == numbers
    assert await heard(bot.app.store, ana.id) == numbers
    assert await heard(bot.app.store, bob.id) == numbers


async def test_repeated_and_shuffled_updates_change_nothing(bot: Counting) -> None:
    await bot.faults(repeat=0.5, shuffle=True)
    ana = await bot.person("Ana")
    await speaks(ana, 40)
    numbers = [str(number) for number in range(40)]
    assert await answers(ana, 40) == numbers
    assert await heard(bot.app.store) == numbers
    assert await states(bot.app.store) == {"done": 40}


async def test_an_update_that_was_worked_long_ago_changes_nothing(bot: Counting) -> None:
    ana = await bot.person("Ana")
    await ana.says("once")
    await ana.sees("once")
    first = bot.sandbox.world.updates
    again = {"update_id": 100_000_001, "message": {"message_id": 1, "text": "again"}}
    first.queue.append(again)
    await ana.says("twice")
    await ana.sees("twice")
    assert await heard(bot.app.store) == ["once", "twice"]


async def test_a_turn_that_fails_is_rolled_back_tried_again_and_parked(bot: Counting) -> None:
    ana = await bot.person("Ana")
    await ana.says("boom")
    await ana.says("after it")
    for seconds in (2, 6):
        await asyncio.sleep(0.3)
        assert await heard(bot.app.store) == []
        bot.sandbox.clock.advance(timedelta(seconds=seconds))
        bot.app.worker.wake.set()
    assert await answers(ana, 2) == [
        "Something went wrong on our side, and your last message was not used. "
        "Please try again in a while.",
        "after it",
    ]
    assert await heard(bot.app.store) == ["after it"]
    assert await states(bot.app.store) == {"done": 1, "parked": 1}
    theirs = {each.id for each in await ana.chat() if not each.from_bot}
    assert theirs <= set(await in_chat(bot, ana)), "what was parked goes when the chat is emptied"


async def in_chat(bot: Counting, person: Person) -> list[int]:
    """What `/quick` finds of somebody's chat."""
    async with bot.app.store.read() as db:
        me = await people.by_telegram_id(db, person.id)
        assert me
        return await written.in_chat(db, me.id, bot.sandbox.clock.now() - timedelta(days=1))


async def test_what_cannot_be_read_goes_when_the_chat_is_emptied(bot: Counting) -> None:
    ana = await bot.person("Ana")
    await ana.says("hello")
    await ana.sees("hello")
    who = {"id": ana.id, "is_bot": False}
    odd = {"message_id": 777, "from": who, "chat": {"id": ana.id, "type": "private"}, "text": 5}
    await bot.app.receiver.take_in([{"update_id": 9_999_999, "message": odd}])

    async def found() -> bool:
        return 777 in await in_chat(bot, ana)

    await until(found)
    assert await states(bot.app.store) == {"done": 1, "parked": 1}


async def test_a_chat_that_fails_holds_up_no_other(bot: Counting) -> None:
    everybody = [await bot.person(f"Person {number}") for number in range(12)]
    for number, person in enumerate(everybody):
        await person.says("boom" if number % 4 == 0 else "hello")
    for number, person in enumerate(everybody):
        if number % 4:
            await person.sees("hello", timeout=5)
    assert await heard(bot.app.store) == ["hello"] * 9


@pytest.mark.postgres
async def test_a_slow_turn_holds_up_no_other_chat(postgres: str) -> None:
    database = await asyncio.to_thread(fresh_schema, postgres)
    async with counting(database, KEYS) as bot:
        ana, bob = await bot.person("Ana"), await bot.person("Bob")
        await bob.says("hello")
        await bob.sees("hello")
        await ana.says("slow")
        await asyncio.sleep(0.2)
        await bob.says("still there")
        await bob.sees("still there", timeout=1.5)
        assert await heard(bot.app.store, ana.id) == []
        await ana.sees("slow")


async def test_turns_that_share_a_transaction_are_whole_or_not_at_all(bot: Counting) -> None:
    """Ten updates come in at once, so that they are worked together; one of them fails."""
    store, sandbox = bot.app.store, bot.sandbox
    chats = [(await bot.person(f"Person {number}")).id for number in range(10)]
    updates = [
        {
            "update_id": number,
            "message": {
                "message_id": number + 1,
                "from": {"id": chat, "is_bot": False, "first_name": "P"},
                "chat": {"id": chat, "type": "private"},
                "text": "boom" if number == 4 else f"hello {number}",
            },
        }
        for number, chat in enumerate(chats)
    ]
    await bot.app.receiver.take_in(updates)

    async def settled() -> bool:
        sandbox.clock.advance(timedelta(seconds=3))
        bot.app.worker.wake.set()
        return await states(store) == {"done": 9, "parked": 1}

    await until(settled)
    assert sorted(await heard(store)) == [f"hello {n}" for n in range(10) if n != 4]
    assert len(await out(store)) == 10


async def test_an_update_of_no_known_shape_is_parked_at_once(bot: Counting) -> None:
    strange = {"update_id": 7, "message": {"message_id": "x", "chat": {"id": 1, "type": "private"}}}
    await bot.app.receiver.take_in(
        [strange | {"message": strange["message"] | {"from": {"id": 1}}}]
    )

    async def parked() -> bool:
        return await states(bot.app.store) == {"parked": 1}

    await until(parked)
    ana = await bot.person("Ana")
    await ana.says("hello")
    await ana.sees("hello")


async def test_what_was_put_aside_goes_after_a_month_and_what_waits_does_not(bot: Counting) -> None:
    now = bot.sandbox.clock.now()
    async with bot.app.store.begin() as db:
        for at, (state, days) in enumerate((("parked", 31), ("parked", 29)), 1):
            received = now - timedelta(days=days)
            await db.add(
                inbox, id=at, seq=at, chat="x", payload={}, state=state, received_at=received
            )
    await bot.app.ticker._sweep()
    bot.app.ticker._swept = None
    await bot.app.ticker._sweep()
    async with bot.app.store.read() as db:
        assert [row.id for row in await db.rows(select(inbox.c.id))] == [2]


async def test_what_was_worked_is_blanked(bot: Counting) -> None:
    ana = await bot.person("Ana")
    await ana.says("a secret")
    await ana.sees("a secret")
    async with bot.app.store.read() as db:
        (row,) = await db.rows(select(inbox))
    assert (row.state, row.payload) == ("done", None)
    async with bot.app.store.begin() as db:
        later = bot.sandbox.clock.now() + timedelta(days=1)
        await queues.forget_before(db, later, later)
    assert await states(bot.app.store) == {}
