"""The bot and the sandbox up together, and people to play on them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot import app, settings
from bot.app import App
from bot.sandbox import Person, Sandbox
from bot.store.keys import Keys


@dataclass(frozen=True)
class Stage:
    """A sandbox with the bot on it."""

    sandbox: Sandbox
    app: App

    async def person(self, name: str, language: str = "en", **named: Any) -> Person:
        """Somebody with Telegram open at the bot's chat."""
        return await Person.create(self.sandbox.url, name, language=language, **named)

    async def passes(self, **time: float) -> None:
        """Moves the clock on, and does what fell due."""
        self.sandbox.clock.advance(timedelta(**time))
        await self.app.ticker.tick()


@asynccontextmanager
async def staged(
    database: str, keys: Keys, *, limits: bool = False, **given: Any
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
        async with app.up(loaded, keys, sandbox.clock.now) as running:
            yield Stage(sandbox, running)
    finally:
        await sandbox.stop()


def sqlite(folder: Path) -> str:
    """The address of a SQLite database in a folder."""
    return f"sqlite:///{folder}/test.db"
