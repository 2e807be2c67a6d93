"""The times members keep free, as they told when they enrolled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, select

from bot.store.db import Db
from bot.store.tables import enrolments, members

KEY = "kept"
"""The key of the question, whichever track asks it."""


async def of_members(db: Db, member_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """What each of these members keeps free, by the names of bot.kept_times; nothing: left out."""
    return await _kept(db, enrolments.c.member_id.in_(member_ids))


async def of_person(db: Db, person_id: int) -> frozenset[str]:
    """What a person keeps free in any of their networks."""
    mine = select(members.c.id).where(members.c.person_id == person_id, members.c.state != "left")
    found = await _kept(db, enrolments.c.member_id.in_(mine))
    return frozenset().union(*found.values())


async def _kept(db: Db, where: ColumnElement[bool]) -> dict[int, frozenset[str]]:
    columns = (enrolments.c.id, enrolments.c.member_id, enrolments.c.answers)
    told = (where, enrolments.c.answers.is_not(None), enrolments.c.state != "out")
    kept: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
    for row in await db.rows(select(*columns).where(*told)):
        answers = db.open(enrolments, row.id, "answers", row.answers)
        kept[row.member_id] |= frozenset(answers.get(KEY) or ())
    return {member_id: names for member_id, names in kept.items() if names}
