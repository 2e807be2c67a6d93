"""Turns per second, every turn committed, against a plain echo bot without any database."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot import app, settings
from bot.app import Does
from bot.domain.replies import Say, _
from bot.router import Routes, Turn
from bot.store.keys import Keys, new_secret
from tests.bench.telegram import Telegram, telegram

PEOPLE = 500
WARM = 500


async def echo(turn: Turn) -> list[Say]:
    """The answer both bots give."""
    return [turn.say(_("{text}", text=turn.event.text))]


async def ours(updates: int) -> float:
    """Turns a second of this bot on SQLite."""
    with TemporaryDirectory(prefix="proxeny-bench-") as folder:
        async with telegram() as there:
            await there.people(PEOPLE)
            loaded = settings.load(
                token=there.token,
                database_url=f"sqlite:///{Path(folder)}/bench.db",
                api_url=there.url,
                paid_broadcast=True,
            )
            does = Does(Routes(catch=(echo,)))
            async with app.up(loaded, Keys.of(new_secret()), does=does) as running:
                running.sender.pace.burst = 10**6
                running.sender.pace.__init__(1e6, 1e6)
                return await _measured(there, updates)


async def theirs(updates: int, *, at_once: bool = False) -> float:
    """Turns a second of python-telegram-bot's Application."""
    async with telegram() as there:
        await there.people(PEOPLE)
        builder = Application.builder().token(there.token).base_url(f"{there.url}/bot")
        if at_once:
            builder = builder.concurrent_updates(True)
        application = builder.build()
        application.add_handler(MessageHandler(filters.TEXT, _echo))
        async with application:
            if application.updater is None:
                raise RuntimeError("it has no updater")
            await application.updater.start_polling()
            await application.start()
            try:
                return await _measured(there, updates)
            finally:
                await application.updater.stop()
                with suppress(RuntimeError):
                    await application.stop()


async def _echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


async def _measured(there: Telegram, updates: int) -> float:
    await there.say(WARM)
    await there.until_answered(WARM)
    start = time.perf_counter()
    await there.say(updates)
    await there.until_answered(WARM + updates)
    return updates / (time.perf_counter() - start)
