"""A broadcast through a Telegram that refuses and breaks off: none lost, and answers stay quick."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.domain.replies import Priority
from bot.sandbox import Person
from bot.sandbox.faults import Plan
from bot.store.tables import outbox
from tests.conftest import KEYS
from tests.delivery.counter import Counting, counting, states, until
from tests.delivery.test_pace import _known
from tests.delivery.test_send import queue

PEOPLE = 10
TROUBLE = Plan(share_429=0.15, share_5xx=0.15, retry_after=1, seed=11)


async def quick(person: Person, stop: asyncio.Event) -> list[float]:
    """Seconds this person waits for each answer while they talk."""
    waits: list[float] = []
    while not stop.is_set():
        text = f"question {len(waits)}"
        start = time.monotonic()
        await person.says(text)
        await person.sees(text, timeout=30)
        waits.append(time.monotonic() - start)
        await asyncio.sleep(1.5)
    return waits


def received(bot: Counting, chats: list[int]) -> Counter[str]:
    """How many got the broadcast how often."""
    texts: Counter[str] = Counter()
    for chat in chats:
        got = [m.text for m in bot.sandbox.world.chats[chat].messages.values() if m.by_bot]
        texts["lost"] += got.count("news") == 0
        texts["repeated"] += max(0, got.count("news") - 1)
    return texts


async def goes_through(folder: Path, count: int, percent: int) -> None:
    """`count` messages while a third of all calls fails; so many of the answers come in 2 s."""
    async with counting(f"sqlite:///{folder}/test.db", KEYS, paid_broadcast=False) as bot:
        chats = await _known(bot, count)
        people = [await bot.person(f"Person {n}") for n in range(PEOPLE)]
        await queue(bot, *[(chat, "news", Priority.BROADCAST) for chat in chats])
        bot.sandbox.world.faults.follow(TROUBLE)
        stop = asyncio.Event()
        talks = [asyncio.create_task(quick(person, stop)) for person in people]

        async def sent() -> bool:
            return (await states(bot.app.store, outbox)).get("waiting", 0) < 10

        await until(sent, 60 + count / 10)
        stop.set()
        waits = [wait for waited in await asyncio.gather(*talks) for wait in waited]
        bot.sandbox.world.faults.follow(Plan())

        async def all_sent() -> bool:
            return set(await states(bot.app.store, outbox)) == {"sent"}

        await until(all_sent, 60)
        counts = received(bot, chats)
        slowest = statistics.quantiles(waits, n=100)[percent - 1]
        print(f"\n{count} messages: {counts}; {len(waits)} answers, p{percent} {slowest:.2f} s")
        assert counts["lost"] == 0
        assert slowest < 2.0


@pytest.mark.timeout(110)
async def test_two_hundred_messages_through_trouble(tmp_path: Path) -> None:
    await goes_through(tmp_path, 200, 90)  # there are few


@pytest.mark.soak
@pytest.mark.timeout(400)
async def test_two_thousand_messages_through_trouble(tmp_path: Path) -> None:
    await goes_through(tmp_path, 2000, 95)
