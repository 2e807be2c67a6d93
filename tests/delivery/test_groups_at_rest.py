"""Rounds of circles while everything rests."""

from __future__ import annotations

import pytest

from bot.store import freezes
from bot.store.db import Store
from tests.coordinators.town import read, settled
from tests.delivery.circles import NAMES, Circles

ALL = [name for names in NAMES for name in names]


@pytest.fixture
async def circles(store: Store) -> Circles:
    return await Circles(await settled(store)).build()


async def test_a_frozen_network_has_no_round_until_it_is_thawed(circles: Circles) -> None:
    town, first = circles.town, circles.staff[0]
    await town.says(first, "/round")
    async with town.store.begin() as db:
        freeze_id = await freezes.begin(db, town.network_id, first.id, town.now)
    assert await town.works() == []
    async with town.store.begin() as db:
        freeze = await freezes.by_id(db, freeze_id)
        assert freeze is not None
        await freezes.went_to(db, freeze, freezes.LAST, town.now)
    (shown,) = await town.works()
    assert "1 circle can begin" in shown.text
    round_id = shown.data[0].partition(":")[2]
    async with town.store.begin() as db:
        await freezes.begin(db, town.network_id, first.id, town.now)
    (seen,) = await town.says(first, "/round")
    assert "1 circle can begin" in read(seen)
    assert "rests" in read(seen)
    for each in circles.staff:
        await town.taps(each, f"round.approve:{round_id}")
    assert await town.works() == []


async def test_no_round_is_asked_for_while_a_network_is_frozen(circles: Circles) -> None:
    town, first = circles.town, circles.staff[0]
    async with town.store.begin() as db:
        await freezes.begin(db, town.network_id, first.id, town.now)
    (said,) = await town.says(first, "/round")
    assert "rests" in read(said)
