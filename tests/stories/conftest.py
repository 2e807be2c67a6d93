"""What the stories share."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot import tongues
from bot.delivery import translator
from tests.conftest import KEYS
from tests.play import staged
from tests.stories.between import Between, speaks
from tests.stories.machine import machine
from tests.stories.pair import pair
from tests.stories.test_relay import writes


@pytest.fixture
async def up(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Between]:
    """Ana writes to Nour."""
    assert tongues.ready()
    monkeypatch.setattr(translator, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(translator, "AGAIN_SECONDS", 0.1)
    async with (
        machine() as by,
        staged(database, KEYS, translate_url=by.url, translate_key="sesame") as stage,
    ):
        of = await pair(stage)
        await speaks(stage, of.at.member_ids["Ana"], "tr", "es")
        await writes(of.ana, of.match_id)
        yield Between(of, by)
