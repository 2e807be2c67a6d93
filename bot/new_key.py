"""`proxeny rotate-key`: a new secret takes the old one's place.

It puts the new secret in front of the old one in the file, waits until the bot has written
everything anew, and takes the old one out. Only the bot writes to its database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot import app, durable
from bot.delivery.rekey import Rekey
from bot.settings import Misconfigured, Settings, key_file, keys_of
from bot.store import facts, rotation
from bot.store.backup import be_there
from bot.store.db import Store, open_store
from bot.store.keys import Keys, new_secret
from bot.store.ring import Ring, sealing

LOOK_SECONDS = 1.0
PATIENCE_SECONDS = 30
BY_HAND = (
    "Where the key comes from, put a new one in front of the old one, with a space between "
    "(`openssl rand -base64 32` makes one), restart the bot, and run this again"
)
NO_DATABASE = "there is no database yet; the bot makes one when it starts"
NOBODY = (
    "Nothing has happened for a while. If the bot is not running, start it, "
    "or run this again with --here while it is stopped."
)

Tell = Callable[[str], object]


async def replace(settings: Settings, keys: Keys, tell: Tell, *, here: bool = False) -> None:
    """Does all of it, or goes on where it was stopped; raises Misconfigured where it can't."""
    file = key_file(settings)
    with _alone(file):
        if file is not None:  # another command may have been faster
            keys = keys_of(file.read_text(), str(file))
        await _fits(settings, keys)
        if len(keys.ids) == 1:
            keys = _with_new_one(file)
            tell("There is a new secret key. It is in front of the old one, which is needed until")
            tell("all is written anew. Back both up now, apart from the database.")
        if here:
            await _rewritten_here(settings, keys)
        else:
            await _rewritten(settings, keys, tell)
        tell(_without_old_one(file, keys))


@contextmanager
def _alone(file: Path | None) -> Iterator[None]:
    """Of two at once each would put a key of its own in front, and one of them would be lost."""
    if file is None:
        yield
        return
    try:
        with durable.alone(file):
            yield
    except BlockingIOError:
        raise Misconfigured(f"another rotate-key is at work on {file}") from None


async def _fits(settings: Settings, keys: Keys) -> None:
    """The database is there and sealed with these keys: else a new one would help nobody."""
    try:
        be_there(settings.database)
    except FileNotFoundError:
        raise Misconfigured(NO_DATABASE) from None
    ring = Ring(open_store(settings.database, keys))
    try:
        if not await ring.check():
            raise Misconfigured(NO_DATABASE)
    finally:
        await ring.close()


def _with_new_one(file: Path | None) -> Keys:
    if file is None:
        raise Misconfigured(BY_HAND)
    both = f"{new_secret()}\n{file.read_text().strip()}\n"
    keys = Keys.of(both)
    _write(file, both)
    return keys


def _without_old_one(file: Path | None, keys: Keys) -> str:
    if file is None:
        return "All is written anew. Take the old key out where the keys come from, and restart."
    _write(file, _newest(file, keys) + "\n")
    return f"All is written anew, and {file} has the new key only. Old backups need the old one."


def _newest(file: Path, keys: Keys) -> str:
    """The new secret, wherever in the file it is by now."""
    there = {keys_of(each, str(file)).id: each for each in file.read_text().split()}
    if keys.id not in there or not set(there) <= set(keys.ids):
        raise Misconfigured(
            f"all is written anew, but {file} was changed meanwhile and is left as it is; "
            "what the bot needs is the new key that this command put into it, and no other"
        )
    return there[keys.id]


def _write(file: Path, text: str) -> None:
    try:
        durable.rewrite(file, text)
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
