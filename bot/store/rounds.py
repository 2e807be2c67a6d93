"""Rounds: asked for, matched, approved by the sides, held in steps; and when the next one is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import Table, and_, or_, select, update

from bot.store import exchanges, freezes, reminders
from bot.store.db import Db
from bot.store.tables import approvals, rounds

WARNING_BEFORE = timedelta(days=1)
OPEN = ("matching", "draft", "approved")
"""The states of a round that is not over; an exchange has one such round at the most."""


@dataclass(frozen=True, slots=True)
class Round:
    """One matching of an exchange. Its pairs, and who is left out, are in `bot.store.drafts`.

    `state`: matching (asked for, `progress` percent of it done), draft (a preview that waits for
    approval), approved (its pairs are being asked, in steps), done; cancelled or failed.
    `result`, from a draft on: how many `pairs` or `groups`; by side (id as text) how many `people`
    waited, how many are `left` and in how many pairs or seats its people are (`own`); of pairs the
    matching's `certificate` and `what_if`, the gains it knows of, as `domain.matching.Gain` stores
    them; of groups how many are `seated` of those who `waited`; then how many pairs or groups were
    `asked` and people `told`.
    `checked_at` is when all pairs of a draft were last looked at, None when they are to be.
    `told_to` is the last enrolment, by id, that was told of a round held. `shown` has the key of
    the message in which a person looks at the round, by person id as text.
    """

    table: ClassVar[Table] = rounds
    id: int
    exchange_id: int
    state: str
    result: dict[str, Any]
    created_at: datetime
    created_by: int | None
    progress: int
    checked_at: datetime | None
    approved_at: datetime | None
    told_to: int
    shown: dict[str, str] | None


async def ask(db: Db, exchange_id: int, now: datetime, member_id: int) -> int:
    """Asks for a round, in place of the preview before; the exchange must be held. Its id."""
    where = (rounds.c.exchange_id == exchange_id, rounds.c.state.in_(("matching", "draft")))
    await db.run(update(rounds).where(*where).values(state="cancelled"))
    values = {"state": "matching", "result": {}, "created_at": now, "created_by": member_id}
    return await db.add(rounds, exchange_id=exchange_id, progress=0, told_to=0, **values)


async def by_id(db: Db, round_id: int) -> Round | None:
    """The round with this row id."""
    return await db.one(Round, select(rounds).where(rounds.c.id == round_id))


async def held(db: Db, round_id: int, state: str) -> Round | None:
    """The round, held until the end of the transaction, if it is still in this state."""
    where = [rounds.c.id == round_id, rounds.c.state == state]
    if state == "approved":  # where a freeze comes in the middle of a round, the rest of it waits
        where.append(~freezes.rests(rounds.c.exchange_id))
    return await db.one(Round, select(rounds).where(*where).with_for_update())


async def latest(db: Db, exchange_id: int, *states: str) -> Round | None:
    """The newest round of an exchange in one of these states."""
    where = (rounds.c.exchange_id == exchange_id, rounds.c.state.in_(states))
    return await db.one(Round, select(rounds).where(*where).order_by(rounds.c.id.desc()))


async def to_be_matched(db: Db) -> Round | None:
    """The oldest round that was asked for, none of a frozen network."""
    query = select(rounds).where(rounds.c.state == "matching", ~freezes.rests(rounds.c.exchange_id))
    return await db.one(Round, query.order_by(rounds.c.id))


async def to_be_held(db: Db) -> Round | None:
    """The oldest round that was approved, or is to be looked at again; none of a frozen network."""
    unchecked = and_(rounds.c.state == "draft", rounds.c.checked_at.is_(None))
    query = select(rounds).where(or_(rounds.c.state == "approved", unchecked))
    query = query.where(~freezes.rests(rounds.c.exchange_id))
    return await db.one(Round, query.order_by(rounds.c.state, rounds.c.id))


async def set_state(db: Db, round_id: int, state: str) -> None:
    """Sets the state of a round."""
    await db.change(rounds, round_id, state=state)


async def set_progress(db: Db, round_id: int, percent: int) -> None:
    """How much of a round is matched."""
    await db.change(rounds, round_id, progress=percent)


async def set_draft(db: Db, round_id: int, result: Mapping[str, Any], now: datetime) -> None:
    """A round was matched: it is a preview now."""
    matched = {"state": "draft", "result": dict(result), "created_at": now, "checked_at": now}
    await db.change(rounds, round_id, **matched)


async def set_checked(db: Db, round_id: int, at: datetime | None) -> None:
    """When the pairs of a draft were last looked at; None has them looked at again."""
    await db.change(rounds, round_id, checked_at=at)


async def begin(db: Db, approved: Round, now: datetime) -> None:
    """All have approved: the pairs are to be asked."""
    result = approved.result | {"asked": 0, "told": 0}
    await db.change(rounds, approved.id, state="approved", result=result, approved_at=now)


async def went_on(db: Db, done: Round, *, asked: int = 0, told: int = 0, told_to: int = 0) -> None:
    """So many more pairs were asked, so many more people told that there is nobody for them."""
    counts = {"asked": done.result["asked"] + asked, "told": done.result["told"] + told}
    last = max(told_to, done.told_to)
    await db.change(rounds, done.id, result=done.result | counts, told_to=last)


async def show(db: Db, seen: Round, person_id: int, key: str) -> None:
    """The message in which a person looks at the round from now on; the exchange must be held."""
    now = await by_id(db, seen.id)
    if now is not None:
        await db.change(rounds, seen.id, shown=(now.shown or {}) | {str(person_id): key})


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
