"""The groups a round brings, in rows, and who would sit in them; those first in line first.

As with pairs (`bot.store.drafts`) they are the queue of a round that is held: a group's row goes
when its people have been asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import Table, delete, func, insert, select, update

from bot.store.db import Db, new_id
from bot.store.networks import Member
from bot.store.tables import drafted_groups, drafted_seats, members, rounds


@dataclass(frozen=True, slots=True)
class DraftedGroup:
    """A circle or team of a round, and what its people share. `state` is open, or fell."""

    table: ClassVar[Table] = drafted_groups
    id: int
    round_id: int
    place: int
    state: str
    reasons: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DraftedSeat:
    """Somebody who would sit in a group."""

    table: ClassVar[Table] = drafted_seats
    id: int
    group_id: int
    member_id: int
    side_id: int
    leads: bool


async def add(db: Db, round_id: int, first: int, found: Sequence[Mapping[str, Any]]) -> None:
    """Adds groups (`seats`, `reasons`), the first of them at place `first`.

    Who was forgotten meanwhile is passed over.
    """
    named = {seat["member"] for each in found for seat in each["seats"]}
    there = {id_ for (id_,) in await db.rows(select(members.c.id).where(members.c.id.in_(named)))}
    groups, seats = [], []
    for place, each in enumerate(found, first):
        id_ = new_id()
        row = {"id": id_, "round_id": round_id, "place": place, "state": "open"}
        row |= {"reasons": each["reasons"]}
        groups.append(db.sealed(drafted_groups, id_, row))
        seats += [_seat(id_, seat) for seat in each["seats"] if seat["member"] in there]
    await db.each(insert(drafted_groups), groups)
    await db.each(insert(drafted_seats), seats)


def _seat(group_id: int, seat: Mapping[str, Any]) -> dict[str, Any]:
    who = {"member_id": seat["member"], "side_id": seat["side"], "leads": seat["leads"]}
    return {"id": new_id(), "group_id": group_id, **who}


def _open(round_id: int) -> tuple[Any, ...]:
    return (drafted_groups.c.round_id == round_id, drafted_groups.c.state == "open")


async def count(db: Db, round_id: int) -> int:
    """How many groups there are that held when they were last looked at."""
    query = select(func.count()).select_from(drafted_groups).where(*_open(round_id))
    found: int = await db.scalar(query)
    return found


async def seated(db: Db, round_id: int) -> int:
    """How many people sit in them."""
    query = select(func.count()).select_from(drafted_seats)
    query = query.join(drafted_groups, drafted_groups.c.id == drafted_seats.c.group_id)
    found: int = await db.scalar(query.where(*_open(round_id)))
    return found


async def some(db: Db, round_id: int, limit: int, after: int = -1) -> list[DraftedGroup]:
    """The next groups after a place."""
    query = select(drafted_groups).where(*_open(round_id), drafted_groups.c.place > after)
    return await db.all(DraftedGroup, query.order_by(drafted_groups.c.place).limit(limit))


async def skipped_to(db: Db, round_id: int, number: int, size: int) -> int:
    """The place after which page `number` (from 0) of so many groups begins."""
    query = select(drafted_groups.c.place).where(*_open(round_id)).order_by(drafted_groups.c.place)
    last = await db.scalar(query.offset(number * size - 1).limit(1)) if number else None
    return -1 if last is None else int(last)


async def seats_of(db: Db, group_ids: Collection[int]) -> dict[int, list[DraftedSeat]]:
    """Who would sit in each of these groups."""
    query = select(drafted_seats).where(drafted_seats.c.group_id.in_(group_ids))
    found: dict[int, list[DraftedSeat]] = {id_: [] for id_ in group_ids}
    for each in await db.all(DraftedSeat, query.order_by(drafted_seats.c.id)):
        found[each.group_id].append(each)
    return found


async def members_of(db: Db, group_ids: Collection[int], side_id: int) -> dict[int, Member]:
    """The members of one side who would sit in these groups, by id."""
    query = select(members).join(drafted_seats, drafted_seats.c.member_id == members.c.id)
    query = query.where(drafted_seats.c.group_id.in_(group_ids), members.c.side_id == side_id)
    return {each.id: each for each in await db.all(Member, query)}


async def fall(db: Db, ids: Collection[int]) -> None:
    """These groups no longer hold."""
    query = update(drafted_groups).where(drafted_groups.c.id.in_(ids))
    await db.run(query.values(state="fell"))


async def drop(db: Db, ids: Collection[int]) -> None:
    """The people of these groups have been asked, or will not be."""
    await db.run(delete(drafted_groups).where(drafted_groups.c.id.in_(ids)))


async def clear(db: Db, round_id: int, limit: int) -> bool:
    """Drops some of the groups of a round; whether there were any."""
    query = select(drafted_groups.c.id).where(drafted_groups.c.round_id == round_id)
    return (
        await db.run(delete(drafted_groups).where(drafted_groups.c.id.in_(query.limit(limit)))) > 0
    )


async def sweep(db: Db, limit: int) -> bool:
    """Drops some of the groups of rounds that are over; whether there were any."""
    over = rounds.c.state.in_(("cancelled", "failed", "done"))
    query = select(drafted_groups.c.id).join(rounds, rounds.c.id == drafted_groups.c.round_id)
    gone = query.where(over).limit(limit)
    return await db.run(delete(drafted_groups).where(drafted_groups.c.id.in_(gone))) > 0
