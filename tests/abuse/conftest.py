"""Two towns, with Eleni in the South and Deniz in the North."""

from __future__ import annotations

import pytest

from bot.store.db import Store
from tests.participants.acts import World


@pytest.fixture
async def world(store: Store) -> World:
    """A network with a coordinator and a participant on each side."""
    world = await World(store).build()
    await world.member("eleni", 0)
    await world.member("deniz", 1)
    return world
