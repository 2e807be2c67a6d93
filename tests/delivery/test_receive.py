"""Updates in, by long polling and by webhook: stored and committed, only then acknowledged."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.delivery.receive import SECRET_HEADER
from tests.conftest import KEYS, fresh_schema
from tests.delivery.counter import Counting, counting, heard, states, until
from tests.play import free_address

SECRET = "a-secret-of-the-webhook"


@pytest.fixture
async def hooked(database: str) -> AsyncIterator[tuple[Counting, str]]:
    """The counting bot with a webhook, and the webhook's address."""
    where = free_address()
    async with counting(
        database,
        KEYS,
        webhook_url=f"http://{where}",
        webhook_secret=SECRET,
        listen=where,
    ) as bot:
        yield bot, f"http://{where}/telegram"


async def posted(url: str, body: bytes | str, secret: str = SECRET) -> int:
    """The status of a call of the webhook."""
    async with aiohttp.request("POST", url, data=body, headers={SECRET_HEADER: secret}) as answer:
        return answer.status


def update(id_: int, said: str = "hello", chat: int = 5_100_000_001) -> dict[str, Any]:
    """A person's message."""
    sender = {"id": chat, "is_bot": False, "first_name": "Ana"}
    place = {"id": chat, "type": "private"}
    return {
        "update_id": id_,
        "message": {"message_id": 1, "from": sender, "chat": place, "text": said},
    }


async def test_updates_come_by_webhook(hooked: tuple[Counting, str]) -> None:
    bot, _ = hooked
    ana = await bot.person("Ana")
    for number in range(10):
        await ana.says(str(number))
    await ana.sees("9")
    assert await heard(bot.app.store) == [str(number) for number in range(10)]
    assert bot.calls("getUpdates") == 0


async def test_the_webhook_answers_200_once_it_is_stored(hooked: tuple[Counting, str]) -> None:
    bot, url = hooked
    assert await posted(url, json.dumps(update(1))) == 200
    assert sum((await states(bot.app.store)).values()) == 1
    assert await posted(url, json.dumps(update(1))) == 200
    assert sum((await states(bot.app.store)).values()) == 1


async def test_the_webhook_answers_500_when_it_cannot_store(hooked: tuple[Counting, str]) -> None:
    bot, url = hooked
    async with bot.app.store.writer.begin() as connection:
        await connection.execute(text("ALTER TABLE inbox RENAME TO away"))
    assert await posted(url, json.dumps(update(1))) == 500
    async with bot.app.store.writer.begin() as connection:
        await connection.execute(text("ALTER TABLE away RENAME TO inbox"))
    assert await posted(url, json.dumps(update(1))) == 200
    await until(lambda: _heard(bot, ["hello"]))


async def _heard(bot: Counting, what: list[str]) -> bool:
    return await heard(bot.app.store) == what


@pytest.mark.parametrize("secret", ["", "a-secret-of-the-webhool", "é"])
async def test_a_wrong_secret_gets_401(hooked: tuple[Counting, str], secret: str) -> None:
    bot, url = hooked
    assert await posted(url, json.dumps(update(1)), secret) == 401
    assert await states(bot.app.store) == {}


@pytest.mark.parametrize("header", [b"", SECRET_HEADER.encode() + b": \xff\xfe\r\n"])
async def test_no_secret_or_one_that_is_no_text_gets_401(
    hooked: tuple[Counting, str], header: bytes
) -> None:
    bot, url = hooked
    body = json.dumps(update(1)).encode()
    where = urlsplit(url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    writer.write(b"POST /telegram HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header)
    writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    assert (await reader.readline()).split()[1] == b"401"
    writer.close()
    assert await states(bot.app.store) == {}


async def test_a_body_over_a_megabyte_gets_413(hooked: tuple[Counting, str]) -> None:
    bot, url = hooked
    assert await posted(url, json.dumps(update(1, "x" * 1_000_001))) == 413
    assert await posted(url, json.dumps(update(1, "x" * 900_000))) == 200
    assert sum((await states(bot.app.store)).values()) == 1


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"update_id": "7"}', b"\xff\xfe", b"[" * 100_000]
)
async def test_what_is_no_update_is_taken_and_left_out(
    hooked: tuple[Counting, str], body: bytes
) -> None:
    bot, url = hooked
    assert await posted(url, body) == 200
    assert await states(bot.app.store) == {}


@pytest.mark.postgres
async def test_a_tap_is_acknowledged_though_the_work_waits(postgres: str) -> None:
    database = await asyncio.to_thread(fresh_schema, postgres)
    async with counting(database, KEYS) as bot:
        ana = await bot.person("Ana")
        await ana.says("/ask")
        await ana.sees("pressed 0 times")
        async with bot.app.store.begin() as db:
            await db.run(text("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE"))
            await ana.taps("press")
            await until(lambda: _called(bot, "answerCallbackQuery"), 3)
            assert bot.calls("editMessageText") == 0
        await ana.sees("pressed 1 times")


async def test_a_tap_is_acknowledged(bot: Counting) -> None:
    ana = await bot.person("Ana")
    await ana.says("/ask")
    await ana.taps("press")
    await ana.sees("pressed 1 times")
    await until(lambda: _called(bot, "answerCallbackQuery"), 3)


async def _called(bot: Counting, method: str) -> bool:
    return bot.calls(method) > 0


@pytest.mark.parametrize("trouble", [{"share_5xx": 1.0}, {"share_cut": 1.0}, {"share_429": 1.0}])
async def test_polling_goes_on_after_trouble(bot: Counting, trouble: dict[str, float]) -> None:
    ana = await bot.person("Ana")
    with capture_logs() as lines:
        await bot.faults(**trouble)

        async def failed() -> bool:
            await ana.says("again")  # a poll that waits ends, and the next one meets the trouble
            return await _failed_twice(lines)

        await until(failed)
        await bot.faults()
    await ana.says("through")
    await ana.sees("through")
    assert [line["loop"] for line in lines if line["event"] == "loop failed"][:2] == ["receive"] * 2


async def _failed_twice(lines: Any) -> bool:
    return len([line for line in lines if line["event"] == "loop failed"]) >= 2


async def test_polling_goes_on_after_a_401(bot: Counting) -> None:
    ana = await bot.person("Ana")
    world, token = bot.sandbox.world, bot.sandbox.world.token
    with capture_logs() as lines:
        world.token = "1:" + "x" * 35
        await ana.says("through")
        await until(lambda: _failed_twice(lines))
        world.token = token
    await ana.sees("through")
    assert token not in str(lines)


async def test_polling_goes_on_after_a_409(bot: Counting) -> None:
    ana = await bot.person("Ana")
    await bot.app.bot.set_webhook("http://127.0.0.1:1/")
    await ana.says("through")
    await until(lambda: _conflicted(bot))
    await bot.app.bot.delete_webhook()
    await ana.sees("through")


async def _conflicted(bot: Counting) -> bool:
    return bot.calls("getUpdates", 409) > 0


async def test_all_loops_go_on_after_trouble_with_the_database(bot: Counting) -> None:
    ana = await bot.person("Ana")
    await ana.says("before")
    await ana.sees("before")
    with capture_logs() as lines:
        async with bot.app.store.writer.begin() as connection:
            for table in ("inbox", "outbox"):
                await connection.execute(text(f"ALTER TABLE {table} RENAME TO {table}_away"))
        await ana.says("after")
        await until(lambda: _all_failed(lines))
        async with bot.app.store.writer.begin() as connection:
            for table in ("inbox", "outbox"):
                await connection.execute(text(f"ALTER TABLE {table}_away RENAME TO {table}"))
    await ana.sees("after", timeout=15)
    assert await heard(bot.app.store) == ["before", "after"]


async def _all_failed(lines: Any) -> bool:
    return {line.get("loop") for line in lines} >= {"receive", "work", "send"}


async def test_a_batch_with_nothing_in_it_loses_no_update(bot: Counting) -> None:
    """What has no usable update_id must not push the offset over one that has."""
    queue = bot.sandbox.world.updates.queue
    with capture_logs() as lines:
        queue.append({"update_id": -1})
        bot.sandbox.world.updates.bell.ring(1)
        await until(lambda: _no_update(lines))
        queue.clear()
    ana = await bot.person("Ana")
    await ana.says("hello")
    await ana.sees("hello")


async def _no_update(lines: Any) -> bool:
    return any(line.get("error") == "NotAnUpdate" for line in lines)
