"""How often somebody did what must not be done too often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from bot.domain.limits import Limit
from bot.store.db import Db
from bot.store.tables import attempts


async def add(db: Db, person_id: int, limit: Limit, now: datetime) -> None:
    """One more try; those too long ago for the limit are forgotten."""
    mine = (attempts.c.person_id == person_id, attempts.c.what == limit.name)
    await db.run(delete(attempts).where(*mine, attempts.c.at <= now - limit.within))
    await db.add(attempts, person_id=person_id, what=limit.name, at=now)


async def again(db: Db, person_id: int, limit: Limit, now: datetime) -> datetime | None:
    """From when on this person may do it once more; None where they may now."""
    return limit.again(await _tries(db, person_id, limit, now), now)


async def spend(db: Db, person_id: int, limit: Limit, now: datetime) -> datetime | None:
    """The same, and where they may now, this was one more try."""
    until = await again(db, person_id, limit, now)
    if until is None:
        await add(db, person_id, limit, now)
    return until


async def _tries(db: Db, person_id: int, limit: Limit, now: datetime) -> Sequence[datetime]:
    mine = (attempts.c.person_id == person_id, attempts.c.what == limit.name)
    query = select(attempts.c.at).where(*mine, attempts.c.at > now - limit.within)
    return [row.at for row in await db.rows(query)]
