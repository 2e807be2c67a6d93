"""The line of an exchange, a page at a time, so that a long one holds nobody up."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import select, tuple_

from bot.store.db import Db, Store
from bot.store.enrolments import Enrolment, may_be_matched, of_the_waiting
from bot.store.networks import Member
from bot.store.tables import enrolments, members, people

PAGE = 1000
Waiting: TypeAlias = tuple[Enrolment, Member]


@dataclass(frozen=True, slots=True)
class Queued:
    """Somebody in line, without what they told: row ids, and what their place depends on."""

    id: int
    member_id: int
    side_id: int
    first: bool
    rounds_waited: int
    waiting_since: datetime

    @property
    def order(self) -> tuple[bool, int, datetime, int]:
        """Smaller for those who come earlier."""
        return (not self.first, -self.rounds_waited, self.waiting_since, self.id)


async def of(store: Store, exchange_id: int) -> list[Queued]:
    """Who waits and may be matched now, in the order of the line; nobody is held."""
    found: dict[int, Queued] = {}
    last: Queued | None = None
    while True:
        async with store.read() as db:
            page = await _page(db, exchange_id, last)
        found |= {each.id: each for each in page}
        if len(page) < PAGE:
            return sorted(found.values(), key=lambda each: each.order)
        last = page[-1]
        await asyncio.sleep(0)


async def _page(db: Db, exchange_id: int, after: Queued | None) -> list[Queued]:
    """Some who wait, in the order of their index."""
    each = enrolments.c
    order = (each.first, each.rounds_waited, each.waiting_since, each.id)
    query: Any = select(
        *(each.id, each.member_id, members.c.side_id),
        *(each.first, each.rounds_waited, each.waiting_since),
    )
    query = of_the_waiting(query.select_from(enrolments), exchange_id)
    if after is not None:
        seen = (after.first, after.rounds_waited, after.waiting_since, after.id)
        query = query.where(tuple_(*order) > seen)
    return [Queued(*row) for row in await db.rows(query.order_by(*order).limit(PAGE))]


async def anybody(db: Db, exchange_id: int) -> bool:
    """Whether anybody waits."""
    query = of_the_waiting(select(enrolments.c.id), exchange_id)
    return await db.scalar(query.limit(1)) is not None


async def members_in(
    db: Db, exchange_id: int, ids: Collection[int], *, hold: bool = False
) -> dict[int, Waiting]:
    """Of these members those who may be matched, if they wait, each with their enrolment.

    With `hold` the rows are held until the end of the transaction, so that nobody pauses between
    the check and the match.
    """
    enrolled = select(enrolments).where(enrolments.c.member_id.in_(ids)).order_by(enrolments.c.id)
    present = (
        select(members)
        .join(people, people.c.id == members.c.person_id)
        .where(members.c.id.in_(ids), may_be_matched(exchange_id))
        .order_by(members.c.id)
    )
    if hold:
        enrolled = enrolled.with_for_update()
        present = present.with_for_update(of=members)
    held = await db.all(Enrolment, enrolled)
    whose = {each.id: each for each in await db.all(Member, present)}
    return {
        each.member_id: (each, whose[each.member_id])
        for each in held
        if each.exchange_id == exchange_id and each.member_id in whose
    }
