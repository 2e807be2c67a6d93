"""The counting bot on each kind of database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.conftest import KEYS
from tests.delivery.counter import Counting, counting


@pytest.fixture
async def bot(database: str) -> AsyncIterator[Counting]:
    """The counting bot, without Telegram's limits."""
    async with counting(database, KEYS) as up:
        yield up
