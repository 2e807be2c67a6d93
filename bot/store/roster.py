"""Who is on a side, a page at a time, and who looks after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.store.db import Db
from bot.store.networks import RUN, Member
from bot.store.tables import members, people

PAGE = 10
LOOKED_AFTER = ("pending", "active", "paused", "held")
"""States in which a member is shown to coordinators."""


@dataclass(frozen=True, slots=True)
class Page:
    """Members in the order they joined; `more` if others come after them."""

    members: Sequence[Member]
    more: bool


async def page(
    db: Db, side_id: int, states: Sequence[str], after: int = 0, size: int = PAGE
) -> Page:
    """Participants and others of a side in these states, those with ids above `after`."""
    where = (members.c.side_id == side_id, members.c.state.in_(states), members.c.id > after)
    query = select(members).where(*where).order_by(members.c.id).limit(size + 1)
    found = await db.all(Member, query)
    return Page(found[:size], len(found) > size)


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


async def owners(db: Db, network_id: int) -> list[Member]:
    """A network's owners."""
    ours = (members.c.network_id == network_id, members.c.role == "owner")
    query = select(members).where(*ours, members.c.state == "active")
    return await db.all(Member, query.order_by(members.c.id))


async def is_staff(db: Db, person_id: int) -> bool:
    """Whether a person owns the bot or coordinates anywhere."""
    ours = (members.c.person_id == person_id, members.c.role.in_(RUN))
    coordinates = select(members.c.id).where(*ours, members.c.state == "active")
    owns = select(people.c.id).where(people.c.id == person_id, people.c.is_owner)
    return await db.scalar(coordinates) is not None or await db.scalar(owns) is not None
