"""The loops that match and hold rounds, in a process of their own: `python -m … URL SECRET`."""

from __future__ import annotations

import asyncio
import sys

from bot.delivery.conductor import Conductor
from bot.delivery.loops import keep
from bot.delivery.matchmaker import Matchmaker
from bot.delivery.screens import Stage
from bot.store.db import open_store
from bot.store.keys import Keys
from tests.coordinators.town import HERE, NOON


async def run(database: str, secret: str) -> None:
    """Until it is killed."""
    store, stop = open_store(database, Keys.of(secret)), asyncio.Event()
    stage = Stage(store, HERE, lambda: NOON, lambda: None)
    loops = (Matchmaker(stage, stop).turn, Conductor(stage, stop).turn)
    print("up", flush=True)
    await asyncio.gather(*(keep("round", turn, stop) for turn in loops))


if __name__ == "__main__":
    asyncio.run(run(*sys.argv[1:]))
