"""The bot and the sandbox up together, and people to play on them."""

from __future__ import annotations

import re
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot import app, settings
from bot.app import App
from bot.domain.replies import Plain, Text, Value
from bot.i18n import Tongue
from bot.sandbox import Message, Person, Sandbox
from bot.sandbox.seen import plain
from bot.store import reminders
from bot.store.keys import Keys
from tests.catalogs import ROOT, extracted


@dataclass(frozen=True)
class Stage:
    """A sandbox with the bot on it."""

    sandbox: Sandbox
    app: App

    async def person(self, name: str, language: str = "en", **named: Any) -> Person:
        """Somebody with Telegram open at the bot's chat."""
        return await Person.create(self.sandbox.url, name, language=language, **named)

    async def actor(self, name: str, language: str = "en", door: str | None = None) -> Actor:
        """Somebody who reads the bot in a language, come by a link if one is given."""
        return Actor(await self.person(name, language, door=door), language)

    async def passes(self, **time: float) -> None:
        """Moves the clock on, and does what fell due."""
        self.sandbox.clock.advance(timedelta(**time))
        await self.app.ticker.tick()

    async def next_reminder(self) -> None:
        """Moves the clock to whatever falls due next, and does it."""
        async with self.app.store.read() as db:
            due = await reminders.next_due(db)
        assert due is not None, "nothing is due"
        self.sandbox.clock.move_to(due)
        await self.app.ticker.tick()


@asynccontextmanager
async def staged(
    database: str,
    keys: Keys,
    *,
    limits: bool = False,
    key_file: Path | None = None,
    **given: Any,
) -> AsyncIterator[Stage]:
    """The bot on a database, polling a sandbox of its own."""
    sandbox = await Sandbox.start(limits=limits)
    loaded = settings.load(
        token=sandbox.token,
        database_url=database,
        api_url=sandbox.url,
        paid_broadcast=not limits,
        **given,
    )
    try:
        async with app.up(loaded, keys, sandbox.clock.now, key_file=key_file) as running:
            if not limits:
                running.sender.pace.burst = 10_000
                running.receiver.gate.lift()
            yield Stage(sandbox, running)
    finally:
        await sandbox.stop()


def free_address() -> str:
    """A `host:port` nobody listens at.

    It is below the ports that connections are given, so that none takes it before the bot does.
    """
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port))
            return f"127.0.0.1:{port}"


def sqlite(folder: Path) -> str:
    """The address of a SQLite database in a folder."""
    return f"sqlite:///{folder}/test.db"


def said(language: str, text: str, **values: Value) -> str:
    """What a text of the code, named by how it begins, reads like in a language on the screen.

    Where values are not given, it is the longest piece between them.
    """
    text = _whole(text)
    known = {name: values.get(name, Plain("\x00")) for name in re.findall(r"{(\w+)}", text)}
    shown = re.sub(r"</?\w+>", "", plain(Tongue(language).label(Text(text, known))))
    return max(re.split(r"\W*\x00\W*", shown), key=len)


@cache
def _texts() -> tuple[str, ...]:
    ids = [each.id for each in extracted(ROOT) if each.id]
    return tuple(sorted(each if isinstance(each, str) else each[0] for each in ids))


def _whole(beginning: str) -> str:
    found = [text for text in _texts() if text.startswith(beginning)]
    return beginning if beginning in found or not found else found[0]


@dataclass(frozen=True)
class Actor:
    """Somebody who uses the bot in their language; texts are named by their English."""

    person: Person
    language: str

    async def says(self, text: str) -> None:
        """Writes as it is."""
        await self.person.says(text)

    async def taps(self, text: str, **values: Value) -> None:
        """Taps a button, once it is there."""
        await self.person.taps(said(self.language, text, **values))

    async def taps_one(self, *texts: str) -> None:
        """Taps buttons one after the other, each after what the one before brought."""
        for text in texts:
            await self.taps(text)
            await self.person.waits()

    async def sees(self, text: str, **values: Value) -> Message:
        """Sees a new message with this text in it."""
        return await self.person.sees(said(self.language, text, **values))

    async def meets_partner(self) -> Message:
        """Waits for the card of a partner, by whichever name they know them."""
        beginning = said(self.language, "Your partner is <b>{name}</b>.", name="|").partition("|")[
            0
        ]
        return await self.person.sees(beginning)

    async def answers(self, question: str, answer: str) -> None:
        """Writes an answer once the question is there."""
        await self.sees(question)
        await self.person.says(answer)

    async def chooses(self, question: str, *choices: str) -> None:
        """Taps one choice after the other once the question is there."""
        await self.sees(question)
        await self.taps_one(*choices[:-1])
        await self.taps(choices[-1])
