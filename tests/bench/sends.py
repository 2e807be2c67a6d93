"""Messages per second, with Telegram's limit and without, and answers during a broadcast."""

from __future__ import annotations

import asyncio
import statistics
import time

from telegram import Bot

from bot.app import App
from bot.delivery.send import MOST_AT_ONCE
from bot.store import queues
from tests.bench import bots
from tests.bench.telegram import telegram

LIMIT, WARM = 30.0, 100
TALKERS = 10


async def at_the_limit(count: int) -> tuple[float, int]:
    """Messages a second of a broadcast under Telegram's limit, and how many got a 429."""
    async with telegram(limits=True) as there:
        chats = await there.people(count)
        async with bots.ours(there, LIMIT) as running:
            await bots.broadcast(running, chats, count)
            await there.until_answered(1)
            start = time.perf_counter()
            await there.until_answered(count)
            return (count - 1) / (time.perf_counter() - start), await there.refused()


async def ours(count: int) -> float:
    """Messages a second out of the outbox, each marked as delivered, without a limit."""
    async with telegram() as there:
        chats = await there.people(count + WARM)
        async with bots.ours(there) as running:
            await bots.broadcast(running, chats[:WARM], WARM)
            await there.until_answered(WARM)
            await bots.broadcast(running, chats[WARM:], count)
            done = await there.answered()
            start = time.perf_counter()
            await there.until_answered(count + WARM)
            await _all_marked(running)
            return (count + WARM - done) / (time.perf_counter() - start)


async def _all_marked(running: App) -> None:
    """Waits until every row is marked as delivered."""
    while True:
        async with running.store.read() as db:
            if (await queues.depths(db))["outbox waiting"][0] == 0:
                return
        await asyncio.sleep(0.005)


async def theirs(count: int) -> float:
    """Messages a second of telegram.Bot over its default httpx, as many at a time as ours."""
    async with telegram() as there:
        chats = await there.people(count + WARM)
        places = asyncio.Semaphore(MOST_AT_ONCE)
        async with Bot(there.token, base_url=f"{there.url}/bot") as bot:

            async def send(chat: int) -> None:
                async with places:
                    await bot.send_message(chat, "news")

            await asyncio.gather(*map(send, chats[:WARM]))
            start = time.perf_counter()
            await asyncio.gather(*map(send, chats[WARM:]))
            return count / (time.perf_counter() - start)


async def answers_meanwhile(rows: int, seconds: float) -> tuple[float, float, int]:
    """p50 and p99 in seconds of people's waits, and how many, while `rows` messages wait."""
    async with telegram(limits=True) as there:
        chats = await there.people(3000)
        await there.people(TALKERS)
        async with bots.ours(there, LIMIT) as running:
            await bots.broadcast(running, chats, rows)
            waits = await there.waits(seconds, TALKERS)
            hundredths = statistics.quantiles(waits, n=100)
            return hundredths[49], hundredths[98], len(waits)
