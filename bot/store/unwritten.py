"""What somebody who is forgotten wrote for others: it goes, unless others still work with it.

What stays until they have done with it has no author any more. What coordinators wrote for a whole
network (questions, broadcasts, wordings) is the network's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, or_, select

from bot.store.db import Db
from bot.store.tables import needs, programme, pulses, tasks


def _done(member_ids: Sequence[int], now: datetime) -> dict[Column[Any], ColumnElement[bool]]:
    """By the column of the author, which rows nobody else works with."""
    own = or_(tasks.c.member_id.is_(None), tasks.c.member_id.in_(member_ids))
    past = or_(programme.c.state != "agreed", programme.c.starts_at < now)
    return {
        tasks.c.made_by: or_(own, tasks.c.state.in_(["done", "dropped"])),
        programme.c.made_by: past,
        needs.c.made_by: needs.c.state == "closed",
    }


async def unwrite(db: Db, member_ids: Sequence[int], now: datetime) -> None:
    """Blanks it; what was proposed only, or is a draft, goes altogether."""
    proposed = (needs.c.made_by.in_(member_ids), needs.c.state == "proposed")
    await db.run(delete(needs).where(*proposed))
    drafts = (pulses.c.made_by.in_(member_ids), pulses.c.state == "draft")
    await db.run(delete(pulses).where(*drafts))
    open_ = (tasks.c.made_by.in_(member_ids), tasks.c.state == "open")
    await db.run(delete(tasks).where(*open_))
    for author, where in _done(member_ids, now).items():
        await _blank(db, author.table, author.in_(member_ids) & where)


async def _blank(db: Db, table: Table, where: ColumnElement[bool]) -> None:
    for row in await db.rows(select(table.c.id).where(where)):
        await db.change(table, row.id, words="")
