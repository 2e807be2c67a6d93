"""A sandbox over a real socket, and two clients of it: python-telegram-bot and plain HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
import telegram

from bot.sandbox import Person, Sandbox

Answer = dict[str, Any]
Api = Callable[..., Awaitable[Answer]]
Refusal = Callable[..., Awaitable[str]]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A sandbox without flood limits."""
    sandbox = await Sandbox.start(page=False, limits=False)
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[telegram.Bot]:
    """python-telegram-bot's client, pointed at the sandbox."""
    base = f"{sandbox.url}/bot"
    files = f"{sandbox.url}/file/bot"
    async with telegram.Bot(sandbox.token, base_url=base, base_file_url=files) as bot:
        yield bot


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """A plain HTTP client."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(sandbox: Sandbox, http: aiohttp.ClientSession) -> Api:
    """`await api("sendMessage", chat_id=1, text="x")`: the answer's JSON, refusals included."""

    async def call(method: str, **params: Any) -> Answer:
        address = f"{sandbox.url}/bot{sandbox.token}/{method}"
        async with http.post(address, json=params) as response:
            answer: Answer = await response.json()
            assert answer["ok"] == (response.status == 200)
            return answer

    return call


@pytest.fixture
def refusal(api: Api) -> Refusal:
    """As `api`, for a call that must be refused: its description."""

    async def call(method: str, **params: Any) -> str:
        answer = await api(method, **params)
        assert not answer["ok"], answer
        assert answer["error_code"] in {400, 403, 404, 409, 429}
        return str(answer["description"])

    return call


@pytest.fixture
async def ana(sandbox: Sandbox, bot: telegram.Bot) -> Person:
    """A person who started the bot, which has seen it."""
    ana = await Person.create(sandbox.url, "Ana", language="el")
    await ana.says("/start")
    [update] = await bot.get_updates(timeout=5)
    await bot.get_updates(offset=update.update_id + 1)
    return ana
