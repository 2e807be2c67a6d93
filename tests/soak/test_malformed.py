"""Updates that are none: the bot goes on, and neither a name nor the token gets into its log."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog

from bot import logs
from bot.delivery.receive import SECRET_HEADER
from tests.conftest import KEYS
from tests.delivery.counter import Counting, counting, states, until
from tests.play import free_address

NAME = "Scheherazade"
SECRET = "the-secret-of-the-webhook"
KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "chat_join_request")
JUNK: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 7, 2**31, 2**63, 2**64, -(2**70), 10**300, 1.5, -0.0),
    *(float("nan"), float("inf"), "", "x", NAME, "\x00", "\ud800", "\u202e" + NAME, "é" * 5000),
    *("/", "/start@", "/\n", ":", "go:", "go:start", "press:" + "9" * 40, "<b>" + NAME),
    *([], [[]], [None], {}, {"id": {}}, {"": ""}, [{"id": 1}] * 50, {"type": "private"}),
)


def fit(choose: random.Random) -> dict[str, Any]:
    """The content of an update as it should be."""
    chat = {"id": choose.randint(1, 2**40), "type": "private", "first_name": NAME}
    sender = chat | {"is_bot": False, "last_name": NAME, "language_code": "en"}
    message = {"message_id": 5, "date": 1, "from": sender, "chat": chat, "text": NAME}
    match choose.choice(KINDS):
        case "callback_query":
            query = {"id": "77", "from": sender, "message": message, "data": "press:1"}
            return {"callback_query": query}
        case "my_chat_member":
            member = {"user": sender, "status": "member"}
            return {"my_chat_member": {"chat": chat, "from": sender, "new_chat_member": member}}
        case kind:
            place = {"latitude": 38.0, "longitude": 23.7}
            return {kind: message | choose.choice(({}, {"location": place}, {"sticker": {}}))}


def nested(depth: int) -> Any:
    """Lists in lists."""
    content: Any = NAME
    for _ in range(depth):
        content = [content]
    return content


def spoiled(content: Any, choose: random.Random) -> Any:
    """The same with something in it gone, or of another kind, somewhere."""
    if not isinstance(content, dict) or not content or choose.random() < 0.15:
        return nested(choose.randint(50, 400)) if choose.random() < 0.1 else choose.choice(JUNK)
    name = choose.choice(list(content))
    if choose.random() < 0.25:
        return {key: value for key, value in content.items() if key != name}
    return content | {name: spoiled(content[name], choose)}


def malformed(count: int) -> list[dict[str, Any]]:
    """Updates with ids, each with one to three faults in it."""
    choose = random.Random(count)
    made = []
    for number in range(count):
        content = fit(choose)
        for _ in range(choose.randint(1, 3)):
            content = spoiled(content, choose)
        content = content if isinstance(content, dict) else {choose.choice(KINDS): content}
        made.append({"update_id": 1000 + number} | content)
    return made


def listening() -> io.StringIO:
    """What is logged from now on, with the bot's own set-up of the log."""
    logs.start("debug", [])
    heard = io.StringIO()
    logging.getLogger().handlers[0].setStream(heard)  # type: ignore[attr-defined]
    return heard


async def goes_on(bot: Counting, heard: io.StringIO, count: int) -> None:
    """Everything is settled, a person is answered, and the log tells of no one."""

    async def settled() -> bool:
        bot.sandbox.clock.advance(timedelta(seconds=5))
        bot.app.worker.wake.set()
        return "waiting" not in await states(bot.app.store)

    await until(settled, 60)
    ana = await bot.person("Ana")
    await ana.says("still there?")
    await ana.sees("still there?", timeout=20)
    found = await states(bot.app.store)
    print(f"\n{count} malformed: {found}")
    assert found["parked"] > count / 10
    assert sum(found.values()) > count * 0.98
    text = heard.getvalue()
    assert NAME not in text
    assert bot.sandbox.token not in text
    assert bot.sandbox.token.partition(":")[2] not in text
    assert "Traceback" not in text


async def by_polling(folder: Path, count: int) -> None:
    """The sandbox gives them out like updates."""
    async with counting(f"sqlite:///{folder}/test.db", KEYS) as bot:
        heard = listening()
        updates = bot.sandbox.world.updates
        updates.queue.extend(malformed(count))
        updates._ids = iter(range(10**6, 10**9))  # type: ignore[assignment]
        updates.bell.ring(10**5)
        await goes_on(bot, heard, count)


async def by_webhook(folder: Path, count: int) -> None:
    """They come as calls, some of them not even JSON."""
    where = free_address()
    settings = {"webhook_url": f"http://{where}", "webhook_secret": SECRET, "listen": where}
    async with counting(f"sqlite:///{folder}/test.db", KEYS, **settings) as bot:
        heard = listening()
        choose = random.Random(7)
        updates = malformed(count)
        async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as session:
            for update in updates:
                body = json.dumps(update).encode()
                bodies = [body, body[: choose.randint(0, len(body))], b"\xff" + body, b"[" * 9999]
                for each in [body, choose.choice(bodies[1:])]:
                    async with session.post(f"http://{where}/telegram", data=each) as answer:
                        assert answer.status == 200
        await goes_on(bot, heard, count)


@pytest.fixture(autouse=True)
def quiet_after() -> Any:
    """Puts the log back."""
    before = logging.getLogger().handlers[:]
    yield
    logging.getLogger().handlers[:] = before
    structlog.reset_defaults()


@pytest.mark.timeout(100)
async def test_two_hundred_by_polling(tmp_path: Path) -> None:
    await by_polling(tmp_path, 200)


@pytest.mark.timeout(100)
async def test_two_hundred_by_webhook(tmp_path: Path) -> None:
    await by_webhook(tmp_path, 200)


@pytest.mark.soak
@pytest.mark.timeout(300)
async def test_two_thousand_by_polling(tmp_path: Path) -> None:
    await by_polling(tmp_path, 2000)


@pytest.mark.soak
@pytest.mark.timeout(300)
async def test_two_thousand_by_webhook(tmp_path: Path) -> None:
    await by_webhook(tmp_path, 2000)


async def test_a_wrong_token_and_a_lost_network_leave_no_token_in_the_log(tmp_path: Path) -> None:
    async with counting(f"sqlite:///{tmp_path}/test.db", KEYS) as bot:
        heard = listening()
        token = bot.sandbox.token
        ana = await bot.person("Ana")
        await bot.faults(share_cut=1)
        await ana.says("hello")
        await asyncio.sleep(1.5)
        await bot.faults()
        bot.sandbox.world.token = "1:" + "x" * 35
        await ana.says("hello")
        await asyncio.sleep(1.5)
        bot.sandbox.world.token = token
        assert "loop failed" in heard.getvalue()
        assert token.partition(":")[2] not in heard.getvalue()
        assert token.partition(":")[2] not in repr(bot.app)
        assert NAME not in heard.getvalue()
