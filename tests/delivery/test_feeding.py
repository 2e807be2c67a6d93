"""What the process that matches is told of those who wait."""

from __future__ import annotations

from typing import Any

import pytest

from bot.delivery.feeding import feed
from bot.domain.people import Profile
from bot.store import exchanges, network_settings
from bot.store.db import Store
from bot.store.tables import members
from tests.coordinators.town import Town, settled


@pytest.fixture
async def town(store: Store) -> Town:
    return await settled(store)


class Ears:
    """What a matching process would be told."""

    def __init__(self) -> None:
        self.heard: list[tuple[Any, ...]] = []

    async def send(self, *message: Any) -> None:
        self.heard.append(message)


async def test_what_was_said_of_a_statement_that_was_taken_out_counts_no_more(town: Town) -> None:
    ana, exchange_id = await town.member(0), await town.exchange()
    async with town.store.begin() as db:
        told = Profile(("en",), "UTC", ("online",), opinions={"0": 2, "1": -2})
        await db.change(members, ana.id, profile=told.as_json())
        await network_settings.set_statements(db, town.network_id, ["", "Rain is good"])
        exchange = await exchanges.by_id(db, exchange_id)
    assert exchange
    ears: Any = Ears()
    await feed(town.store, ears, exchange, town.now)
    (people_told,) = [message[1] for message in ears.heard if message[0] == "people"]
    assert [each.opinions for each in people_told] == [{"1": -2}]
