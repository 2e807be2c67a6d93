"""A new secret while the bot runs: the file is looked at, and the old one's rows are rewritten."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from bot.delivery.loops import rest
from bot.store import rotation
from bot.store.db import Store
from bot.store.keys import Keys, WrongKey
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
    _refused: str = ""

    async def turn(self) -> None:
        """Looks once, then waits."""
        await self.look()
        await rest(self.stop, LOOK_SECONDS)

    async def look(self) -> None:
        """Takes the keys the file names, if they are others and fit; else goes on with its own.

        What does not fit now may later: an editor empties a file before it writes, and a key is
        taken out before all is written anew.
        """
        try:
            if self.file is not None:
                await self._take(Keys.of(await asyncio.to_thread(self.file.read_text)))
            self._refused = ""
        except (OSError, ValueError, WrongKey) as error:
            ours = type(error) in {ValueError, WrongKey}  # others may quote what is in the file
            self._refuse(str(error) if ours else type(error).__name__)

    async def _take(self, keys: Keys) -> None:
        if keys.ids != self.ring.store.keys.ids:
            await self.ring.join(keys)
            log.info("keys changed", keys=len(keys.ids))

    def _refuse(self, reason: str) -> None:
        """Says so once: it is looked at every other second."""
        if reason != self._refused:
            log.warning("the key file is not followed", reason=reason)
        self._refused = reason


@dataclass(slots=True)
class Rekey:
    """Writes anew what the old secret sealed, once nobody seals with it any more."""

    store: Store
    stop: asyncio.Event
    settle: float = field(default_factory=lambda: SETTLE_SECONDS)

    async def turn(self) -> None:
        """Does all of it where there are two secrets, and rests."""
        if (old := await self._due()) is not None:
            lock = lock_on(self.store, old, shared=False)
            try:
                if await lock.ours():
                    await self._rewrite()
            finally:
                await lock.release()
        await rest(self.stop, LOOK_SECONDS)

    async def _due(self) -> bytes | None:
        """The old key, if something may be sealed with it."""
        older = self.store.keys.ids[1:]
        if not older:
            return None
        async with self.store.read() as db:
            return older[0] if older[0] in await sealing(db) else None

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
