"""Who is enrolled in an exchange, and who waits in which place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)

from bot.domain.groups import OUT
from bot.domain.tracks import TRACKS
from bot.domain.tracks.schema import Question
from bot.store import exchanges, freezes, reminders
from bot.store.db import Db
from bot.store.exchanges import Exchange
from bot.store.networks import Member
from bot.store.tables import enrolments, matched, matches, members, people
from bot.store.tables import exchanges as exchange_rows

OPEN = ("proposed", "active")
"""The states of a match that isn't over."""

TAKE_PART = ("participant", "facilitator")
"""The roles that can be enrolled; see `open_to`."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A member in an exchange. `state` is waiting, skipping (the next round), matched or out."""

    table: ClassVar[Table] = enrolments
    id: int
    member_id: int
    exchange_id: int
    state: str
    waiting_since: datetime
    rounds_waited: int
    first: bool
    answers: dict[str, Any] | None = None


async def by_id(db: Db, enrolment_id: int) -> Enrolment | None:
    """The enrolment with this row id."""
    return await db.one(Enrolment, select(enrolments).where(enrolments.c.id == enrolment_id))


async def of(db: Db, member_id: int, exchange_id: int) -> Enrolment | None:
    """A member's enrolment in one exchange."""
    where = (enrolments.c.member_id == member_id, enrolments.c.exchange_id == exchange_id)
    return await db.one(Enrolment, select(enrolments).where(*where))


async def of_member(db: Db, member_id: int) -> list[Enrolment]:
    """All enrolments of a member, the oldest first."""
    query = select(enrolments).where(enrolments.c.member_id == member_id)
    return await db.all(Enrolment, query.order_by(enrolments.c.id))


async def enrol(
    db: Db,
    member_id: int,
    exchange_id: int,
    now: datetime,
    answers: Mapping[str, Any] | None = None,
) -> int:
    """Has a member wait in an exchange, once; the enrolment's id.

    Who is there already keeps place and answers; see `take_part` for one who comes back.
    """
    if known := await of(db, member_id, exchange_id):
        return known.id
    return await db.add(
        enrolments,
        member_id=member_id,
        exchange_id=exchange_id,
        state="waiting",
        waiting_since=now,
        rounds_waited=0,
        first=False,
        answers=None if answers is None else dict(answers),
    )


async def take_part(
    db: Db, member_id: int, exchange_id: int, answers: Mapping[str, Any], now: datetime
) -> int:
    """Enrols a member with these answers, anew if they had stopped; the enrolment's id."""
    known = await of(db, member_id, exchange_id)
    if known is None:
        return await enrol(db, member_id, exchange_id, now, answers)
    changes: dict[str, Any] = {"answers": dict(answers)}
    if known.state == "out":
        found = await _open_matches(db, member_id, exchange_id)
        state = "matched" if found else "waiting"
        changes |= {"state": state, "waiting_since": now, "rounds_waited": 0, "first": False}
    await db.change(enrolments, known.id, **changes)
    return known.id


def open_to(role: str, exchange: Exchange) -> bool:
    """Whether somebody in this role can take part: a facilitator only where somebody leads."""
    return role == "participant" or (role == "facilitator" and exchange.settled.leads)


def asked(role: str, exchange: Exchange) -> tuple[Question, ...]:
    """What somebody in this role is asked when they enrol; who facilitates leads anyway."""
    leads = exchange.settled.leads and role != "facilitator"
    return TRACKS[exchange.track].asked(exchange.format, leads=leads)


async def enrol_in_open(db: Db, member: Member, now: datetime) -> list[int]:
    """Enrols who needn't choose: there is one exchange open to them, and it asks nothing.

    The enrolments' ids; none where they have to choose themselves. Only who takes part is enrolled:
    who coordinates or observes is not put together with anybody.
    """
    found = await exchanges.open_in(db, member.network_id)
    theirs = [each for each in found if open_to(member.role, each)]
    if len(theirs) != 1 or asked(member.role, theirs[0]):
        return []
    return [await enrol(db, member.id, theirs[0].id, now)]


async def opened(db: Db, exchange_id: int, now: datetime) -> None:
    """Who could take part in an exchange is told of it, a page at a time, and nobody twice."""
    tag = f"{now:%Y%m%d%H%M%S}:0"
    await reminders.schedule(db, "exchange_opened", exchange_id, now, tag=tag)


async def could_join(db: Db, exchange: Exchange, after: int, limit: int) -> list[Member]:
    """Who could take part in an exchange and has never been in it, by member id after `after`."""
    there = exists().where(
        enrolments.c.member_id == members.c.id, enrolments.c.exchange_id == exchange.id
    )
    roles = [role for role in TAKE_PART if open_to(role, exchange)]
    where = (
        members.c.network_id == exchange.network_id,
        members.c.state == "active",
        members.c.role.in_(roles),
        members.c.id > after,
        people.c.state == "here",
    )
    query = select(members).join(people, people.c.id == members.c.person_id).where(*where, ~there)
    return await db.all(Member, query.order_by(members.c.id).limit(limit))


async def set_state(db: Db, enrolment_id: int, state: str) -> None:
    """Sets an enrolment waiting, skipping or out, its place in line kept."""
    await db.change(enrolments, enrolment_id, state=state)


async def set_matched(db: Db, enrolment_id: int) -> None:
    """Somebody was found; how long they waited is kept until the two have accepted."""
    await db.change(enrolments, enrolment_id, state="matched", first=False)


async def accepted(db: Db, member_ids: Sequence[int], exchange_id: int, now: datetime) -> None:
    """These members were introduced: their waiting is over, and begins anew the next time."""
    where = (enrolments.c.member_id.in_(member_ids), enrolments.c.exchange_id == exchange_id)
    values = {"rounds_waited": 0, "waiting_since": now, "first": False}
    await db.run(update(enrolments).where(*where).values(values))


async def wait_again(db: Db, member_id: int, exchange_id: int, *, first: bool) -> None:
    """Puts a matched member back to waiting, unless another match of theirs is open.

    With `first` they go first next time, if none of those leads to an introduction either.
    """
    where = (
        enrolments.c.member_id == member_id,
        enrolments.c.exchange_id == exchange_id,
        enrolments.c.state == "matched",
    )
    # Held before the matches are read: of two that end at once, the later sees that both have.
    row = await db.one(Enrolment, select(enrolments).where(*where).with_for_update())
    states = await _open_matches(db, member_id, exchange_id)
    if row is not None and "active" not in states:
        state = "matched" if states else "waiting"
        await db.change(enrolments, row.id, state=state, first=first or row.first)


async def _open_matches(db: Db, member_id: int, exchange_id: int) -> list[str]:
    """The states of a member's open matches of an exchange."""
    query = select(matches.c.state).join(matched, matched.c.match_id == matches.c.id)
    where = (matched.c.member_id == member_id, matches.c.exchange_id == exchange_id)
    there = (matched.c.answer.not_in(OUT), matches.c.state.in_(OPEN))
    rows = await db.rows(query.where(*where, *there))
    return [row.state for row in rows]


async def waited_in_vain(db: Db, *enrolment_ids: int) -> None:
    """One more round went by without anybody for these enrolments."""
    more = enrolments.c.rounds_waited + 1
    query = update(enrolments).where(enrolments.c.id.in_(enrolment_ids))
    await db.run(query.values(rounds_waited=more))


async def end_skipping(db: Db, exchange_id: int) -> None:
    """Those who skipped this round wait for the next one."""
    where = (enrolments.c.exchange_id == exchange_id, enrolments.c.state == "skipping")
    await db.run(update(enrolments).where(*where).values(state="waiting"))


def may_be_matched(exchange_id: int) -> ColumnElement[bool]:
    """Whether a member, joined with their person, may be matched in an exchange now.

    Who is paused, pending, gone or staff may not; who facilitates may where an exchange has leads.
    """
    has_leads = exists().where(
        exchange_rows.c.id == exchange_id, exchange_rows.c.settings["leads"].as_boolean()
    )
    takes_part = or_(
        members.c.role == "participant", and_(members.c.role == "facilitator", has_leads)
    )
    here = and_(members.c.state == "active", people.c.state == "here")
    return and_(here, takes_part, ~freezes.reaches_member())


def _may_be_matched(exchange_id: int) -> ColumnElement[bool]:
    waits = (enrolments.c.exchange_id == exchange_id, enrolments.c.state == "waiting")
    return and_(*waits, may_be_matched(exchange_id))


def of_the_waiting(query: Select[Any], exchange_id: int) -> Select[Any]:
    """A query on enrolments, kept to those who wait and may be matched now."""
    joined = query.join(members, members.c.id == enrolments.c.member_id).join(
        people, people.c.id == members.c.person_id
    )
    return joined.where(_may_be_matched(exchange_id))


async def waiting(db: Db, exchange_id: int) -> list[tuple[Enrolment, Member]]:
    """Who waits for a round and may be matched now, in the order of the line.

    Who is paused, pending, left, gone or has blocked the bot isn't among them. The rows are held
    until the end of the transaction, so that nobody pauses between the check and the match.
    """
    query = of_the_waiting(select(enrolments), exchange_id).order_by(enrolments.c.id)
    held = await db.all(Enrolment, query.with_for_update(of=enrolments))
    query = of_the_waiting(select(members).select_from(enrolments), exchange_id)
    whose = {
        each.id: each
        for each in await db.all(Member, query.order_by(members.c.id).with_for_update(of=members))
    }
    found = [(each, whose[each.member_id]) for each in held if each.member_id in whose]
    return sorted(found, key=lambda both: _in_line(both[0]))


def _in_line(each: Enrolment) -> tuple[bool, int, datetime, int]:
    return (not each.first, -each.rounds_waited, each.waiting_since, each.id)


FARTHEST_PLACE = 200


async def place_in_line(db: Db, one: Enrolment) -> int | None:
    """The place (from 1) of a waiting enrolment among those who wait on the same side.

    None beyond FARTHEST_PLACE: to count a whole line takes as long as the line is.
    """
    each = enrolments.c
    like = (each.first == one.first, each.rounds_waited == one.rounds_waited)
    since = each.waiting_since == one.waiting_since
    sooner: list[tuple[ColumnElement[bool], ...]] = [
        (each.first, literal(not one.first)),
        (each.first == one.first, each.rounds_waited > one.rounds_waited),
        (*like, each.waiting_since < one.waiting_since),
        (*like, since, each.id < one.id),
    ]
    own_side = select(members.c.side_id).where(members.c.id == one.member_id).scalar_subquery()
    beside = exists().where(
        members.c.id == each.member_id,
        people.c.id == members.c.person_id,
        members.c.side_id == own_side,
        _may_be_matched(one.exchange_id),
    )
    line = (each.exchange_id == one.exchange_id, each.state == "waiting", beside)
    parts = [select(each.id).where(*line, *where).limit(FARTHEST_PLACE) for where in sooner]
    ahead = union_all(*(select(part.subquery().c.id) for part in parts)).subquery()
    count: int = await db.scalar(select(func.count()).select_from(ahead))
    return count + 1 if count < FARTHEST_PLACE else None
