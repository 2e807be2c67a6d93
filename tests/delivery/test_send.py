"""The outbox to Telegram: what goes first, and what becomes of what Telegram refuses."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.delivery.work import put
from bot.domain.replies import Command, Plain, Priority, Say, Text
from bot.sandbox.limits import Bucket
from bot.store import people, queues
from tests.delivery.counter import Counting, out, person_row, states, until
from tests.delivery.test_work import answers


async def queue(bot: Counting, *waiting: tuple[int, str, Priority]) -> None:
    """Has texts wait for people, given by Telegram id."""
    now = bot.sandbox.clock.now()
    async with bot.app.store.begin() as db:
        lines = []
        for telegram_id, text, priority in waiting:
            person = await people.met(db, telegram_id, "en", now)
            lines.append((Say(person.id, Plain(text), priority=priority), None))
        await put(db, lines, now)
    bot.app.sender.wake.set()


async def known(bot: Counting, name: str) -> Any:
    """Somebody who has opened the bot's chat."""
    person = await bot.person(name)
    await person.says("hello")
    await person.sees("hello")
    return person


def sent_texts(bot: Counting) -> list[str]:
    """The texts Telegram was given, in their order."""
    calls = bot.sandbox.world.journal.after(0)
    return [c["params"]["text"] for c in calls if c["method"] == "sendMessage"]


async def test_answers_go_before_reminders_and_those_before_broadcasts(bot: Counting) -> None:
    everybody = [await known(bot, f"Person {number}") for number in range(9)]
    bot.app.sender.pace.a_second = 20
    bot.app.sender.pace.__post_init__()
    order = [Priority.BROADCAST, Priority.REMINDER, Priority.ANSWER] * 3
    texts = [(each.id, p.name, p) for each, p in zip(everybody, order, strict=True)]
    await queue(bot, *texts)
    await until(lambda: _delivered(bot, 18))
    assert sent_texts(bot)[9:] == ["ANSWER"] * 3 + ["REMINDER"] * 3 + ["BROADCAST"] * 3


async def _delivered(bot: Counting, count: int) -> bool:
    return (await states(bot.app.store, queues.outbox)).get("sent", 0) >= count


async def test_a_pressed_button_rewrites_its_message(bot: Counting) -> None:
    ana = await bot.person("Ana")
    await ana.says("/ask")
    await ana.sees("pressed 0 times")
    await ana.taps("press")
    await ana.sees("pressed 1 times")
    assert len([m for m in await ana.chat() if m.from_bot]) == 1


async def test_a_vanished_message_is_written_anew(bot: Counting) -> None:
    ana = await bot.person("Ana")
    await ana.says("/ask")
    asked = await ana.sees("pressed 0 times")

    await bot.faults(delay_min=0.3)
    await ana.taps("press")
    bot.sandbox.world.chats[ana.id].messages.pop(asked.id)
    await bot.faults()
    new = await ana.sees("pressed 1 times")
    assert new.id > asked.id
    assert bot.calls("editMessageText", 400) == 1


async def test_who_blocks_the_bot_is_not_written_to_until_they_come_back(bot: Counting) -> None:
    ana = await known(bot, "Ana")
    await bot.faults(delay_min=0.3)
    await ana.says("/many 5")
    bot.sandbox.world.people[ana.id].blocked = True
    await until(lambda: _unreachable(bot, ana.id))
    await bot.faults()
    rows = await out(bot.app.store)
    assert {row.state for row in rows[1:]} == {"blocked"}
    assert {row.payload for row in rows} == {None}
    assert bot.calls("sendMessage", 403) == 1
    bot.sandbox.world.people[ana.id].blocked = False
    await ana.says("back")
    await ana.sees("back")
    assert (await person_row(bot.app.store, ana.id)).state == "here"


async def _unreachable(bot: Counting, telegram_id: int) -> bool:
    return bool((await person_row(bot.app.store, telegram_id)).state == "unreachable")


async def test_blocking_and_unblocking_is_noticed(bot: Counting) -> None:
    ana = await known(bot, "Ana")
    await ana.blocks()
    await until(lambda: _unreachable(bot, ana.id))
    await ana.unblocks()

    async def here() -> bool:
        return not await _unreachable(bot, ana.id)

    await until(here)


async def test_a_429_waits_as_long_as_told(bot: Counting) -> None:
    ana, bob = await known(bot, "Ana"), await known(bot, "Bob")
    clock = asyncio.get_running_loop().time
    flood = bot.sandbox.world.flood
    flood.enabled = True
    flood._chats[ana.id] = Bucket(rate=0.5, capacity=1, now=clock())
    flood._chats[ana.id].tokens = 0
    start = clock()
    await ana.says("patience")
    await until(lambda: _refused(bot))
    await bob.says("meanwhile")
    await bob.sees("meanwhile", timeout=1)
    await ana.sees("patience")
    assert 2.0 <= clock() - start < 3.5
    assert bot.calls("sendMessage", 429) == 1


async def _refused(bot: Counting) -> bool:
    return bot.calls("sendMessage", 429) > 0


async def test_trouble_on_the_way_repeats_but_loses_nothing(bot: Counting) -> None:
    ana = await known(bot, "Ana")
    await bot.faults(share_5xx=0.3, share_cut=0.3, seed=3)
    await ana.says("/many 10")
    await until(lambda: _delivered(bot, 11), 60)
    await bot.faults()
    numbers = [m.text for m in await ana.chat() if m.from_bot][1:]
    assert list(dict.fromkeys(numbers)) == [str(n) for n in range(10)]


async def test_what_was_delivered_is_blanked(bot: Counting) -> None:
    ana = await known(bot, "Ana")
    await until(lambda: _delivered(bot, 1))
    (row,) = await out(bot.app.store)
    assert (row.state, row.payload) == ("sent", None)
    assert row.message_id == (await ana.last()).id
    assert row.sent_at is not None


async def test_a_message_that_is_refused_or_broken_holds_up_nothing(bot: Counting) -> None:
    ana = await known(bot, "Ana")
    params = {"chat_id": ana.id}
    calls = [
        {"method": "sendMessage", "params": params | {"text": ""}},
        {"method": "sendMessage", "params": params | {"text": "<b>x", "parse_mode": "HTML"}},
        {"method": "sendDocument", "params": params, "files": {"document": ["a", "!"]}},
        {"method": "sendMessage", "params": {"text": "to nobody"}},
        {"method": "sendDocument", "params": params, "files": {"document": ["a", "x"]}},
        {"method": "sendMessage", "params": params | {"text": "\ud800 half a letter"}},
        {"method": "sendMessage", "params": params | {"text": "the last"}},
    ]
    chat = bot.app.store.keys.queued(ana.id)
    rows = [
        {"chat": chat, "person_id": None, "priority": 0, "payload": each, "key": ""}
        for each in calls
    ]
    async with bot.app.store.begin() as db:
        await queues.put(db, rows, bot.sandbox.clock.now())
    bot.app.sender.wake.set()
    await ana.sees("the last")
    await until(lambda: _delivered(bot, 2))
    assert (await states(bot.app.store, queues.outbox))["failed"] >= 5


async def test_menus_of_many_do_not_wait_for_each_other(bot: Counting) -> None:
    """Each goes at the pace of its own chat: who hides at a moment of danger is not alone."""
    bot.app.sender.pace.burst, before = 2, bot.calls("setMyCommands", 200)
    everybody = [await known(bot, f"Person {number}") for number in range(20)]
    async with bot.app.store.begin() as db:
        met = [await people.met(db, each.id, "en", bot.sandbox.clock.now()) for each in everybody]
        menu = (Command("start", Text("Begin")),)
        said = [(Say(each.id, "", menu=menu), None) for each in met]
        await put(db, said, bot.sandbox.clock.now())
    bot.app.sender.wake.set()

    async def all_there() -> bool:
        return bot.calls("setMyCommands", 200) >= 20 + before

    await until(all_there, 5)


async def test_a_key_is_said_once(bot: Counting) -> None:
    ana = await known(bot, "Ana")
    now = bot.sandbox.clock.now()
    for text in ("first", "second"):
        async with bot.app.store.begin() as db:
            person = await people.met(db, ana.id, "en", now)
            await put(db, [(Say(person.id, Plain(text), key="once"), None)], now)
    bot.app.sender.wake.set()
    assert await answers(ana, 2) == ["hello", "first"]
    await ana.sees_not("second")
