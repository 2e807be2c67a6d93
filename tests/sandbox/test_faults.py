"""Trouble on demand, flood limits, webhooks and the clock."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
import telegram
from aiohttp import web

from bot.sandbox import Door, Person, Sandbox
from bot.sandbox.limits import Bucket, Flood
from bot.sandbox.shapes import RefusedError


async def started(sandbox: Sandbox, name: str = "Ana") -> Person:
    """A person who started the bot."""
    person = await Person.create(sandbox.url, name)
    await person.says("/start")
    return person


async def post(sandbox: Sandbox, path: str, given: dict[str, Any]) -> dict[str, Any]:
    """One call of the control API."""
    async with aiohttp.request("POST", sandbox.url + path, json=given) as response:
        result: dict[str, Any] = await response.json()
        return result


class TestFaults:
    """The planned share of calls fails, half of them after they took effect."""

    async def outcomes(self, sandbox: Sandbox, bot: telegram.Bot, n: int) -> Counter[str]:
        ana = await started(sandbox)
        found: Counter[str] = Counter()
        for number in range(n):
            try:
                await bot.send_message(ana.id, str(number))
                found["fine"] += 1
            except telegram.error.TelegramError as error:
                found[type(error).__name__] += 1
        await post(sandbox, "/faults", {})
        found["seen"] = len(await ana.chat()) - 1
        return found

    async def test_5xx(self, sandbox: Sandbox, bot: telegram.Bot) -> None:
        await post(sandbox, "/faults", {"share_5xx": 0.5, "seed": 1})
        found = await self.outcomes(sandbox, bot, 100)
        assert found["fine"] + found["NetworkError"] == 100
        assert 35 < found["NetworkError"] < 65
        assert found["fine"] + 10 < found["seen"] < 95

    async def test_cut_connections(self, sandbox: Sandbox, bot: telegram.Bot) -> None:
        await post(sandbox, "/faults", {"share_cut": 1, "seed": 1})
        found = await self.outcomes(sandbox, bot, 30)
        assert found["NetworkError"] == 30
        assert 5 < found["seen"] < 25

    async def test_429(self, sandbox: Sandbox, api: Any) -> None:
        ana = await started(sandbox)
        await post(sandbox, "/faults", {"share_429": 1, "retry_after": 7})
        answer = await api("sendMessage", chat_id=ana.id, text="x")
        assert answer == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 7",
            "parameters": {"retry_after": 7},
        }

    async def test_delays(self, sandbox: Sandbox, bot: telegram.Bot) -> None:
        await post(sandbox, "/faults", {"delay_min": 0.2, "delay_max": 0.3})
        begun = asyncio.get_running_loop().time()
        await bot.get_me()
        assert 0.2 <= asyncio.get_running_loop().time() - begun < 1

    async def test_the_same_seed_brings_the_same_trouble(
        self, sandbox: Sandbox, bot: telegram.Bot
    ) -> None:
        plan = {"share_5xx": 0.3, "share_cut": 0.1, "seed": 5}
        found = []
        for _ in range(2):
            await post(sandbox, "/faults", plan)
            found.append(await self.outcomes(sandbox, bot, 30))
        assert found[0] == found[1]

    async def test_updates_repeated_and_shuffled(self, sandbox: Sandbox, api: Any) -> None:
        ana = await started(sandbox)
        for number in range(9):
            await ana.says(str(number))
        await post(sandbox, "/faults", {"repeat": 1, "shuffle": True})
        ids = [update["update_id"] for update in (await api("getUpdates"))["result"]]
        assert sorted(ids) == sorted([*set(ids), *set(ids)])
        assert len(set(ids)) == 10
        assert ids != sorted(ids)


class TestLimits:
    """Telegram's rates, on real time."""

    def test_a_bucket_refills(self) -> None:
        bucket = Bucket(rate=2, capacity=4, now=0)
        assert bucket.wait(0, 4) == 0
        bucket.tokens -= 4
        assert bucket.wait(0, 1) == 0.5
        assert bucket.wait(0.5, 1) == 0
        assert bucket.wait(60, 4) == 0

    def test_thirty_a_second_over_all(self) -> None:
        flood = Flood()
        for chat_id in range(1, 31):
            flood.spend(chat_id)
        with pytest.raises(RefusedError, match="Too Many Requests: retry after 1"):
            flood.spend(31)
        flood.spend(31, paid=True)

    @pytest.mark.parametrize(("chat_id", "retry_after"), [(7, 1), (-7, 3)])
    def test_twenty_at_once_in_one_chat(self, chat_id: int, retry_after: int) -> None:
        flood = Flood(paid=True)
        for _ in range(20):
            flood.spend(chat_id)
        with pytest.raises(RefusedError) as refused:
            flood.spend(chat_id)
        assert refused.value.parameters == {"retry_after": retry_after}

    async def test_over_http(self) -> None:
        sandbox = await Sandbox.start(page=False)
        base = f"{sandbox.url}/bot"
        ana = await started(sandbox)
        async with telegram.Bot(sandbox.token, base_url=base) as bot:
            for number in range(20):
                await bot.send_message(ana.id, str(number))
            with pytest.raises(telegram.error.RetryAfter) as refused:
                await bot.send_message(ana.id, "one too many")
            assert refused.value._retry_after == timedelta(seconds=1)
        assert len(await ana.chat()) == 21
        await sandbox.stop()


class Receiver:
    """A webhook that answers with the statuses it is told, then 200."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.got: asyncio.Queue[tuple[str, str | None]] = asyncio.Queue()

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.got.put_nowait((update["message"]["text"], secret))
        return web.Response(status=status)

    async def has(self, n: int) -> list[tuple[str, str | None]]:
        """The next `n` texts and secrets that came."""
        async with asyncio.timeout(10):
            return [await self.got.get() for _ in range(n)]


@pytest.fixture
async def receiver() -> AsyncIterator[tuple[Receiver, str]]:
    """A webhook receiver and its address."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield receiver, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


class TestWebhook:
    """Updates are pushed in order, with the secret, until the bot says 200."""

    async def test_pushes_in_order_and_tries_again(
        self, sandbox: Sandbox, bot: telegram.Bot, receiver: tuple[Receiver, str]
    ) -> None:
        hook, address = receiver
        ana = await Person.create(sandbox.url, "Ana")
        await ana.says("before")
        hook.statuses = [500, 404]
        await bot.set_webhook(address, secret_token="s3cret")
        await ana.says("after")
        assert await hook.has(2) == [("before", "s3cret"), ("after", "s3cret")]
        info = await bot.get_webhook_info()
        assert (info.url, info.pending_update_count) == (address, 0)
        assert info.last_error_message == "Wrong response from the webhook: 404 Not Found"

    async def test_pending_updates_can_be_dropped(
        self, sandbox: Sandbox, bot: telegram.Bot, receiver: tuple[Receiver, str]
    ) -> None:
        hook, address = receiver
        ana = await Person.create(sandbox.url, "Ana")
        await ana.says("dropped")
        await bot.set_webhook(address, drop_pending_updates=True)
        await ana.says("pushed")
        assert await hook.has(1) == [("pushed", None)]
        await bot.delete_webhook()
        await ana.says("polled")
        [update] = await bot.get_updates(timeout=5)
        assert update.message
        assert update.message.text == "polled"

    @pytest.mark.parametrize(
        ("params", "description"),
        [
            ({"url": "http://example.org"}, "bad webhook: An HTTPS URL must be provided"),
            ({"url": "https://e.org", "secret_token": "ü"}, "secret token contains unallowed"),
        ],
    )
    async def test_refusals(self, refusal: Any, params: dict[str, str], description: str) -> None:
        assert description in await refusal("setWebhook", **params)


class TestClock:
    """Time passes as it does, and faster when it is told to."""

    async def test_moving(self, sandbox: Sandbox) -> None:
        moved = []
        stop = sandbox.clock.subscribe(lambda: moved.append(sandbox.clock.now()))
        clock = await post(sandbox, "/clock", {"advance": 86_400})
        assert clock["offset"] == 86_400
        assert abs(moved[0] - datetime.now(UTC) - timedelta(days=1)) < timedelta(seconds=5)
        stop()
        there = datetime(2031, 5, 6, tzinfo=UTC)
        clock = await post(sandbox, "/clock", {"to": there.isoformat()})
        assert abs(datetime.fromisoformat(clock["now"]) - there) < timedelta(seconds=5)
        assert len(moved) == 1

    async def test_messages_bear_its_time(self, sandbox: Sandbox, bot: telegram.Bot) -> None:
        ana = await started(sandbox)
        sandbox.clock.advance(timedelta(days=3))
        sent = await bot.send_message(ana.id, "x")
        assert abs(sent.date - sandbox.clock.now()) < timedelta(seconds=5)

    async def test_jumping_to_what_is_due(self, sandbox: Sandbox) -> None:
        due = [sandbox.clock.now() + timedelta(hours=5)]
        woken = []

        async def next_due() -> datetime | None:
            return due[0] if due else None

        async def on_clock() -> None:
            woken.append(sandbox.clock.now() >= due.pop())

        sandbox.next_due, sandbox.on_clock = next_due, on_clock
        clock = await post(sandbox, "/clock", {"next": True})
        assert (woken, clock["next"]) == ([True], None)

    async def test_the_page_hears_of_it(self, sandbox: Sandbox, http: Any) -> None:
        sandbox.doors = [Door("North", "abc")]
        async with http.get(f"{sandbox.url}/state") as response:
            state = await response.json()
        assert state["doors"] == [{"label": "North", "payload": "abc"}]
        query = {"after": state["version"], "wait": 10}
        waiting = asyncio.create_task(http.get(f"{sandbox.url}/state", params=query))
        await asyncio.sleep(0.1)
        sandbox.clock.advance(timedelta(hours=1))
        response = await asyncio.wait_for(waiting, 2)
        assert (await response.json())["clock"]["offset"] == 3600
