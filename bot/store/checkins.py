"""Check-ins: what is asked of whom and when, and what they answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Table, exists, func, select

from bot.domain.checkins import PAIR
from bot.store import reminders
from bot.store.db import Db
from bot.store.networks import Member
from bot.store.tables import checkin_answers, checkins, enrolments, members, people

_NO_MORE = checkin_answers.c.no_more
ASKED = ("participant", "facilitator")
"""The roles of those who are asked."""


@dataclass(frozen=True, slots=True)
class Checkin:
    """A question to a side, or to those of it in an exchange: planned, done or stopped.

    `kind` is one of domain.checkins.KINDS; `words` has the question by language, if it is an own.
    """

    table: ClassVar[Table] = checkins
    id: int
    network_id: int
    exchange_id: int | None
    side_id: int | None
    words: dict[str, str]
    kind: str
    state: str
    made_by: int | None
    due_at: datetime
    every_days: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """A question put to a member at a time, and what they said.

    `state` is asked, answered, skipped or seen. `no_more` where they want no more of them.
    """

    table: ClassVar[Table] = checkin_answers
    id: int
    checkin_id: int
    member_id: int
    turn: int
    answer: int | str | None
    urgent: bool
    state: str
    no_more: bool
    at: datetime


async def plan(
    db: Db,
    member: Member,
    exchange_id: int | None,
    kind: str,
    words: Mapping[str, str],
    due_at: datetime,
    every_days: int,
    now: datetime,
) -> int:
    """Has a question asked of a member's side from `due_at` on, every so many days; its id."""
    whom = {"network_id": member.network_id, "side_id": member.side_id, "exchange_id": exchange_id}
    what = {"kind": kind, "words": dict(words), "state": "planned", "every_days": every_days}
    made = {"made_by": member.id, "due_at": due_at, "created_at": now}
    checkin_id = await db.add(checkins, **whom, **what, **made)
    await reminders.schedule(db, "checkin", checkin_id, due_at, tag="0:0")
    return checkin_id


async def of_pairs(db: Db, member: Member, exchange_id: int, now: datetime) -> Checkin:
    """The question that is put to each in a pair of an exchange, on a member's side."""
    where = (checkins.c.exchange_id == exchange_id, checkins.c.side_id == member.side_id)
    query = select(checkins).where(*where, checkins.c.kind == PAIR)
    if known := await db.one(Checkin, query):
        return known
    whom = {"network_id": member.network_id, "side_id": member.side_id, "exchange_id": exchange_id}
    what = {"kind": PAIR, "words": {}, "state": "planned", "due_at": now, "created_at": now}
    await db.add(checkins, **whom, **what)
    return await of_pairs(db, member, exchange_id, now)


async def by_id(db: Db, checkin_id: int) -> Checkin | None:
    """The check-in with this row id."""
    return await db.one(Checkin, select(checkins).where(checkins.c.id == checkin_id))


async def of_side(db: Db, side_id: int, limit: int, before: int | None = None) -> list[Checkin]:
    """A side's check-ins, the newest first."""
    where = [checkins.c.side_id == side_id]
    if before:
        where.append(checkins.c.id < before)
    query = select(checkins).where(*where).order_by(checkins.c.id.desc())
    return await db.all(Checkin, query.limit(limit))


async def next_time(db: Db, of: Checkin, turn: int, due_at: datetime) -> None:
    """It is asked again then."""
    await db.change(checkins, of.id, due_at=due_at)
    await reminders.schedule(db, "checkin", of.id, due_at, tag=f"{turn}:0")


async def set_state(db: Db, checkin_id: int, state: str) -> None:
    """Sets a check-in done or stopped."""
    await db.change(checkins, checkin_id, state=state)


async def some(db: Db, of: Checkin, after: int, limit: int) -> list[Member]:
    """Who is to be asked, by member id; not those who want no more questions."""
    never = exists().where(checkin_answers.c.member_id == members.c.id, _NO_MORE)
    where = [
        members.c.side_id == of.side_id,
        members.c.state == "active",
        members.c.role.in_(ASKED),
        members.c.id > after,
        people.c.state == "here",
        ~never,
    ]
    if of.exchange_id is not None:
        inside = (enrolments.c.exchange_id == of.exchange_id, enrolments.c.state != "out")
        where.append(exists().where(enrolments.c.member_id == members.c.id, *inside))
    query = select(members).join(people, people.c.id == members.c.person_id).where(*where)
    return await db.all(Member, query.order_by(members.c.id).limit(limit))


async def wants_none(db: Db, member_id: int) -> bool:
    """Whether a member wants no more questions."""
    where = (checkin_answers.c.member_id == member_id, _NO_MORE)
    return await db.scalar(select(checkin_answers.c.id).where(*where).limit(1)) is not None


async def times_asked(db: Db, checkin_id: int, member_id: int) -> int:
    """How often a member was asked this."""
    where = (checkin_answers.c.checkin_id == checkin_id, checkin_answers.c.member_id == member_id)
    found: int = await db.scalar(select(func.count()).select_from(checkin_answers).where(*where))
    return found


async def ask(db: Db, checkin_id: int, member_id: int, turn: int, now: datetime) -> int:
    """A question that is put to a member; the row its answer will be in."""
    of = {"checkin_id": checkin_id, "member_id": member_id, "turn": turn}
    where = [checkin_answers.c[name] == value for name, value in of.items()]
    known = await db.scalar(select(checkin_answers.c.id).where(*where))
    return known or await db.add(checkin_answers, **of, state="asked", at=now)


async def answer(db: Db, answer_id: int) -> Answer | None:
    """The answer with this row id."""
    query = select(checkin_answers).where(checkin_answers.c.id == answer_id)
    return await db.one(Answer, query)


async def answered(db: Db, answer_id: int, said: int | str, now: datetime, *, urgent: bool) -> None:
    """What a member said; they may say otherwise until it was seen."""
    values = {"answer": said, "urgent": urgent, "state": "answered", "at": now}
    await db.change(checkin_answers, answer_id, **values)


async def leave(db: Db, answer_id: int, state: str) -> None:
    """It was skipped, or its answer was seen."""
    await db.change(checkin_answers, answer_id, state=state)


async def no_more(db: Db, answer_id: int) -> None:
    """Who was asked this wants no more questions."""
    await db.change(checkin_answers, answer_id, no_more=True)


async def asked_since(db: Db, row: Answer) -> bool:
    """Whether the same question was put to the same member again after this."""
    same = (checkin_answers.c.checkin_id == row.checkin_id, checkin_answers.c.turn > row.turn)
    where = (*same, checkin_answers.c.member_id == row.member_id)
    return await db.scalar(select(checkin_answers.c.id).where(*where).limit(1)) is not None


async def urgent(db: Db, side_id: int, limit: int) -> list[Answer]:
    """The answers of a side that somebody should look at, the oldest first."""
    query = select(checkin_answers).join(checkins, checkins.c.id == checkin_answers.c.checkin_id)
    where = (checkin_answers.c.urgent, checkin_answers.c.state == "answered")
    query = query.where(checkins.c.side_id == side_id, *where)
    return await db.all(Answer, query.order_by(checkin_answers.c.id).limit(limit))


async def turns(db: Db, checkin_id: int, limit: int) -> list[int]:
    """The latest times a question was asked, by number, the newest first."""
    turn = checkin_answers.c.turn
    query = select(turn).where(checkin_answers.c.checkin_id == checkin_id).distinct()
    return [row.turn for row in await db.rows(query.order_by(turn.desc()).limit(limit))]


async def said(db: Db, checkin_id: int, turn: int) -> list[int | str]:
    """All that was answered at a time."""
    where = [checkin_answers.c.checkin_id == checkin_id, checkin_answers.c.turn == turn]
    query = select(checkin_answers.c.id, checkin_answers.c.answer)
    query = query.where(*where, checkin_answers.c.state.in_(("answered", "seen")))
    found: list[Any] = [
        db.open(checkin_answers, row.id, "answer", row.answer)
        for row in await db.rows(query.where(checkin_answers.c.answer.is_not(None)))
    ]
    return found
