"""What an operator sees on `/health` and `/metrics`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest

from bot.store.tables import outbox
from tests.conftest import KEYS
from tests.delivery.counter import Counting, counting, states, until
from tests.play import free_address


@pytest.fixture
async def watched(database: str) -> AsyncIterator[tuple[Counting, str]]:
    """The counting bot with an address to watch it at."""
    where = free_address()
    async with counting(database, KEYS, listen=where) as bot:
        yield bot, f"http://{where}"


async def read(url: str) -> tuple[int, str]:
    """A page."""
    async with aiohttp.request("GET", url) as answer:
        return answer.status, await answer.text()


async def health(url: str) -> tuple[int, dict[str, object]]:
    """What `/health` says."""
    async with aiohttp.request("GET", f"{url}/health") as answer:
        return answer.status, await answer.json()


async def test_health_tells_of_the_last_poll_and_the_queues(watched: tuple[Counting, str]) -> None:
    bot, url = watched
    ana = await bot.person("Ana")
    await ana.says("hello")
    await ana.sees("hello")

    async def settled() -> bool:
        return (await states(bot.app.store, outbox)) == {"sent": 1}

    await until(settled)
    status, state = await health(url)
    empty = {"count": 0, "oldest": 0.0}
    assert (status, state["ok"]) == (200, True)
    assert bot.app.receiver.last_good is not None
    assert state["last_poll"] == bot.app.receiver.last_good.isoformat()
    queues = ("inbox waiting", "inbox parked", "outbox waiting", "outbox parked")
    assert state["queues"] == dict.fromkeys(queues, empty)


async def test_health_is_503_when_telegram_has_been_silent(watched: tuple[Counting, str]) -> None:
    bot, url = watched

    async def healthy() -> bool:
        return (await health(url))[0] == 200

    await until(healthy)
    await bot.faults(share_429=1)
    ana = await bot.person("Ana")
    await ana.says("hello")

    async def failing() -> bool:
        return bot.calls("getUpdates", 429) > 0

    await until(failing)
    bot.sandbox.clock.advance(timedelta(minutes=3))
    assert (await health(url))[0] == 503


async def test_a_message_that_waits_shows_its_age(watched: tuple[Counting, str]) -> None:
    bot, url = watched
    ana = await bot.person("Ana")
    await ana.says("hello")
    await ana.sees("hello")
    await bot.faults(share_5xx=1)
    await ana.says("boom")
    await bot.app.receiver.take_in([{"update_id": 5, "message": {}}])

    async def parked() -> bool:
        bot.sandbox.clock.advance(timedelta(seconds=10))
        state = (await health(url))[1]["queues"]
        return isinstance(state, dict) and state["inbox parked"]["oldest"] > 10

    await until(parked)


async def test_metrics_are_for_prometheus(watched: tuple[Counting, str]) -> None:
    bot, url = watched
    ana = await bot.person("Ana")
    await ana.says("/many 3")
    await ana.sees("2")

    async def counted() -> bool:
        return 'proxeny_messages{fate="delivered"} 3.0' in (await read(f"{url}/metrics"))[1]

    await until(counted)
    status, page = await read(f"{url}/metrics")
    assert status == 200
    assert 'proxeny_queue_rows{queue="inbox waiting"} 0.0' in page
    assert "proxeny_up 1.0" in page
    assert "proxeny_updates_dropped 0.0" in page
