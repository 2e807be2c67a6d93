"""The bots that are measured."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot import app, settings
from bot.app import App
from bot.capabilities import Does
from bot.delivery.pace import Pace
from bot.delivery.work import put
from bot.domain.replies import Plain, Priority, Say
from bot.router import Routes, Turn
from bot.store.keys import Keys, new_secret
from bot.store.tables import people as people_table
from tests.bench.telegram import Telegram

UNLIMITED = 1e6


async def echo(turn: Turn) -> list[Say]:
    """The answer both bots give."""
    return [turn.say(Plain(turn.event.text))]


@asynccontextmanager
async def ours(there: Telegram, pace: float = UNLIMITED) -> AsyncIterator[App]:
    """This bot on a SQLite file, saying back what it hears."""
    with TemporaryDirectory(prefix="proxeny-bench-") as folder:
        loaded = settings.load(
            token=there.token,
            database_url=f"sqlite:///{Path(folder)}/bench.db",
            api_url=there.url,
            owners=frozenset({1}),
        )
        does = Does(Routes(catch=(echo,)))
        async with app.up(loaded, Keys.of(new_secret()), does=does) as running:
            burst = UNLIMITED if pace == UNLIMITED else running.sender.pace.burst
            running.sender.pace = Pace(pace, burst)
            running.receiver.gate.lift()
            yield running


@asynccontextmanager
async def theirs(there: Telegram, *, at_once: bool) -> AsyncIterator[None]:
    """python-telegram-bot's Application, saying back what it hears; nothing is stored."""
    builder = Application.builder().token(there.token).base_url(f"{there.url}/bot")
    application = builder.concurrent_updates(at_once).build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    async with application:
        if application.updater is None:
            raise RuntimeError("it has no updater")
        await application.updater.start_polling()
        await application.start()
        try:
            yield
        finally:
            await application.updater.stop()
            with suppress(RuntimeError):
                await application.stop()


async def _echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


async def broadcast(running: App, chats: list[int], count: int, text: str = "news") -> None:
    """Has `count` messages wait in the outbox, for one chat after the other."""
    known = await _known(running, chats)
    now = app.utc_now()
    for start in range(0, count, 1000):
        lines = [
            (Say(known[n % len(known)], Plain(text), priority=Priority.BROADCAST), None)
            for n in range(start, min(start + 1000, count))
        ]
        async with running.store.begin() as db:
            await put(db, lines, now)


async def _known(running: App, chats: list[int]) -> list[int]:
    """Rows for people; their ids."""
    now = app.utc_now()
    async with running.store.begin() as db:
        return [
            await db.add(
                people_table,
                chat=db.keys.blind(chat),
                telegram_id=chat,
                language="en",
                state="here",
                created_at=now,
            )
            for chat in chats
        ]
