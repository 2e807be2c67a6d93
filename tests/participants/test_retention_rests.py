"""Whom retention leaves alone: who hides, and whose report is open."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.store import tables as t
from tests.participants.acts import World
from tests.participants.test_retention import filled, idle, keeps, of, planned


async def test_who_hides_is_not_erased_unheard(world: World) -> None:
    await idle(world)
    async with world.store.begin() as db:
        await db.change(t.people, world.people["eleni"], state="hidden")
    await world.passes(days=230)
    assert await of(world, "eleni") != "left"


@pytest.mark.parametrize("state", ["new", "taken"])
async def test_a_report_that_is_open_stays_with_who_made_it(world: World, state: str) -> None:
    await keeps(world, 6)
    await filled(world)
    async with world.store.begin() as db:
        await db.run(t.reports.update().values(state=state))
        await db.run(t.enrolments.update().values(state="out"))
        before = await db.scalar(select(func.count()).select_from(t.reports))
    await planned(world)
    await world.passes(days=260)
    async with world.store.read() as db:
        assert await db.scalar(select(func.count()).select_from(t.reports)) == before
    assert await of(world, "eleni") != "left"
