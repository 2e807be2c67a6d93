"""kill -9 at random points while people talk: nothing lost, nothing doubled, order kept.

The same is done to a plain python-telegram-bot bot. It must lose some, or the kills prove nothing.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox import Person, Sandbox
from bot.store.db import Store, open_store
from bot.store.keys import Keys, new_secret
from tests.conftest import fresh_schema
from tests.delivery.counter import heard, prepared, start, states, until

PEOPLE = 20
CONTROLS = 5
"""On a quiet machine forty kills may miss the moments in which a plain bot loses something."""

Process = asyncio.subprocess.Process


async def chatter(person: Person, said: list[str], stop: asyncio.Event, pause: float) -> None:
    """Says numbers at odd moments, `pause` seconds apart at the most, until told to stop."""
    choose = random.Random(person.id)
    while not stop.is_set():
        text = str(len(said))
        await person.says(text)
        said.append(text)
        await asyncio.sleep(choose.uniform(0.05, pause))


async def ready(process: Process) -> None:
    """Waits until it says that it is up."""
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 30)
    assert line == b"up\n", (await process.communicate())[1].decode()


async def killed_again_and_again(
    launch: Callable[[], Awaitable[Process]], kills: int, seed: int
) -> Process:
    """Starts a bot and kills it, `kills` times; the last start is left running."""
    choose = random.Random(seed)
    for _ in range(kills):
        process = await launch()
        await ready(process)
        await asyncio.sleep(choose.uniform(0.0, 0.6))
        os.kill(process.pid, signal.SIGKILL)
        await process.communicate()
    process = await launch()
    await ready(process)
    return process


async def talked_to(
    sandbox: Sandbox, launch: Callable[[], Awaitable[Process]], kills: int
) -> tuple[dict[int, list[str]], Process]:
    """What each person said while the bot was killed again and again, and the bot."""
    async with aiohttp.ClientSession() as session:
        everybody = [
            await Person.create(sandbox.url, f"Person {n}", session=session) for n in range(PEOPLE)
        ]
        said: dict[int, list[str]] = {person.id: [] for person in everybody}
        stop = asyncio.Event()
        talks = [
            asyncio.create_task(chatter(person, said[person.id], stop, 0.3 if kills < 10 else 1.2))
            for person in everybody
        ]
        process = await killed_again_and_again(launch, kills, seed=kills)
        stop.set()
        await asyncio.gather(*talks)
    return said, process


def first_answers(sandbox: Sandbox, chat: int) -> list[str]:
    """What the bot answered, a message that came twice counted where it came first."""
    messages = sandbox.world.chats[chat].messages.values()
    return list(dict.fromkeys(message.text for message in messages if message.by_bot))


def repeated(sandbox: Sandbox, chat: int) -> int:
    """How many of the bot's messages came again."""
    texts = [m.text for m in sandbox.world.chats[chat].messages.values() if m.by_bot]
    return len(texts) - len(set(texts))


async def survives(database: str, kills: int) -> None:
    """The whole of it on one database."""
    secret = new_secret()
    await prepared(database, Keys.of(secret))
    store = open_store(database, Keys.of(secret))
    sandbox = await Sandbox.start(limits=False, page=False)

    async def launch() -> Process:
        return await start(database, secret, sandbox.url, sandbox.token, PROXENY_LOG="error")

    said, process = await talked_to(sandbox, launch, kills)
    try:
        await _all_worked_and_answered(store, sandbox, said)
    finally:
        process.send_signal(signal.SIGTERM)
        await process.communicate()
    for chat, texts in said.items():
        assert await heard(store, chat) == texts, "lost, doubled or out of order"
        assert first_answers(sandbox, chat) == texts
    again = sum(repeated(sandbox, chat) for chat in said)
    assert again <= 100 * kills, "no more may come again than was on its way at a kill"
    await store.close()
    await sandbox.stop()
    total = sum(map(len, said.values()))
    print(f"\n{kills} kills: {total} updates, 0 lost, 0 doubled; {again} answers came again")


async def _all_worked_and_answered(
    store: Store, sandbox: Sandbox, said: dict[int, list[str]]
) -> None:
    total = sum(map(len, said.values()))

    async def worked() -> bool:
        return await states(store) == {"done": total}

    async def answered() -> bool:
        return all(len(first_answers(sandbox, chat)) == len(t) for chat, t in said.items())

    await until(worked, 60)
    await until(answered, 60 + total / PEOPLE)


def is_whole(file: Path) -> bool:
    """What SQLite's own check says."""
    with sqlite3.connect(file) as raw:
        return bool(raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


async def control(folder: Path, kills: int) -> tuple[int, int]:
    """How many updates were sent to the plain bot, and how many of them it lost."""
    folder.mkdir()
    file = folder / "heard.txt"
    sandbox = await Sandbox.start(limits=False, page=False)

    async def launch() -> Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.soak.plain_bot", sandbox.url, sandbox.token, str(file)),
            cwd=Path(__file__).parents[2],
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    said, process = await talked_to(sandbox, launch, kills)
    updates = sandbox.world.updates.queue
    await until(lambda: _empty(updates), 60)
    await asyncio.sleep(3)
    process.terminate()
    await process.communicate()
    noted: dict[int, set[str]] = defaultdict(set)
    for line in file.read_text().splitlines():
        chat, _, text = line.partition(" ")
        noted[int(chat)].add(text)
    await sandbox.stop()
    lost = sum(len(set(texts) - noted[chat]) for chat, texts in said.items())
    return sum(map(len, said.values())), lost


async def _empty(updates: object) -> bool:
    return not updates


@pytest.mark.soak
@pytest.mark.timeout(100)
async def test_six_kills(tmp_path: Path) -> None:
    await survives(f"sqlite:///{tmp_path}/test.db", 6)
    assert is_whole(tmp_path / "test.db")


@pytest.mark.soak
@pytest.mark.timeout(600)
async def test_a_hundred_and_twenty_kills(tmp_path: Path) -> None:
    await survives(f"sqlite:///{tmp_path}/test.db", 120)
    assert is_whole(tmp_path / "test.db")
    for attempt in range(CONTROLS):
        total, lost = await control(tmp_path / f"control-{attempt}", 40)
        print(f"the control lost {lost} of {total}")
        if lost:
            break
    assert lost > 0, "kills that cost a plain bot nothing prove nothing"


@pytest.mark.soak
@pytest.mark.postgres
@pytest.mark.timeout(300)
async def test_thirty_kills_on_postgresql(postgres: str) -> None:
    database = await asyncio.to_thread(fresh_schema, postgres)
    await survives(database, 30)
