"""A town for every test."""

from __future__ import annotations

import pytest

from bot.store.db import Store
from tests.coordinators.town import Town, settled


@pytest.fixture
async def town(store: Store) -> Town:
    """A founded network of two sides, on each kind of database."""
    return await settled(store)
