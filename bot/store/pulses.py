"""Pulses: statements put to all sides of an exchange, and what people answer and guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Table, case, delete, func, select, update

from bot.domain.pulses import Good, Tally
from bot.store import enrolments, networks, reminders
from bot.store import exchanges as exchanges_
from bot.store.db import Db, new_id
from bot.store.networks import Member
from bot.store.tables import exchanges, members, pulse_answers, pulses

AGREED = "pulse"
"""What sides agree to, as `agreements` names it."""

ASKS, ASK, CLOSES, RESULT = "pulse", "pulse_ask", "pulse_close", "pulse_result"
"""The reminders that have people asked, ask one, close it and have them told, tell one."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """A statement: draft, open until `closes_at`, or closed. `words` hold its texts and `good`."""

    table: ClassVar[Table] = pulses
    id: int
    exchange_id: int
    words: dict[str, Any]
    state: str
    made_by: int | None
    created_at: datetime
    closes_at: datetime | None

    @property
    def texts(self) -> dict[str, str]:
        """The statement by language."""
        return dict(self.words["texts"])

    @property
    def days(self) -> int | None:
        """For how many days it is to be open, once that is said."""
        return self.words.get("days")

    @property
    def tallies(self) -> dict[int, Tally] | None:
        """What each side said and guessed, by its id, as it was counted at the end.

        Counting again later would tell, once somebody is forgotten, what they had said.
        """
        counted = self.words.get("tallies")
        return counted and {int(side): Tally(*each) for side, each in counted.items()}

    @property
    def good(self) -> Good:
        """What would be good news."""
        return "few" if self.words["good"] == "few" else "many"

    def open_at(self, now: datetime) -> bool:
        """Whether it can be answered."""
        return self.state == "open" and (self.closes_at is None or now < self.closes_at)


@dataclass(frozen=True, slots=True)
class Answer:
    """A member's own view, -2 (disagree) to 2 (agree), and how many of 100 they guess agree."""

    table: ClassVar[Table] = pulse_answers
    id: int
    pulse_id: int
    member_id: int
    side_id: int
    own: int | None
    guess: int | None


async def draft(
    db: Db, exchange_id: int, texts: Mapping[str, str], good: str, member_id: int, now: datetime
) -> int:
    """A statement nobody is asked about yet; its id."""
    words = {"texts": dict(texts), "good": good}
    made = {"state": "draft", "made_by": member_id, "created_at": now}
    return await db.add(pulses, exchange_id=exchange_id, words=words, **made)


async def by_id(db: Db, pulse_id: int, *, hold: bool = False) -> Pulse | None:
    """The pulse; with `hold` held until the end of the transaction."""
    query = select(pulses).where(pulses.c.id == pulse_id)
    return await db.one(Pulse, query.with_for_update() if hold else query)


async def of_network(db: Db, network_id: int, limit: int, before: int = 0) -> list[Pulse]:
    """A network's pulses, the newest first."""
    query = select(pulses).join(exchanges, exchanges.c.id == pulses.c.exchange_id)
    query = query.where(exchanges.c.network_id == network_id)
    if before:
        query = query.where(pulses.c.id < before)
    return await db.all(Pulse, query.order_by(pulses.c.id.desc()).limit(limit))


async def drop(db: Db, pulse_id: int) -> None:
    """Drops a draft."""
    await db.run(delete(pulses).where(pulses.c.id == pulse_id, pulses.c.state == "draft"))


async def open_(db: Db, pulse_id: int, until: datetime, now: datetime) -> None:
    """People are asked from now on, until then."""
    await db.change(pulses, pulse_id, state="open", closes_at=until)
    await reminders.schedule(db, ASKS, pulse_id, now, tag="0")
    await reminders.schedule(db, CLOSES, pulse_id, until, tag="0")


async def set_days(db: Db, pulse: Pulse, days: int) -> None:
    """For how many days it is to be open."""
    await db.change(pulses, pulse.id, words={**pulse.words, "days": days})


async def close(db: Db, pulse: Pulse, now: datetime) -> None:
    """Nobody can answer any more, it is counted, and who answered hears what came of it."""
    counted = {str(side): astuple(each) for side, each in (await _tallies(db, pulse.id)).items()}
    words = {**pulse.words, "tallies": counted}
    await db.change(pulses, pulse.id, state="closed", closes_at=now, words=words)
    await reminders.cancel(db, pulse.id, ASKS, ASK)
    await reminders.schedule(db, CLOSES, pulse.id, now, tag="0")


async def answer(db: Db, pulse_id: int, member: Member, now: datetime, **said: int | None) -> None:
    """What a member says: their `own` view, their `guess`; it replaces what they said before."""
    whose = {"pulse_id": pulse_id, "member_id": member.id, "side_id": member.side_id}
    await db.add_new(pulse_answers, [{"id": new_id(), **whose, "at": now}])
    mine = (pulse_answers.c.pulse_id == pulse_id, pulse_answers.c.member_id == member.id)
    await db.run(update(pulse_answers).where(*mine).values(**said, at=now))


async def answer_of(db: Db, pulse_id: int, member_id: int) -> Answer | None:
    """What a member said."""
    mine = (pulse_answers.c.pulse_id == pulse_id, pulse_answers.c.member_id == member_id)
    return await db.one(Answer, select(pulse_answers).where(*mine))


async def asks(db: Db, pulse: Pulse, person_id: int) -> Member | None:
    """The member as whom a person takes part in what a pulse belongs to, if it goes on."""
    exchange = await exchanges_.by_id(db, pulse.exchange_id)
    if exchange is None or exchange.state != "open":
        return None
    member = await networks.membership(db, person_id, exchange.network_id)
    there = None if member is None else await enrolments.of(db, member.id, exchange.id)
    here = member is not None and member.state == "active"
    return member if here and there is not None and there.state != "out" else None


async def answered(db: Db, pulse_id: int, after: int, limit: int) -> list[tuple[int, int]]:
    """Some who answered: the answer's and the person's id, by answer above `after`."""
    query = select(pulse_answers.c.id, members.c.person_id)
    query = query.join(members, members.c.id == pulse_answers.c.member_id)
    said = pulse_answers.c.own.is_not(None) | pulse_answers.c.guess.is_not(None)
    here = (pulse_answers.c.pulse_id == pulse_id, pulse_answers.c.id > after, said)
    rows = await db.rows(query.where(*here).order_by(pulse_answers.c.id).limit(limit))
    return [(row.id, row.person_id) for row in rows]


async def _tallies(db: Db, pulse_id: int) -> dict[int, Tally]:
    """What each side said and guessed, counted; by the side's id."""
    query = select(
        pulse_answers.c.side_id,
        func.count(pulse_answers.c.own),
        func.coalesce(func.sum(case((pulse_answers.c.own > 0, 1), else_=0)), 0),
        func.count(pulse_answers.c.guess),
        func.coalesce(func.sum(pulse_answers.c.guess), 0),
    ).where(pulse_answers.c.pulse_id == pulse_id)
    rows = await db.rows(query.group_by(pulse_answers.c.side_id))
    return {row[0]: Tally(*map(int, row[1:])) for row in rows}
