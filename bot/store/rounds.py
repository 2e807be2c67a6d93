"""Rounds: a preview that waits for approval, who approved it, and when the next one is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import Table, select, update

from bot.store import exchanges, reminders
from bot.store.db import Db
from bot.store.tables import approvals, rounds

WARNING_BEFORE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Round:
    """One matching of an exchange: draft, approved or cancelled.

    `result` has `pairs` (`one` and `other`, member ids, with their `reasons`) and `left_out`
    (`member` id and `why`).
    """

    table: ClassVar[Table] = rounds
    id: int
    exchange_id: int
    state: str
    result: dict[str, Any]
    created_at: datetime
    created_by: int | None


async def draft(
    db: Db, exchange_id: int, result: Mapping[str, Any], now: datetime, member_id: int
) -> int:
    """Stores a preview in place of the one before; the exchange must be held. Its id."""
    await _cancel_drafts(db, exchange_id)
    return await db.add(
        rounds,
        exchange_id=exchange_id,
        state="draft",
        result=dict(result),
        created_at=now,
        created_by=member_id,
    )


async def _cancel_drafts(db: Db, exchange_id: int) -> None:
    where = (rounds.c.exchange_id == exchange_id, rounds.c.state == "draft")
    await db.run(update(rounds).where(*where).values(state="cancelled"))


async def by_id(db: Db, round_id: int) -> Round | None:
    """The round with this row id."""
    return await db.one(Round, select(rounds).where(rounds.c.id == round_id))


async def latest(db: Db, exchange_id: int, state: str) -> Round | None:
    """The newest round of an exchange in a state: its open draft, its last approved one."""
    where = (rounds.c.exchange_id == exchange_id, rounds.c.state == state)
    return await db.one(Round, select(rounds).where(*where).order_by(rounds.c.id.desc()))


async def set_state(db: Db, round_id: int, state: str) -> None:
    """Sets a round approved or cancelled."""
    await db.change(rounds, round_id, state=state)


async def approve(db: Db, round_id: int, side_id: int, member_id: int, now: datetime) -> set[int]:
    """Notes a side's approval, once; all sides that approved by now. The exchange must be held."""
    done = await approved_by(db, round_id)
    if side_id not in done:
        await db.add(approvals, round_id=round_id, side_id=side_id, member_id=member_id, at=now)
    return done | {side_id}


async def approved_by(db: Db, round_id: int) -> set[int]:
    """The sides that approved a round."""
    found = await db.rows(select(approvals.c.side_id).where(approvals.c.round_id == round_id))
    return {side_id for (side_id,) in found}


async def set_next(db: Db, exchange_id: int, at: datetime | None) -> None:
    """Moves an exchange's next round, with the warnings before it and the word when it is time."""
    await exchanges.set_next_round(db, exchange_id, at)
    await reminders.cancel(db, exchange_id, "round_due", "round_eve")
    if at is not None:
        tag = f"{at:%Y%m%d%H%M}"
        await reminders.schedule(db, "round_due", exchange_id, at, tag=tag)
        await reminders.schedule(db, "round_eve", exchange_id, at - WARNING_BEFORE, tag=tag)
