"""Facts of this database: which key seals it, whether the bot waits to be claimed."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import delete, func, select, update

from bot.store.db import Db
from bot.store.tables import facts, people

CLAIM = "claim"
GUESSES = "guesses"


async def get(db: Db, name: str) -> str | None:
    """The value of a fact, if it is known."""
    found: str | None = await db.scalar(select(facts.c.value).where(facts.c.name == name))
    return found


async def put(db: Db, name: str, value: str) -> None:
    """Remembers a fact, in place of what was known."""
    if not await db.run(update(facts).where(facts.c.name == name).values(value=value)):
        await db.add_new(facts, [{"name": name, "value": value}])


async def held(db: Db, name: str) -> str:
    """The value of a fact, "" if it is not known; nobody else changes it before we are done."""
    await db.add_new(facts, [{"name": name, "value": ""}])  # what is not there can't be locked
    return str(await db.scalar(select(facts.c.value).where(facts.c.name == name).with_for_update()))


async def forget(db: Db, name: str, value: str) -> bool:
    """Forgets a fact that has this value; whether it had, and nobody else was faster."""
    where = (facts.c.name == name, facts.c.value == value)
    return await db.run(delete(facts).where(*where)) == 1


async def count(db: Db, name: str, day: str) -> int:
    """One more of something on a day; how many there were on it."""
    known = ((await get(db, name)) or "").partition(":")
    many = int(known[2]) + 1 if known[0] == day else 1
    await put(db, name, f"{day}:{many}")
    return many


async def claim_token(db: Db) -> str | None:
    """A new one-time token to claim the bot with, None if it has an owner.

    Only its hash is stored, so each start prints another one and the last one counts.
    """
    if await db.scalar(select(func.count()).select_from(people).where(people.c.is_owner)):
        return None
    token = secrets.token_urlsafe(24)
    await put(db, CLAIM, hashed(token))
    return token


def hashed(token: str) -> str:
    """What is stored of a token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()
