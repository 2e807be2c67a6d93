"""An erase that erases: every column of every table is opened, and nothing of theirs is there."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select

from bot.store import audit
from bot.store.db import Secret, Store
from bot.store.tables import metadata
from tests.participants.acts import World
from tests.participants.told import ACCOUNTS, MINE, THEIRS, Filled


@pytest.fixture
async def filled(world: World) -> Filled:
    """Eleni and Deniz have told everything there is to tell."""
    made = Filled(world, await world.introduces("eleni", "deniz"))
    await made.fill()
    async with world.store.begin() as db:  # a coordinator did something about her
        await audit.note(db, world.network_id, "people.paused", world.now, subject="mineQX")
    return made


async def opened(store: Store) -> AsyncIterator[tuple[str, Any]]:
    """Every value there is, sealed ones opened, by the name of its column."""
    async with store.read() as db:
        for table in metadata.sorted_tables:
            for row in await db.rows(select(table)):
                for column in table.c:
                    value = getattr(row, column.name)
                    if value is not None and isinstance(column.type, Secret):
                        value = db.open(table, row.id, column.name, value)
                    yield f"{table.name}.{column.name}", value


def as_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


async def found_of(store: Store, words: list[str]) -> set[str]:
    """In which columns any of these words still stand."""
    wanted = [as_text(each)[1:-1] for each in words]
    return {
        name
        async for name, value in opened(store)
        if any(each in as_text(value) for each in wanted)
    }


async def traces(filled: Filled, name: str) -> set[str]:
    """Where the account, its index or the code of somebody still stand."""
    store, account = filled.world.store, ACCOUNTS[name]
    whose = {"eleni": MINE, "deniz": THEIRS}[name]
    return await found_of(store, [str(account), store.keys.blind(account), f"{whose}QX"])


WORKED_WITH = {"needs.words", "tasks.words", "programme.words"}
"""What others still work with: a need that is open, a task they took, a visit that is agreed."""

THE_NETWORKS = {"checkins.words", "broadcasts.words", "wordings.words"}
"""What a coordinator wrote for everybody."""


async def test_what_is_looked_for_is_there_before(filled: Filled) -> None:
    where = await found_of(filled.world.store, filled.told[MINE])
    assert len(where) > 20
    assert {"people.telegram_id", "people.chat", "members.code"} <= await traces(filled, "eleni")


async def test_nothing_is_left_of_who_is_forgotten(filled: Filled) -> None:
    world = filled.world
    await world.taps("eleni", "forget.sure")
    await world.passes(minutes=5)
    left = await found_of(world.store, filled.told[MINE])
    assert left == WORKED_WITH | THE_NETWORKS
    # Who blocked her is not to meet her again should she come back: a hash says so.
    assert await traces(filled, "eleni") == {"blocks.of"}
    gone = {world.people["eleni"], world.member_ids["eleni"]}
    named = {
        name async for name, value in opened(world.store) if type(value) is int and value in gone
    }
    assert named == set()


async def test_of_others_everything_stays_but_what_was_theirs_together(filled: Filled) -> None:
    world = filled.world
    before = await found_of(world.store, filled.told[THEIRS])
    await world.taps("eleni", "forget.sure")
    await world.passes(minutes=5)
    after = await found_of(world.store, filled.told[THEIRS])
    assert before - after == {"matched.contact", "translations.words"}
