"""What of a database still hangs on which key."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from bot.store import facts
from bot.store.db import Store
from bot.store.keys import ID_SIZE, Keys
from bot.store.ring import INDEX_FACT
from bot.store.rotation import BLOCKS, CHATS, NO_CHAT, SEALED


async def sealed_with(store: Store) -> Counter[str]:
    """How many sealed values and blind indexes there are of each key, by its id in hex."""
    found: Counter[str] = Counter()
    async with store.read() as db:
        for columns in SEALED.values():
            for row in await db.rows(select(*columns)):
                found.update(value[:ID_SIZE].hex() for value in row if value is not None)
        for column in (*CHATS, *BLOCKS):
            chats = [row[0] for row in await db.rows(select(column))]
            found.update(chat[: 2 * ID_SIZE] for chat in chats if not chat.startswith(NO_CHAT))
    return found


async def opens_all(store: Store, keys: Keys) -> int:
    """Opens every sealed value with these keys, and how many that were; raises WrongKey."""
    many = 0
    async with store.read() as db:
        assert await facts.get(db, INDEX_FACT)
        for table, columns in SEALED.items():
            for row in await db.rows(select(table)):
                for column in columns:
                    if (value := getattr(row, column.name)) is not None:
                        keys.open(value, f"{table.name}|{row.id}|{column.name}")
                        many += 1
    return many
