"""Who is on a side, a page at a time, and who looks after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from bot.store.db import Db
from bot.store.enrolments import OPEN, of_the_waiting
from bot.store.networks import RUN, Member
from bot.store.tables import enrolments, matched, matches, members, people

PAGE = 10
LOOKED_AFTER = ("pending", "active", "paused", "held")
"""States in which a member is shown to coordinators."""


@dataclass(frozen=True, slots=True)
class Page:
    """Members in the order they joined; `more` if others come after them."""

    members: Sequence[Member]
    more: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A member as they are searched for."""

    id: int
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Which:
    """Which members of a side are meant: in these states, in a role, enrolled in an exchange."""

    states: Sequence[str] = LOOKED_AFTER
    role: str = ""
    exchange_id: int = 0

    def narrowed(self, query: Select[Any], side_id: int) -> Select[Any]:
        """A query on members, kept to those."""
        query = query.where(members.c.side_id == side_id, members.c.state.in_(self.states))
        if self.role:
            query = query.where(members.c.role == self.role)
        if not self.exchange_id:
            return query
        there = (enrolments.c.exchange_id == self.exchange_id, enrolments.c.state != "out")
        return query.where(members.c.id.in_(select(enrolments.c.member_id).where(*there)))


async def page(db: Db, side_id: int, which: Which, after: int = 0, size: int = PAGE) -> Page:
    """Members of a side, those with ids above `after`."""
    query = which.narrowed(select(members), side_id).where(members.c.id > after)
    found = await db.all(Member, query.order_by(members.c.id).limit(size + 1))
    return Page(found[:size], len(found) > size)


async def count(db: Db, side_id: int, which: Which) -> int:
    """How many such members a side has."""
    found: int = await db.scalar(which.narrowed(select(func.count()).select_from(members), side_id))
    return found


async def named(db: Db, side_id: int) -> list[Named]:
    """Everybody of a side who is looked after, by name and code alone."""
    columns = (members.c.id, members.c.name, members.c.code)
    query = Which().narrowed(select(*columns), side_id).order_by(members.c.id)
    return [
        Named(
            row.id, db.open(members, row.id, "name", row.name) if row.name else "", row.code or ""
        )
        for row in await db.rows(query)
    ]


async def by_ids(db: Db, member_ids: Collection[int]) -> dict[int, Member]:
    """Members by row id; those unknown are left out."""
    query = select(members).where(members.c.id.in_(member_ids))
    return {each.id: each for each in await db.all(Member, query)}


async def in_touch(db: Db, member_ids: Collection[int]) -> Counter[int]:
    """In how many open matches each of these members is."""
    query = select(matched.c.member_id, func.count()).join(matches)
    where = (matched.c.member_id.in_(member_ids), matches.c.state.in_(OPEN))
    rows = await db.rows(query.where(*where).group_by(matched.c.member_id))
    found: Counter[int] = Counter()
    for member_id, many in rows:
        found[member_id] = many
    return found


async def partners(db: Db, member_id: int, limit: int) -> list[Member]:
    """With whom a member of another side was last put together, the latest first."""
    own = select(matched.c.match_id).where(matched.c.member_id == member_id)
    side = select(members.c.side_id).where(members.c.id == member_id).scalar_subquery()
    query = select(members).join(matched, matched.c.member_id == members.c.id)
    where = (matched.c.match_id.in_(own), members.c.side_id != side)
    found = await db.all(Member, query.where(*where).order_by(matched.c.id.desc()).limit(limit))
    return list({each.id: each for each in found}.values())


async def to_be_warned(db: Db, exchange_id: int, after: int, limit: int) -> list[tuple[int, int]]:
    """Some who wait for a round, by enrolment above `after`: enrolment and person ids."""
    query: Any = select(enrolments.c.id, members.c.person_id).select_from(enrolments)
    query = of_the_waiting(query, exchange_id).where(enrolments.c.id > after)
    rows = await db.rows(query.order_by(enrolments.c.id).limit(limit))
    return [(row.id, row.person_id) for row in rows]


async def counts(db: Db, side_id: int) -> dict[str, int]:
    """How many members of a side are in each state."""
    query = select(members.c.state, func.count().label("many")).where(members.c.side_id == side_id)
    return {each.state: each.many for each in await db.rows(query.group_by(members.c.state))}


async def held(db: Db, member_id: int) -> Member | None:
    """The member, held until the end of the transaction: two decisions come one by one."""
    query = select(members).where(members.c.id == member_id).with_for_update()
    return await db.one(Member, query)


async def set_state(
    db: Db, member_id: int, state: str, paused_until: datetime | None = None
) -> None:
    """Sets a member pending, active, paused (until when, if it is known), declined or left."""
    await db.change(members, member_id, state=state, paused_until=paused_until)


async def coordinators(db: Db, side_id: int) -> list[Member]:
    """Who runs a side and can be reached: its coordinators, and an owner who is on it."""
    query = (
        select(members)
        .join(people, people.c.id == members.c.person_id)
        .where(
            members.c.side_id == side_id,
            members.c.role.in_(RUN),
            members.c.state == "active",
            people.c.state == "here",
        )
    )
    return await db.all(Member, query.order_by(members.c.id))


async def owners(db: Db, network_id: int, *, hold: bool = False) -> list[Member]:
    """A network's owners; with `hold` held, so that two who unseat each other come one by one."""
    ours = (members.c.network_id == network_id, members.c.role == "owner")
    query = select(members).where(*ours, members.c.state == "active").order_by(members.c.id)
    return await db.all(Member, query.with_for_update() if hold else query)


async def owners_beside(db: Db, member: Member) -> list[Member]:
    """The owners of a member's network who are of the same side and somebody else."""
    found = await owners(db, member.network_id)
    return [each for each in found if each.side_id == member.side_id and each.id != member.id]


async def set_role(db: Db, member_id: int, role: str) -> None:
    """What a member is in the network from now on."""
    await db.change(members, member_id, role=role)


async def is_staff(db: Db, person_id: int) -> bool:
    """Whether a person owns the bot or coordinates anywhere."""
    ours = (members.c.person_id == person_id, members.c.role.in_(RUN))
    coordinates = select(members.c.id).where(*ours, members.c.state == "active")
    owns = select(people.c.id).where(people.c.id == person_id, people.c.is_owner)
    return await db.scalar(coordinates) is not None or await db.scalar(owns) is not None
