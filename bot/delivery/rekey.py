"""A new secret while the bot runs: the file is looked at, and the old one's rows are rewritten."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.delivery.loops import rest
from bot.store import rotation
from bot.store.db import Store
from bot.store.keys import Keys
from bot.store.ring import Ring, lock_on, sealing

log = structlog.get_logger()

LOOK_SECONDS = 2.0
BREATHE_SECONDS = 0.02
"""Between two steps everybody else has their turn."""

SETTLE_SECONDS = 30.0
"""So long after all have the new key, nothing that began before seals with the old one any more."""


@dataclass(slots=True)
class KeyWatch:
    """Sees that the file with the secret changed, and has the store use what it says now."""

    ring: Ring
    file: Path | None
    stop: asyncio.Event
    _seen: str = ""

    async def turn(self) -> None:
        """Looks once, then waits."""
        await self.look()
        await rest(self.stop, LOOK_SECONDS)

    async def look(self) -> None:
        """Takes the keys the file names, if they are others."""
        text = "" if self.file is None else await asyncio.to_thread(self.file.read_text)
        if text == self._seen:
            return
        keys = Keys.of(text)
        if keys.ids != self.ring.store.keys.ids:
            await self.ring.join(keys)
            log.info("keys changed", keys=len(keys.ids))
        self._seen = text


@dataclass(slots=True)
class Rekey:
    """Writes anew what the old secret sealed, once nobody seals with it any more."""

    store: Store
    stop: asyncio.Event
    settle: float = SETTLE_SECONDS

    async def turn(self) -> None:
        """Does all of it where there are two secrets, and rests."""
        if await self._is_due():
            lock = lock_on(self.store, self.store.keys.ids[1], shared=False)
            try:
                if await lock.ours():
                    await self._rewrite()
            finally:
                await lock.release()
        await rest(self.stop, LOOK_SECONDS)

    async def _is_due(self) -> bool:
        if len(self.store.keys.ids) < 2:
            return False
        async with self.store.read() as db:
            return self.store.keys.ids[1] in await sealing(db)

    async def _rewrite(self) -> None:
        """Goes through everything until nothing is left, and once more after all have settled."""
        while await self._once() and not self.stop.is_set():
            pass
        if self.store.shared:
            await rest(self.stop, self.settle)
        if not await self._once() and not self.stop.is_set():
            await rotation.finish(self.store)
            log.info("everything is sealed with the new key")

    async def _once(self) -> int:
        done = 0
        async for written in rotation.steps(self.store):
            done += written
            await rest(self.stop, BREATHE_SECONDS if written else 0)
            if self.stop.is_set():
                break
        return done
