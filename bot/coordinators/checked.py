"""What a preview shows, looked at again: whatever no longer holds is left out of it."""

from __future__ import annotations

from datetime import datetime

from bot.coordinators.candidates import holding
from bot.coordinators.forming import forming
from bot.domain.exchange import GROUPED
from bot.store import drafts, seating
from bot.store.db import Db
from bot.store.exchanges import Exchange


async def many(db: Db, exchange: Exchange, round_id: int) -> int:
    """How many pairs or groups of a round held when they were last looked at."""
    count = seating.count if exchange.format in GROUPED else drafts.count
    return await count(db, round_id)


async def fallen(
    db: Db, exchange: Exchange, round_id: int, limit: int, now: datetime, after: int = -1
) -> tuple[int, int] | None:
    """Looks at the next pairs or groups after a place.

    The place of the last of them, and how many fell; None where there are none.
    """
    found = _groups if exchange.format in GROUPED else _pairs
    return await found(db, exchange, round_id, limit, now, after)


async def _pairs(
    db: Db, exchange: Exchange, round_id: int, limit: int, now: datetime, after: int
) -> tuple[int, int] | None:
    some = await drafts.some(db, round_id, limit, after)
    good = await holding(db, exchange, some, now)
    gone = {each.id for each in some} - {each.pair.id for each in good}
    await drafts.fall(db, gone)
    return (some[-1].place, len(gone)) if some else None


async def _groups(
    db: Db, exchange: Exchange, round_id: int, limit: int, now: datetime, after: int
) -> tuple[int, int] | None:
    some = await seating.some(db, round_id, limit, after)
    good = await forming(db, exchange, some, now)
    gone = {each.id for each in some} - {each.group.id for each in good}
    await seating.fall(db, gone)
    return (some[-1].place, len(gone)) if some else None
