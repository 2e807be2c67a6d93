"""A network is gone through step by step, and a step that is lost is done again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.delivery.tick import Ticker
from bot.store import outdated
from bot.store import tables as t
from tests.participants.acts import KINDS, World
from tests.participants.test_retention import (
    ERASED,
    ROWS,
    about,
    filled,
    keeps,
    left_of,
    planned,
)


async def test_the_log_goes_after_a_year_at_the_earliest(world: World) -> None:
    await keeps(world, 3)
    async with world.store.begin() as db:
        await db.add(
            t.audit, network_id=world.network_id, what="people.paused", subject="", at=world.now
        )
    await planned(world)

    async def there() -> int:
        async with world.store.read() as db:
            query = select(func.count()).where(t.audit.c.what == "people.paused")
            return int(await db.scalar(query))

    await world.passes(days=350)
    assert await there() == 1
    await world.passes(days=30)
    assert await there() == 0


async def test_killed_in_the_middle_it_goes_on_and_nothing_is_done_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the real ticker, in steps of one row; every second step is lost with its transaction."""
    await keeps(world, 6)
    made = await filled(world)
    await planned(world)
    for size in ("STEP", "MEMBERS"):
        monkeypatch.setattr(outdated, size, 1)
    world.now += timedelta(days=190)
    ticker = Ticker(world.store, KINDS, lambda: world.now, lambda: None, None)  # type: ignore[arg-type]
    lost = 0
    for at in range(400):
        rows = await _due(world)
        if not rows:
            break
        if at % 2:
            with pytest.raises(KeyboardInterrupt):
                await _killed(world, rows[0])
            lost += 1
        else:
            await ticker._do(rows[0])
    assert lost > 10
    assert not about(await left_of(made)) & ERASED
    async with world.store.read() as db:
        rows = await db.rows(select(t.audit).where(t.audit.c.what == "retention.erased"))
        (entry,) = rows
        found = db.open(t.audit, entry.id, "details", entry.details)
        assert found["notes"] == ROWS
        waiting = select(func.count()).where(t.reminders.c.kind == "retention")
        assert await db.scalar(waiting) == 1


async def _killed(world: World, reminder: Any) -> None:
    async with world.store.begin() as db:
        await KINDS["retention"].due(db, world.now, reminder)
        raise KeyboardInterrupt


async def _due(world: World) -> list[Any]:
    from bot.store import reminders

    async with world.store.read() as db:
        found = await reminders.due(db, world.now, 500)
    return [each for each in found if each.kind == "retention"]


async def test_every_network_is_planned_once_also_those_there_were_and_those_whose_row_was_lost(
    world: World,
) -> None:
    for _twice in range(2):
        await planned(world)
        async with world.store.begin() as db:
            query = select(t.reminders.c.id).where(t.reminders.c.kind == "retention")
            (row,) = await db.rows(query)
            await db.change(t.reminders, row.id, state="parked")
