"""Everything that an old secret sealed or hashed, written anew with the new one, in small steps.

Each step is a transaction of its own and finds out by itself what is left, so that it may be
killed anywhere and begun again. Who is looked up meanwhile is found by either hash.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TypeAlias

from sqlalchemy import Column, Table, bindparam, select, update

from bot.store import facts, ring
from bot.store.db import Db, Record, Secret, Store
from bot.store.keys import ID_SIZE
from bot.store.tables import blocks, metadata, people, rooms

AT_ONCE = 200
"""Rows a step: some milliseconds, for which others wait."""

SEALED: dict[Table, list[Column[bytes]]] = {
    table: found
    for table in metadata.sorted_tables
    if (found := [column for column in table.c if isinstance(column.type, Secret)])
}
CHATS, BLOCKS = (people.c.chat, rooms.c.chat), (blocks.c.by, blocks.c.of)
"""All that is looked up by `Keys.blinds`: of people and rooms, and in blocks, of people."""

NO_CHAT = ("pending:", "closed:")
"""What a room has in place of an index while it is no chat of Telegram's."""

REWRITTEN = "rewritten"
"""The fact that says how many rows were written anew so far."""

Write: TypeAlias = Callable[[Db, Table, Sequence[Record]], Awaitable[int]]


async def steps(store: Store) -> AsyncIterator[int]:
    """Goes once through everything; yields after each step how many rows it wrote anew."""
    yield await _strangers(store)
    for column in CHATS:
        async for done in _pages(store, column.table, _hashed):
            yield done
    for table in SEALED:
        async for done in _pages(store, table, _sealed):
            yield done


async def finish(store: Store) -> None:
    """Nothing is left: the database needs the newest key only."""
    async with store.begin() as db:
        await ring.finish(db, db.keys)
        await facts.put(db, REWRITTEN, "0")


async def _pages(store: Store, table: Table, write: Write) -> AsyncIterator[int]:
    last = 0
    while True:
        async with store.begin() as db:
            query = select(table).where(table.c.id > last).order_by(table.c.id).limit(AT_ONCE)
            rows = await db.rows(query.with_for_update())
            done = await write(db, table, rows)
            await _count(db, done)
        yield done
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].id


async def _count(db: Db, done: int) -> None:
    if done:
        so_far = int(await facts.get(db, REWRITTEN) or 0)
        await facts.put(db, REWRITTEN, str(so_far + done))


async def _sealed(db: Db, table: Table, rows: Sequence[Record]) -> int:
    """Seals with the newest key what another one sealed in these rows."""
    columns = [column.name for column in SEALED[table]]
    done = 0
    for row in rows:
        old = {name: value for name in columns if (value := getattr(row, name)) is not None}
        values = {
            name: db.keys.seal(db.keys.open(value, place), place)
            for name, value in old.items()
            if value[:ID_SIZE] != db.keys.id
            for place in (f"{table.name}|{row.id}|{name}",)
        }
        if values:
            await db.run(update(table).where(table.c.id == row.id).values(values))
            done += 1
    return done


async def _hashed(db: Db, table: Table, rows: Sequence[Record]) -> int:
    """Hashes once more what an older key hashed in these rows, and in blocks of the same people."""
    old = [row.chat for row in rows if _is_old(db, row.chat)]
    new = [{"old": chat, "new": db.keys.renewed(chat)} for chat in old]
    for column in (table.c.chat, *BLOCKS):
        change = update(column.table).where(column == bindparam("old"))
        await db.each(change.values({column.name: bindparam("new")}), new)
    return len(old)


def _is_old(db: Db, chat: str) -> bool:
    return not chat.startswith((db.keys.id.hex(), *NO_CHAT))


async def _strangers(store: Store) -> int:
    """The same for those who were blocked and are forgotten: first, as they may come back."""
    known = select(people.c.chat)
    async with store.begin() as db:
        done = 0
        for column in BLOCKS:
            query = select(column.label("chat")).where(column.not_in(known)).distinct()
            old = [row.chat for row in await db.rows(query) if _is_old(db, row.chat)]
            for chat in old:
                renewed = {column.name: db.keys.renewed(chat)}
                await db.run(update(blocks).where(column == chat).values(renewed))
            done += len(old)
        await _count(db, done)
    return done
