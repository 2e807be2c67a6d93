"""Keeping a loop alive: whatever goes wrong, it backs off, logs one line and goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from bot.logs import described

log = structlog.get_logger()

FIRST_PAUSE, LONGEST_PAUSE, SHORT_PAUSES = 0.1, 30.0, 3


async def rest(stop: asyncio.Event, seconds: float) -> None:
    """Waits so long, or until `stop` is set."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def insist(name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Does something once: after an error again, until it succeeds."""
    done = asyncio.Event()

    async def turn() -> None:
        await work()
        done.set()

    await keep(name, turn, done)


async def keep(name: str, turn: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
    """Takes turns until `stop` is set; after errors first short pauses, then longer ones."""
    failures = 0
    while not stop.is_set():
        try:
            await turn()
            failures = 0
        except Exception as error:  # noqa: BLE001 - a loop that dies is the worst outcome
            failures += 1
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(10, max(0, failures - SHORT_PAUSES)))
            log.warning("loop failed", loop=name, pause=pause, **described(error))
            await rest(stop, pause)
