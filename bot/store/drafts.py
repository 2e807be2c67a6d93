"""What a round brings, in rows: its pairs, and for whom it has nobody; those first in line first.

The pairs are the queue of a round that is held: a pair's row goes when the pair has been asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Select, Table, and_, delete, func, insert, or_, select, update

from bot.store.db import Db, new_id
from bot.store.networks import Member
from bot.store.tables import drafted, left_out, members, rounds


@dataclass(frozen=True, slots=True)
class Drafted:
    """A pair of a round: member ids, and what they share. `state` is open, or fell."""

    table: ClassVar[Table] = drafted
    id: int
    round_id: int
    place: int
    state: str
    one_id: int
    other_id: int
    reasons: dict[str, Any]

    @property
    def ids(self) -> frozenset[int]:
        """Both member ids."""
        return frozenset((self.one_id, self.other_id))


@dataclass(frozen=True, slots=True)
class Left:
    """A member for whom a round has nobody.

    `told` has `why`; where known, `help`; and whether a place in a group was sought (`grouped`).
    """

    table: ClassVar[Table] = left_out
    id: int
    round_id: int
    place: int
    member_id: int
    told: dict[str, Any]


async def add_pairs(db: Db, round_id: int, first: int, found: Sequence[Mapping[str, Any]]) -> None:
    """Adds pairs (`one`, `other`, `reasons`), the first of them at place `first`."""
    rows = [
        {"one_id": each["one"], "other_id": each["other"], "reasons": each["reasons"]}
        | {"place": place, "state": "open"}
        for place, each in enumerate(found, first)
    ]
    await _add(db, drafted, round_id, rows)


async def add_left(db: Db, round_id: int, first: int, found: Sequence[Mapping[str, Any]]) -> None:
    """Adds those left out (`member`, and what is told), the first of them at place `first`."""
    rows = [
        {"member_id": each["member"], "place": place}
        | {"told": {name: told for name, told in each.items() if name != "member"}}
        for place, each in enumerate(found, first)
    ]
    await _add(db, left_out, round_id, rows)


async def _add(db: Db, table: Table, round_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Adds rows of those who are still there: who was forgotten meanwhile is passed over."""
    named = {
        row[each] for row in rows for each in ("one_id", "other_id", "member_id") if each in row
    }
    there = {id_ for (id_,) in await db.rows(select(members.c.id).where(members.c.id.in_(named)))}
    sealed = []
    for row in rows:
        id_ = new_id()
        if {row[each] for each in ("one_id", "other_id", "member_id") if each in row} <= there:
            sealed.append(db.sealed(table, id_, row | {"id": id_, "round_id": round_id}))
    await db.each(insert(table), sealed)


def _open(round_id: int) -> tuple[Any, ...]:
    return (drafted.c.round_id == round_id, drafted.c.state == "open")


async def count(db: Db, round_id: int) -> int:
    """How many pairs there are whose musts held when they were last looked at."""
    query = select(func.count()).select_from(drafted).where(*_open(round_id))
    found: int = await db.scalar(query)
    return found


async def some(db: Db, round_id: int, limit: int, after: int = -1) -> list[Drafted]:
    """The next pairs after a place."""
    query = select(drafted).where(*_open(round_id), drafted.c.place > after)
    return await db.all(Drafted, query.order_by(drafted.c.place).limit(limit))


async def many(db: Db, round_id: int, member_id: int) -> int:
    """In how many pairs of a round, still to be asked, a member is."""
    own = or_(drafted.c.one_id == member_id, drafted.c.other_id == member_id)
    query = select(func.count()).select_from(drafted).where(*_open(round_id), own)
    found: int = await db.scalar(query)
    return found


async def of_side(db: Db, round_id: int, side_id: int, limit: int) -> list[tuple[Drafted, Member]]:
    """The first pairs with people of a side, each with that one of the two."""
    own = and_(
        or_(members.c.id == drafted.c.one_id, members.c.id == drafted.c.other_id),
        members.c.side_id == side_id,
    )
    query = select(drafted.c.id, members.c.id).join(members, own).where(*_open(round_id))
    ids = [(a, b) for a, b in await db.rows(query.order_by(drafted.c.place).limit(limit))]
    pairs = select(drafted).where(drafted.c.id.in_([a for a, _ in ids]))
    by_id = {each.id: each for each in await db.all(Drafted, pairs)}
    whose = await _members(db, [b for _, b in ids])
    return [(by_id[a], whose[b]) for a, b in ids]


async def fallen_of_side(db: Db, round_id: int, side_id: int) -> int:
    """How many pairs with people of a side no longer hold."""
    own = or_(members.c.id == drafted.c.one_id, members.c.id == drafted.c.other_id)
    fallen = (drafted.c.round_id == round_id, drafted.c.state == "fell")
    query = select(func.count()).select_from(drafted)
    query = query.join(members, and_(own, members.c.side_id == side_id)).where(*fallen)
    found: int = await db.scalar(query)
    return found


async def left_of_side(
    db: Db, round_id: int, side_id: int, limit: int
) -> list[tuple[Left, Member]]:
    """The first of a side for whom the round has nobody."""
    query = select(left_out).join(members, members.c.id == left_out.c.member_id)
    where = (left_out.c.round_id == round_id, members.c.side_id == side_id)
    here = members.c.state == "active"
    query = query.where(*where, here).order_by(left_out.c.place).limit(limit)
    found = await db.all(Left, query)
    whose = await _members(db, [each.member_id for each in found])
    return [(each, whose[each.member_id]) for each in found]


async def _members(db: Db, ids: Collection[int]) -> dict[int, Member]:
    query = select(members).where(members.c.id.in_(ids))
    return {each.id: each for each in await db.all(Member, query)}


async def left(db: Db, round_id: int, member_ids: Collection[int]) -> dict[int, Left]:
    """Of these members those for whom a round has nobody."""
    ours = (left_out.c.round_id == round_id, left_out.c.member_id.in_(member_ids))
    return {each.member_id: each for each in await db.all(Left, select(left_out).where(*ours))}


async def fall(db: Db, ids: Collection[int]) -> None:
    """These pairs no longer hold."""
    await db.run(update(drafted).where(drafted.c.id.in_(ids)).values(state="fell"))


async def drop(db: Db, ids: Collection[int]) -> None:
    """These pairs have been asked, or will not be."""
    await db.run(delete(drafted).where(drafted.c.id.in_(ids)))


async def clear(db: Db, round_id: int, limit: int) -> bool:
    """Drops some of what a round brought; whether there was any."""
    return await _drop(
        db,
        select(drafted.c.id).where(drafted.c.round_id == round_id).limit(limit),
        select(left_out.c.id).where(left_out.c.round_id == round_id).limit(limit),
    )


async def sweep(db: Db, before: datetime, limit: int) -> bool:
    """Drops some of what rounds brought that are over; whether there was any.

    Who was left out by a round approved after `before` is kept: they may still have to be told.
    """
    unused = rounds.c.state.in_(("cancelled", "failed"))
    done = rounds.c.state == "done"
    pairs = select(drafted.c.id).join(rounds, rounds.c.id == drafted.c.round_id)
    people = select(left_out.c.id).join(rounds, rounds.c.id == left_out.c.round_id)
    return await _drop(
        db,
        pairs.where(or_(unused, done)).limit(limit),
        people.where(or_(unused, and_(done, rounds.c.approved_at < before))).limit(limit),
    )


async def _drop(db: Db, pairs: Select[Any], people: Select[Any]) -> bool:
    gone = await db.run(delete(drafted).where(drafted.c.id.in_(pairs)))
    gone += await db.run(delete(left_out).where(left_out.c.id.in_(people)))
    return gone > 0
