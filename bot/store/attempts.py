"""How often somebody tried something that must not be tried too often."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from bot.store.db import Db
from bot.store.tables import attempts

INVITES_AN_HOUR = 5
HOUR = timedelta(hours=1)


async def add(db: Db, person_id: int, what: str, now: datetime) -> None:
    """One more try; those longer ago than an hour are forgotten."""
    old = (attempts.c.person_id == person_id, attempts.c.what == what, attempts.c.at <= now - HOUR)
    await db.run(delete(attempts).where(*old))
    await db.add(attempts, person_id=person_id, what=what, at=now)


async def in_the_last_hour(db: Db, person_id: int, what: str, now: datetime) -> int:
    """How often this person tried it within the hour."""
    recent = (
        attempts.c.person_id == person_id,
        attempts.c.what == what,
        attempts.c.at > now - HOUR,
    )
    found: int = await db.scalar(select(func.count()).select_from(attempts).where(*recent))
    return found
