"""Who takes part in an exchange, for what is said to all of them some at a time."""

from __future__ import annotations

from sqlalchemy import exists, select

from bot.store.db import Db
from bot.store.networks import Member
from bot.store.tables import enrolments, members, people


async def some(db: Db, exchange_id: int, after: int, limit: int) -> list[Member]:
    """Some of those who take part and can be reached, by member id above `after`."""
    enrolled = exists().where(
        enrolments.c.member_id == members.c.id,
        enrolments.c.exchange_id == exchange_id,
        enrolments.c.state != "out",
    )
    here = (members.c.state == "active", people.c.state == "here", members.c.id > after)
    query = select(members).join(people, people.c.id == members.c.person_id)
    return await db.all(Member, query.where(enrolled, *here).order_by(members.c.id).limit(limit))
