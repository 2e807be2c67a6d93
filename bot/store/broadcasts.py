"""Broadcasts: to whom, in which words, how far they are, and what became of their messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Table, cast, delete, exists, func, literal, select
from sqlalchemy import update as change

from bot.domain.broadcasts import Counts
from bot.domain.groups import OUT
from bot.domain.replies import Priority
from bot.store import freezes
from bot.store.db import Db
from bot.store.tables import (
    broadcasts,
    enrolments,
    matched,
    matches,
    members,
    outbox,
    people,
    sides,
)
from bot.store.tables import freezes as freeze_rows

OVER = ("stopped", "done")


@dataclass(frozen=True, slots=True)
class To:
    """An audience: of a network, maybe of a side or an exchange only; who of them by `audience`.

    That is everybody, waiting (for an introduction) or introduced.
    """

    network_id: int
    side_id: int | None = None
    exchange_id: int | None = None
    audience: str = "everybody"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Something said to many: a draft, sending, stopped or done.

    `told_to` is the last member who was looked at in this pass. `shown` has the `keys` of the
    messages in which people look at it, by person id; `morning`, when the first of those wakes who
    slept in this pass; `not_before`, when the next pass begins; and the `counts` at its end.
    """

    table: ClassVar[Table] = broadcasts
    id: int
    network_id: int
    side_id: int | None
    exchange_id: int | None
    audience: str
    words: dict[str, str]
    state: str
    made_by: int | None
    total: int
    told_to: int
    shown: dict[str, Any] | None
    created_at: datetime
    done_at: datetime | None

    @property
    def to(self) -> To:
        """Whom it is for."""
        return To(self.network_id, self.side_id, self.exchange_id, self.audience)

    @property
    def keys(self) -> dict[str, str]:
        """The message in which somebody looks at it, by person id."""
        return dict((self.shown or {}).get("keys", {}))

    def moment(self, name: str) -> datetime | None:
        """One of the moments that are kept of it."""
        kept = (self.shown or {}).get(name)
        return datetime.fromisoformat(kept) if kept else None


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody it is for: where they are, and whether a freeze is on them."""

    member_id: int
    person_id: int
    language: str
    zone: str | None
    country: str
    rests: bool


def _is_in(to: To) -> list[ColumnElement[bool]]:
    """Whether a member, joined with their person, is in an audience."""
    where = [
        members.c.network_id == to.network_id,
        members.c.state == "active",
        people.c.state == "here",
    ]
    if to.side_id is not None:
        where.append(members.c.side_id == to.side_id)
    enrolled = exists().where(enrolments.c.member_id == members.c.id, enrolments.c.state != "out")
    if to.exchange_id is not None:
        where.append(enrolled.where(enrolments.c.exchange_id == to.exchange_id))
    if to.audience == "waiting":
        where.append(enrolled.where(enrolments.c.state == "waiting"))
    if to.audience == "introduced":
        mine = (matched.c.member_id == members.c.id, matched.c.answer.not_in(OUT))
        found = (*mine, matches.c.state == "active")
        where.append(exists().where(matches.c.id == matched.c.match_id, *found))
    return where


async def languages(db: Db, to: To) -> dict[str, int]:
    """How many of an audience speak each language, the most spoken first."""
    many = func.count().label("many")
    query = select(people.c.language, many).join(members, members.c.person_id == people.c.id)
    query = query.where(*_is_in(to)).group_by(people.c.language)
    rows = await db.rows(query.order_by(many.desc(), people.c.language))
    return {row.language: row.many for row in rows}


async def draft(db: Db, to: To, words: Mapping[str, str], member_id: int, now: datetime) -> int:
    """A broadcast that is not sent yet; its id."""
    where = {"side_id": to.side_id, "exchange_id": to.exchange_id, "audience": to.audience}
    made = {"words": dict(words), "state": "draft", "made_by": member_id, "created_at": now}
    return await db.add(broadcasts, network_id=to.network_id, **where, **made)


async def by_id(db: Db, broadcast_id: int) -> Broadcast | None:
    """The broadcast with this row id."""
    return await db.one(Broadcast, select(broadcasts).where(broadcasts.c.id == broadcast_id))


async def held(db: Db, broadcast_id: int) -> Broadcast | None:
    """The broadcast, held until the end of the transaction: two taps come one by one."""
    query = select(broadcasts).where(broadcasts.c.id == broadcast_id).with_for_update()
    return await db.one(Broadcast, query)


async def latest(db: Db, network_id: int, side_id: int | None, limit: int) -> list[Broadcast]:
    """The newest broadcasts of a network, of one side where it is named, but no drafts."""
    where = [broadcasts.c.network_id == network_id, broadcasts.c.state != "draft"]
    if side_id is not None:
        where.append(broadcasts.c.side_id == side_id)
    query = select(broadcasts).where(*where).order_by(broadcasts.c.id.desc())
    return await db.all(Broadcast, query.limit(limit))


async def drop(db: Db, broadcast_id: int) -> None:
    """Drops a draft."""
    where = (broadcasts.c.id == broadcast_id, broadcasts.c.state == "draft")
    await db.run(delete(broadcasts).where(*where))


async def send(db: Db, draft_: Broadcast, total: int) -> None:
    """It begins to be sent to `total` people."""
    await db.change(broadcasts, draft_.id, state="sending", total=total)


async def show(db: Db, seen: Broadcast, person_id: int, key: str) -> None:
    """The message in which a person looks at it from now on; it must be held."""
    await keep(db, seen, keys=seen.keys | {str(person_id): key})


async def keep(db: Db, of: Broadcast, **kept: Any) -> None:
    """Keeps more of what is kept beside it; it must be held."""
    await db.change(broadcasts, of.id, shown=(of.shown or {}) | kept)


async def sending(db: Db) -> list[Broadcast]:
    """What is being sent, or was stopped and is not settled yet; but not in frozen networks."""
    frozen = exists().where(
        freeze_rows.c.network_id == broadcasts.c.network_id,
        freeze_rows.c.state != "over",
        freeze_rows.c.region.is_(None),
    )
    unsettled = (broadcasts.c.state.in_(("sending", "stopped")), broadcasts.c.done_at.is_(None))
    query = select(broadcasts).where(*unsettled, ~frozen)
    return await db.all(Broadcast, query.order_by(broadcasts.c.id))


async def some(db: Db, of: Broadcast, limit: int) -> list[Reader]:
    """The next people of a pass who don't have it yet, by member id."""
    key = literal(f"{key_of(of, '')}") + cast(people.c.id, String)
    query = (
        select(
            *(members.c.id, people.c.id, people.c.language, people.c.zone, sides.c.country),
            freezes.reaches_member(),
        )
        .select_from(members)
        .join(people, people.c.id == members.c.person_id)
        .join(sides, sides.c.id == members.c.side_id)
        .where(*_is_in(of.to), members.c.id > of.told_to, ~exists().where(outbox.c.key == key))
    )
    return [Reader(*row) for row in await db.rows(query.order_by(members.c.id).limit(limit))]


def key_of(of: Broadcast, person_id: int | str) -> str:
    """The key under which somebody gets it, once."""
    return f"broadcast:{of.id}:{person_id}"


async def went_on(db: Db, of: Broadcast, told_to: int, morning: datetime | None) -> None:
    """A pass went on up to a member; `morning` is when the first of those it passed over wakes."""
    kept = {"morning": morning.isoformat() if morning else None}
    await db.change(broadcasts, of.id, told_to=told_to, shown=(of.shown or {}) | kept)


async def anew(db: Db, of: Broadcast, not_before: datetime) -> None:
    """The next pass, to those who slept, begins then."""
    kept = {"morning": None, "not_before": not_before.isoformat()}
    await db.change(broadcasts, of.id, told_to=0, shown=(of.shown or {}) | kept)


async def ahead(db: Db, limit: int) -> int:
    """How many messages of broadcasts wait to be delivered, counted up to a limit."""
    waits = (outbox.c.state == "waiting", outbox.c.priority == int(Priority.BROADCAST))
    found = select(outbox.c.id).where(*waits).limit(limit).subquery()
    count: int = await db.scalar(select(func.count()).select_from(found))
    return count


async def counts(db: Db, of: Broadcast) -> Counts:
    """What became of its messages; at its end as it was counted then."""
    if kept := (of.shown or {}).get("counts"):
        return Counts(**kept)
    query = select(outbox.c.state, func.count().label("many")).where(outbox.c.about_id == of.id)
    found = {row.state: row.many for row in await db.rows(query.group_by(outbox.c.state))}
    known = {name: found.get(name, 0) for name in ("sent", "blocked", "failed", "stopped")}
    return Counts(**known, waiting=found.get("waiting", 0) + found.get("held", 0))


async def stop(db: Db, of: Broadcast, settled_by: datetime) -> None:
    """Nobody else gets it, but what is on its way just now, of which is known by then."""
    waits = (outbox.c.about_id == of.id, outbox.c.state.in_(("waiting", "held")))
    await db.run(change(outbox).where(*waits).values(state="stopped", payload=None))
    shown = (of.shown or {}) | {"not_before": settled_by.isoformat()}
    await db.change(broadcasts, of.id, state="stopped", shown=shown)


async def finish(db: Db, of: Broadcast, at_last: Counts, now: datetime) -> None:
    """It is over, and so many got it."""
    state = "stopped" if of.state == "stopped" else "done"
    kept = {name: getattr(at_last, name) for name in ("sent", "blocked", "failed", "stopped")}
    shown = (of.shown or {}) | {"counts": kept}
    await db.change(broadcasts, of.id, state=state, done_at=now, shown=shown)


async def forget(db: Db, before: datetime, at_most: int) -> bool:
    """Drops traces of what was sent to whom by broadcasts that ended before; whether any were."""
    over = select(broadcasts.c.id).where(broadcasts.c.done_at < before)
    old = select(outbox.c.id).where(outbox.c.about_id.in_(over)).limit(at_most)
    return await db.run(delete(outbox).where(outbox.c.id.in_(old))) > 0


async def rest(db: Db, freeze: freezes.Freeze) -> None:
    """What is queued for the people of a freeze is held."""
    query = select(broadcasts.c.id).where(broadcasts.c.network_id == freeze.network_id)
    for row in await db.rows(query.where(broadcasts.c.state == "sending")):
        await held(db, row.id)  # what is being queued just now is seen, too
    here = (*_queued("waiting", freeze), outbox.c.person_id.in_(_people_in(freeze)))
    await db.run(change(outbox).where(*here).values(state="held"))


async def resume(db: Db, freeze: freezes.Freeze) -> None:
    """What was held goes on, but for those whom another freeze reaches; this one must be over.

    Who has left or rests by now does not get it any more.
    """
    here = _queued("held", freeze)
    there = select(members.c.person_id).where(
        members.c.network_id == freeze.network_id, members.c.state == "active"
    )
    gone = (*here, outbox.c.person_id.not_in(there))
    await db.run(change(outbox).where(*gone).values(state="stopped", payload=None))
    free = (*here, outbox.c.person_id.in_(_people_in(freeze)))
    await db.run(change(outbox).where(*free).values(state="waiting"))


def _queued(state: str, freeze: freezes.Freeze) -> tuple[ColumnElement[bool], ...]:
    """What many of the freeze's network are told, in this state."""
    theirs = select(broadcasts.c.id).where(broadcasts.c.network_id == freeze.network_id)
    last = outbox.c.priority == int(Priority.BROADCAST)
    return (outbox.c.state == state, last, outbox.c.about_id.in_(theirs))


def _people_in(freeze: freezes.Freeze) -> Any:
    """Who of a freeze's network is in a freeze; once it is over, who is in none."""
    reached = freezes.reaches_member()
    query = select(people.c.id).join(members, members.c.person_id == people.c.id)
    where = reached if freeze.state != "over" else ~reached
    return query.where(members.c.network_id == freeze.network_id, where)
