"""Turns per second, every turn committed, against a plain echo bot without any database."""

from __future__ import annotations

import time

from tests.bench import bots
from tests.bench.telegram import Telegram, telegram

PEOPLE, WARM = 500, 500


async def ours(updates: int) -> float:
    """Turns a second of this bot on SQLite."""
    async with telegram() as there:
        await there.people(PEOPLE)
        async with bots.ours(there):
            return await _measured(there, updates)


async def theirs(updates: int, *, at_once: bool) -> float:
    """Turns a second of python-telegram-bot's Application."""
    async with telegram() as there:
        await there.people(PEOPLE)
        async with bots.theirs(there, at_once=at_once):
            return await _measured(there, updates)


async def _measured(there: Telegram, updates: int) -> float:
    await there.say(WARM)
    await there.until_answered(WARM)
    start = time.perf_counter()
    await there.say(updates)
    await there.until_answered(WARM + updates)
    return updates / (time.perf_counter() - start)
