"""Blocks: one person wants another never again, in any network; the other never learns of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from bot.store import forbidden
from bot.store.db import Db, Query, new_id
from bot.store.people import Person
from bot.store.tables import blocks, members, people


async def add(db: Db, by: Person, of: Person, now: datetime) -> None:
    """`by` wants `of` never again."""
    chats = {row.id: row.chat for row in await db.rows(_chats(by.id, of.id))}
    if len(chats) == 2:
        who = {"by": chats[by.id], "of": chats[of.id]}
        await db.add_new(blocks, [{"id": new_id(), "at": now} | who])


def _chats(*person_ids: int) -> Query:
    """As they are stored: while a secret is replaced there are two ways to say each."""
    return select(people.c.id, people.c.chat).where(people.c.id.in_(person_ids))


async def lift_all(db: Db, by: Person) -> None:
    """Whom this person blocked is forgotten with them."""
    await db.run(delete(blocks).where(blocks.c.by.in_(db.keys.blinds(by.telegram_id))))


async def between(db: Db, person_id: int, others: Collection[int]) -> set[int]:
    """With which of these people somebody is to have nothing to do, whoever of them wanted it."""
    mine = select(people.c.chat).where(people.c.id == person_id).scalar_subquery()
    wanted = select(blocks.c.of.label("chat")).where(blocks.c.by == mine)
    unwanted = select(blocks.c.by.label("chat")).where(blocks.c.of == mine)
    apart = wanted.union(unwanted).subquery()
    query = select(people.c.id).where(people.c.id.in_(others), people.c.chat == apart.c.chat)
    return {row.id for row in await db.rows(query)}


async def among(db: Db, member_ids: Collection[int]) -> set[frozenset[int]]:
    """The pairs of these members that are blocked."""
    one, other, its, theirs = (each.alias() for each in (members, members, people, people))
    query = (
        select(one.c.id.label("one"), other.c.id.label("other"))
        .select_from(blocks)
        .join(its, its.c.chat == blocks.c.by)
        .join(theirs, theirs.c.chat == blocks.c.of)
        .join(one, one.c.person_id == its.c.id)
        .join(other, other.c.person_id == theirs.c.id)
        .where(one.c.id.in_(member_ids), other.c.id.in_(member_ids))
    )
    return {frozenset(pair) for pair in await db.rows(query)}


async def page(
    db: Db, network_id: int, after: int, size: int
) -> tuple[list[tuple[int, int]], int | None]:
    """Some blocked pairs of a network's members, and after which row to go on; None at the end."""
    one, other, its, theirs = (each.alias() for each in (members, members, people, people))
    query = (
        select(blocks.c.id, one.c.id.label("one"), other.c.id.label("other"))
        .join(its, its.c.chat == blocks.c.by)
        .join(theirs, theirs.c.chat == blocks.c.of)
        .join(one, one.c.person_id == its.c.id)
        .join(other, other.c.person_id == theirs.c.id)
        .where(one.c.network_id == network_id, other.c.network_id == network_id)
        .where(blocks.c.id > after)
    )
    rows = await db.rows(query.order_by(blocks.c.id).limit(size))
    last = rows[-1].id if len(rows) == size else None
    return [(row.one, row.other) for row in rows], last


async def kept_apart(db: Db, member_ids: Collection[int]) -> set[frozenset[int]]:
    """The pairs of these members that are never put together, by whose wish ever."""
    return await forbidden.among(db, member_ids) | await among(db, member_ids)
