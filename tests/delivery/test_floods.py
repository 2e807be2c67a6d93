"""A flood from one account or one group: it does not come through, and nobody else feels it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from sqlalchemy import func, select, text

from bot.delivery.gate import Gate
from bot.delivery.receive import SECRET_HEADER
from bot.sandbox import Person
from bot.store.tables import inbox
from tests.conftest import KEYS
from tests.delivery.counter import Counting, counting, heard, states, until
from tests.play import free_address

A_SECOND, SECONDS = 100, 5
BURST = 40
MOST = BURST + 3 * SECONDS
"""A machine that is busy takes its time to send, and one more a second comes through in it."""
NOTED = 300 + 3 * SECONDS
"""Of so many that were dropped the numbers are noted, in rows that say of some at a time."""
TOO_FAST = "That was too fast for me"
SECRET = "a-secret-of-the-webhook"


@pytest.fixture
async def guarded(bot: Counting) -> Counting:
    """The counting bot with its limits, polling."""
    bot.app.receiver.gate = Gate()
    return bot


async def flood(each: Callable[[int], Awaitable[Any]]) -> None:
    """Does it 100 times a second."""
    loop, tasks = asyncio.get_running_loop(), []
    start = loop.time()
    for number in range(A_SECOND * SECONDS):
        await asyncio.sleep(max(0.0, start + number / A_SECOND - loop.time()))
        tasks.append(asyncio.ensure_future(each(number)))
    await asyncio.gather(*tasks)


async def waits(people: list[Person], rounds: int = 25) -> list[float]:
    """How long each of some people waits for an answer, in seconds, while they talk."""

    async def one(person: Person) -> list[float]:
        found = []
        for number in range(rounds):
            start = time.perf_counter()
            await person.says(f"{person.name} {number}")
            await person.sees(f"{person.name} {number}")
            found.append(time.perf_counter() - start)
            await asyncio.sleep(0.15)
        return found

    return sorted(wait for found in await asyncio.gather(*map(one, people)) for wait in found)


def p99(found: list[float]) -> float:
    return found[int(len(found) * 0.99)]


def unfelt(found: list[float], calm: list[float]) -> bool:
    """Whether they wait about as long as on the same machine without a flood."""
    print(f"\np99 of others: {p99(calm):.3f} s in calm, {p99(found):.3f} s in a flood")
    return p99(found) < 1.0 + 4 * p99(calm)


async def told(person: Person) -> int:
    """How often they were told that it was too fast."""
    return sum(TOO_FAST in each.text for each in await person.chat() if each.from_bot)


async def rows(bot: Counting) -> int:
    async with bot.app.store.read() as db:
        return int(await db.scalar(select(func.count()).select_from(inbox)))


async def test_a_flood_from_one_account_is_felt_by_nobody_else(guarded: Counting) -> None:
    people = [await guarded.person(name) for name in ("Ana", "Bo", "Cy", "Di")]
    mallory = await guarded.person("Mallory")
    calm = await waits(people, 10)
    _, found = await asyncio.gather(flood(lambda n: mallory.says(f"flood {n}")), waits(people, 20))
    assert unfelt(found, calm)
    taken = await heard(guarded.app.store, mallory.id)
    assert BURST <= len(taken) <= MOST
    assert await told(mallory) == 1
    assert [await told(each) for each in people] == [0] * 4
    assert [len(await heard(guarded.app.store, each.id)) for each in people] == [30] * 4
    assert await rows(guarded) <= len(taken) + 1 + 4 * 30 + NOTED, "nothing else of it is stored"
    assert guarded.app.receiver.gate.dropped == A_SECOND * SECONDS - len(taken)
    guarded.sandbox.clock.advance(timedelta(minutes=1))
    await mallory.says("calm again")
    await mallory.sees("calm again", timeout=60)


async def test_taps_are_limited_too(guarded: Counting) -> None:
    mallory = await guarded.person("Mallory")
    await mallory.says("/ask")
    message = await mallory.sees("pressed 0 times")
    await flood(lambda _n: mallory.taps_data("press:1", message))

    async def knows() -> bool:
        return await told(mallory) == 1

    await until(knows)
    assert await rows(guarded) <= 1 + MOST + 1
    assert guarded.calls("answerCallbackQuery") <= MOST, "nor do we call Telegram for each"


async def test_a_flood_in_a_group_is_not_felt_by_who_is_in_it(guarded: Counting) -> None:
    guarded.sandbox.world.profile.reads_all = True
    mallory, ana, bo = [await guarded.person(name) for name in ("Mallory", "Ana", "Bo")]
    chat = await mallory.founds("Talkative", ana, bo, kind="supergroup")
    await mallory.places_bot(chat, "member")
    each, calm = [mallory, ana], await waits([bo], 10)
    _, found = await asyncio.gather(
        flood(lambda n: each[n % 2].says(f"talk {n}", chat=chat)), waits([bo], 20)
    )
    assert unfelt(found, calm)
    assert await rows(guarded) <= 1 + MOST + 30
    assert [await told(one) for one in each] == [0, 0]
    assert [m for m in await ana.chat(chat=chat) if m.from_bot] == []
    await mallory.says("in my own chat")
    await mallory.sees("in my own chat")


async def test_what_a_human_sends_at_once_is_all_taken_in(guarded: Counting) -> None:
    ana = await guarded.person("Ana")
    for number in range(BURST):
        await ana.says(f"{number}")
    await ana.sees(f"{BURST - 1}", timeout=60)
    assert await heard(guarded.app.store) == [str(number) for number in range(BURST)]
    assert await told(ana) == 0


def update(id_: int, sent: float, chat: int = 5_100_009_999) -> dict[str, Any]:
    """A message sent at so many seconds since 1970."""
    sender = {"id": chat, "is_bot": False, "first_name": "Ana"}
    content = {"message_id": id_, "from": sender, "chat": {"id": chat, "type": "private"}}
    return {"update_id": id_, "message": content | {"date": int(sent), "text": f"{id_}"}}


async def test_what_came_over_hours_while_we_were_away_is_no_flood(guarded: Counting) -> None:
    now = guarded.sandbox.clock.unix()
    slowly = [update(n, now - 36_000 + 100 * n) for n in range(1, 301)]
    for at in range(0, 300, 100):
        await guarded.app.receiver.take_in(slowly[at : at + 100])
    await until(lambda: _heard(guarded, 300))


async def _heard(bot: Counting, many: int) -> bool:
    return len(await heard(bot.app.store)) == many


async def test_what_could_not_be_stored_does_not_count(guarded: Counting) -> None:
    now = guarded.sandbox.clock.unix()
    some = [update(n, now) for n in range(1, 31)]
    async with guarded.app.store.writer.begin() as connection:
        await connection.execute(text("ALTER TABLE inbox RENAME TO away"))
    for _ in range(5):
        with pytest.raises(Exception, match="inbox"):
            await guarded.app.receiver.take_in(some)
    async with guarded.app.store.writer.begin() as connection:
        await connection.execute(text("ALTER TABLE away RENAME TO inbox"))
    await guarded.app.receiver.take_in(some)
    await until(lambda: _heard(guarded, 30))


async def test_what_is_dropped_is_noted_whatever_telegram_brings_again(guarded: Counting) -> None:
    ana, now = await guarded.person("Ana"), guarded.sandbox.clock.unix()
    flood = [update(n, now, ana.id) for n in range(1, 61)]
    for gate in (Gate(), Gate(), guarded.app.receiver.gate):
        guarded.app.receiver.gate = gate
        await guarded.app.receiver.take_in(flood)
        guarded.sandbox.clock.advance(timedelta(seconds=5))
        await guarded.app.receiver.take_in([update(61, now + 5, ana.id)])
        await until(lambda: _settled(guarded))
        async with guarded.app.store.read() as db:
            found = await db.rows(select(inbox.c.id, inbox.c.message_id).order_by(inbox.c.id))
        told = [(-61, None)]
        assert [(row.id, row.message_id) for row in found] == told + [(n, n) for n in range(1, 62)]
    assert len(await heard(guarded.app.store)) == BURST + 1


async def test_a_flood_by_webhook(database: str) -> None:
    where = free_address()
    hook = {"webhook_url": f"http://{where}", "webhook_secret": SECRET, "listen": where}
    async with counting(database, KEYS, **hook) as bot:
        bot.app.receiver.gate = Gate()
        there = await bot.person("Mallory")
        await there.says("first")
        now = bot.sandbox.clock.unix()
        async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as session:

            async def posts(number: int) -> None:
                body = json.dumps(update(number + 1, now + number / A_SECOND, there.id))
                async with session.post(f"http://{where}/telegram", data=body) as answer:
                    assert answer.status == 200, "or Telegram would bring it again and again"

            ana = await bot.person("Ana")
            calm = await waits([ana], 10)
            _, found = await asyncio.gather(flood(posts), waits([ana], 20))
        assert unfelt(found, calm)
        assert BURST <= len(await heard(bot.app.store, there.id)) <= MOST
        await until(lambda: _settled(bot))


async def _settled(bot: Counting) -> bool:
    return set(await states(bot.app.store)) == {"done"}
