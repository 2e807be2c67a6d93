"""`proxeny rotate-key`: a new secret takes the old one's place.

It puts the new secret in front of the old one in the file, waits until the bot has written
everything anew, and takes the old one out. Only the bot writes to its database.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from bot import app
from bot.delivery.rekey import Rekey
from bot.settings import Misconfigured, Settings, key_file
from bot.store import facts, rotation
from bot.store.db import Store, open_store
from bot.store.keys import Keys, new_secret
from bot.store.ring import sealing

LOOK_SECONDS = 1.0
PATIENCE_SECONDS = 30
BY_HAND = (
    "Where the key comes from, put a new one in front of the old one, with a space between "
    "(`openssl rand -base64 32` makes one), restart the bot, and run this again"
)
NOBODY = (
    "Nothing has happened for a while. If the bot is not running, start it, "
    "or run this again with --here while it is stopped."
)

Tell = Callable[[str], object]


async def replace(settings: Settings, keys: Keys, tell: Tell, *, here: bool = False) -> None:
    """Does all of it, or goes on where it was stopped; raises Misconfigured where it can't."""
    file = key_file(settings)
    if len(keys.ids) == 1:
        keys = _with_new_one(file)
        tell("There is a new secret key. It is in front of the old one, which is needed until all")
        tell("is written anew. Back both up now, apart from the database.")
    if here:
        await _rewritten_here(settings, keys)
    else:
        await _rewritten(settings, keys, tell)
    tell(_without_old_one(file))


def _with_new_one(file: Path | None) -> Keys:
    if file is None:
        raise Misconfigured(BY_HAND)
    both = f"{new_secret()}\n{file.read_text().strip()}\n"
    _write(file, both)
    return Keys.of(both)


def _without_old_one(file: Path | None) -> str:
    if file is None:
        return "All is written anew. Take the old key out where the keys come from, and restart."
    _write(file, file.read_text().split()[0] + "\n")
    return f"All is written anew, and {file} has the new key only. Old backups need the old one."


def _write(file: Path, text: str) -> None:
    """Whole or not at all, and as hard to read as before."""
    new, was = file.with_name(f"{file.name}.new"), file.stat()
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as made:
            made.write(text)
            made.flush()
            os.fsync(made.fileno())
        os.chown(new, was.st_uid, was.st_gid)
        new.replace(file)
    except OSError as error:
        raise Misconfigured(
            f"{file} can't be written ({type(error).__name__}). {BY_HAND}"
        ) from None


async def _rewritten(settings: Settings, keys: Keys, tell: Tell) -> None:
    """Waits until the bot has done it."""
    store, so_far, still = open_store(settings.database, keys), 0, 0.0
    try:
        while not await _is_done(store):
            now = await _so_far(store)
            still = 0.0 if now != so_far else still + LOOK_SECONDS
            if now > so_far:
                tell(f"{now} rows are written anew.")
            if still == PATIENCE_SECONDS:
                tell(NOBODY)
            so_far = now
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        await store.close()


async def _is_done(store: Store) -> bool:
    async with store.read() as db:
        return await sealing(db) == {store.keys.id}


async def _so_far(store: Store) -> int:
    async with store.read() as db:
        return int(await facts.get(db, rotation.REWRITTEN) or 0)


async def _rewritten_here(settings: Settings, keys: Keys) -> None:
    ring = await app.open_database(settings, keys)
    try:
        await Rekey(ring.store, asyncio.Event()).turn()
        if not await _is_done(ring.store):
            raise Misconfigured("another process still uses the old key; stop the bot first")
    finally:
        await ring.close()
