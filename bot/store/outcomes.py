"""What members told of what came of a match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Table, select

from bot.store.db import Db
from bot.store.tables import outcomes


@dataclass(frozen=True, slots=True)
class CameOfIt:
    """A member's answers on a match ("yes" or "no" by question), and how many are onward."""

    table: ClassVar[Table] = outcomes
    id: int
    match_id: int
    member_id: int
    answers: dict[str, Any]
    onward: int
    at: datetime


async def of(db: Db, match_id: int, member_id: int) -> CameOfIt | None:
    """What a member told of a match, if anything."""
    where = (outcomes.c.match_id == match_id, outcomes.c.member_id == member_id)
    return await db.one(CameOfIt, select(outcomes).where(*where))


async def keep(
    db: Db,
    match_id: int,
    member_id: int,
    answers: Mapping[str, Any],
    onward: int,
    now: datetime,
) -> None:
    """What a member tells of a match from now on."""
    values = {"answers": dict(answers), "onward": onward, "at": now}
    if known := await of(db, match_id, member_id):
        await db.change(outcomes, known.id, **values)
    else:
        await db.add(outcomes, match_id=match_id, member_id=member_id, **values)
