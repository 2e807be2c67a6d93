"""Two who told all there is to tell: their rows hang on the key only where a new one is written."""

from __future__ import annotations

from sqlalchemy import select

from bot.store.rotation import BLOCKS, CHATS, SEALED
from bot.store.tables import facts, metadata
from tests.participants.acts import World
from tests.participants.told import Filled


async def test_only_what_is_rewritten_bears_the_mark_of_the_key(world: World) -> None:
    await Filled(world, await world.introduces("eleni", "deniz")).fill()
    mark, found = world.store.keys.id, set()
    async with world.store.read() as db:
        for table in metadata.sorted_tables:
            for row in await db.rows(select(table)):
                for column in table.c:
                    value = getattr(row, column.name)
                    text = isinstance(value, str) and mark.hex() in value
                    if text or (isinstance(value, bytes) and mark in value):
                        found.add(column)
    sealed = {column for columns in SEALED.values() for column in columns}
    assert found <= {*sealed, *CHATS, *BLOCKS, facts.c.value}
    assert found >= {CHATS[0], *BLOCKS}
    assert len(found & sealed) > 20
