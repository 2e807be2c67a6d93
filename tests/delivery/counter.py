"""A bot of its own to test the engine with: it notes in a table what it hears, and says so.

Run as a module it is the bot in a process of its own, with the settings from the environment.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table, select

from bot import app, logs, settings
from bot.app import App
from bot.capabilities import Does
from bot.domain.replies import Plain, Say, stacked
from bot.domain.replies import button as key
from bot.router import Routes, Turn
from bot.sandbox import Person, Sandbox
from bot.sandbox.faults import Plan
from bot.store.db import Id, Store
from bot.store.keys import Keys
from bot.store.tables import inbox, outbox, people

seen = Table(
    "seen",
    MetaData(),
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("telegram_id", Id, nullable=False),
    Column("text", String(4096), nullable=False),
    Column("process", Integer, nullable=False),
)


class Boom(Exception):
    """What a handler raises here."""


async def note(turn: Turn) -> list[Say]:
    """Notes a text and says it back; `boom` fails after it has noted."""
    text = turn.event.text
    values = {"telegram_id": turn.me.telegram_id, "text": text, "process": os.getpid()}
    await turn.db.add(seen, **values)
    if text.startswith("boom"):
        raise Boom(text)
    if text.startswith(("slow", "nap")):
        await asyncio.sleep(2 if text.startswith("slow") else 0.05)
    return [turn.say(Plain(text))]


async def many(turn: Turn) -> list[Say]:
    """`/many 5` says five numbers."""
    return [turn.say(Plain(str(number))) for number in range(int(turn.event.text))]


async def ask(turn: Turn) -> list[Say]:
    """A message with a button."""
    return [turn.say(Plain("pressed 0 times"), stacked(key(Plain("press"), "press", 1)))]


async def press(turn: Turn, times: int) -> list[Say]:
    """Rewrites the message of the button."""
    text = Plain(f"pressed {times} times")
    return [turn.say(text, stacked(key(Plain("press"), "press", times + 1)), edit=True)]


ROUTES = Routes({"many": many, "ask": ask}, {"press": press}, (note,))
DOES = Does(ROUTES)


@dataclass(frozen=True)
class Counting:
    """The counting bot on a sandbox."""

    sandbox: Sandbox
    app: App
    people: dict[str, Person] = field(default_factory=dict)

    async def person(self, name: str) -> Person:
        """Somebody with Telegram open at the bot's chat."""
        if name not in self.people:
            self.people[name] = await Person.create(self.sandbox.url, name)
        return self.people[name]

    async def faults(self, **plan: Any) -> None:
        """Switches trouble on, or off where none is named."""
        self.sandbox.world.faults.follow(Plan(**plan))

    def calls(self, method: str, status: int = 200) -> int:
        """How often a method was called and answered so."""
        return self.sandbox.world.journal.counts[method, status]


async def prepared(database: str, keys: Keys) -> None:
    """Makes the tables, ours beside the bot's."""
    loaded = settings.load(token="1:" + "A" * 35, database_url=database)
    ring = await app.open_database(loaded, keys)
    async with ring.store.writer.begin() as connection:
        await connection.run_sync(seen.metadata.create_all)
    await ring.close()


@asynccontextmanager
async def counting(
    database: str, keys: Keys, *, limits: bool = False, does: Does = DOES, **given: Any
) -> AsyncIterator[Counting]:
    """The counting bot on a database, on a sandbox of its own."""
    await prepared(database, keys)
    sandbox = await Sandbox.start(limits=limits, page=False)
    loaded = settings.load(
        token=sandbox.token,
        database_url=database,
        api_url=sandbox.url,
        **{"paid_broadcast": not limits} | given,
    )
    try:
        async with app.up(loaded, keys, sandbox.clock.now, does) as running:
            if not limits:
                running.sender.pace.burst = 1e6
                running.receiver.gate.lift()
            yield Counting(sandbox, running)
    finally:
        await sandbox.stop()


async def heard(store: Store, telegram_id: int | None = None) -> list[str]:
    """What was noted (of one person), in the order it was."""
    query = select(seen.c.text).order_by(seen.c.id)
    if telegram_id is not None:
        query = query.where(seen.c.telegram_id == telegram_id)
    async with store.read() as db:
        return [row.text for row in await db.rows(query)]


async def states(store: Store, table: Table = inbox) -> dict[str, int]:
    """How many rows of a queue there are in each state."""
    async with store.read() as db:
        found = [row.state for row in await db.rows(select(table.c.state))]
    return {state: found.count(state) for state in sorted(set(found))}


async def person_row(store: Store, telegram_id: int) -> Any:
    """Somebody's row as it is."""
    async with store.read() as db:
        chat = db.keys.blind(telegram_id)
        return (await db.rows(select(people).where(people.c.chat == chat)))[0]


async def out(store: Store) -> list[Any]:
    """The outbox as it is."""
    async with store.read() as db:
        return list(await db.rows(select(outbox).order_by(outbox.c.id)))


async def until(holds: Callable[[], Awaitable[bool]], seconds: float = 15) -> None:
    """Waits until it holds; AssertionError when it doesn't in so many seconds."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not await holds():
        assert loop.time() < end, f"does not hold after {seconds} s"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def process(
    database: str, secret: str, sandbox: Sandbox, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The counting bot in a process of its own; killed at the end if it still runs."""
    started = await start(database, secret, sandbox.url, sandbox.token, **settings)
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.wait()


async def start(
    database: str, secret: str, url: str, token: str, **settings: str
) -> asyncio.subprocess.Process:
    """Starts such a process."""
    environment = {
        "PATH": os.environ["PATH"],
        "PROXENY_TOKEN": token,
        "PROXENY_DATABASE_URL": database,
        "PROXENY_API_URL": url,
        "PROXENY_SECRET_KEY": secret,
        "PROXENY_OWNERS": "1",
        "PROXENY_PAID_BROADCAST": "true",
    } | settings
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.delivery.counter"),
        env=environment,
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def _run() -> None:
    loaded = settings.load()
    logs.start(loaded.log, [loaded.token.get_secret_value()])
    keys, _ = settings.keys(loaded)
    async with app.up(loaded, keys, does=DOES) as running:
        running.sender.pace.burst = 1e6
        running.receiver.gate.lift()
        print("up", flush=True)
        await app.stopped()


if __name__ == "__main__":
    import uvloop

    uvloop.run(_run())
