"""A translator that is down, slow or answers nonsense delays nothing and leaves nothing."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.store import translations as waiting
from bot.store.tables import translations
from tests.delivery.counter import until
from tests.play import Stage
from tests.stories.between import (
    SALI,
    TOMORROW,
    TUESDAY,
    TURKISH,
    Between,
    asked,
    machines,
    none_wait,
    rows,
    speaks,
    translated,
)
from tests.stories.machine import MOODS
from tests.stories.pair import pair
from tests.stories.test_relay import arrived, writes


@pytest.mark.parametrize("mood", MOODS)
async def test_nonsense_is_dropped_after_two_tries(
    up: Between, mood: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    up.machine.mood = mood
    id_ = await up.ana.person.says(TURKISH)
    await up.nour.person.sees(TURKISH)
    await arrived(up.ana, id_)
    await until(lambda: asked(up, 2))
    await none_wait(up)
    assert await machines(up.nour) == []
    assert len(up.machine.asked) == 2
    assert up.machine.elsewhere == [], "no redirect is followed"
    logged = caplog.text + "".join(capsys.readouterr())
    assert "not translated" in logged
    for word in (TURKISH, "görüşürüz", "sesame", up.machine.url):
        assert word not in logged


async def test_one_failure_is_forgiven(up: Between) -> None:
    up.machine.mood = "500"
    await up.ana.person.says(TURKISH)
    await until(lambda: asked(up, 1))
    up.machine.mood = "good"
    await translated(up.nour, TOMORROW)
    assert len(up.machine.asked) == 2


async def test_a_translator_that_is_down_delays_nothing(up: Between) -> None:
    assert up.of.stage.app.translator is not None
    up.of.stage.app.translator.machine.url = "http://127.0.0.1:9"
    id_ = await up.ana.person.says(TURKISH)
    await up.nour.person.sees(TURKISH)
    await arrived(up.ana, id_)
    await none_wait(up)
    assert await machines(up.nour) == []


async def test_a_slow_one_holds_up_neither_messages_nor_other_translations(up: Between) -> None:
    up.machine.mood = "slow"
    await up.ana.person.says(TURKISH)
    await until(lambda: asked(up, 1))
    assert await up.rows() == 1
    up.machine.mood = "good"
    await up.ana.person.says(SALI)
    await translated(up.nour, TUESDAY)
    assert TOMORROW not in [each.text for each in await machines(up.nour)]
    up.machine.go.set()
    await translated(up.nour, TOMORROW)


async def test_after_two_minutes_words_are_gone_whatever_happens(up: Between) -> None:
    up.machine.mood = "slow"
    await up.ana.person.says(TURKISH)
    await until(lambda: asked(up, 1))
    up.of.stage.sandbox.clock.advance(waiting.KEPT * 1.1)
    await none_wait(up)
    up.machine.go.set()
    await asyncio.sleep(0.3)
    assert await machines(up.nour) == []


async def test_words_wait_sealed_and_until_their_message_has_arrived(up: Between) -> None:
    plan = up.of.stage.sandbox.world.faults.plan
    up.of.stage.sandbox.world.faults.plan = replace(plan, delay_min=0.4)
    await up.ana.person.says(TURKISH)

    async def there() -> bool:
        return await up.rows() == 1

    await until(there)
    assert up.machine.asked == []
    async with up.of.stage.app.store.read() as db:
        (row,) = await db.rows(select(translations.c.words))
    assert TURKISH.encode() not in row.words
    up.of.stage.sandbox.world.faults.plan = plan
    await translated(up.nour, TOMORROW)


async def test_without_a_translator_nothing_is_stored_and_nothing_told(stage: Stage) -> None:
    of = await pair(stage)
    await speaks(stage, of.at.member_ids["Ana"], "tr", "es")
    await writes(of.ana, of.match_id)
    id_ = await of.ana.person.says(TURKISH)
    await of.nour.person.sees(TURKISH)
    assert await rows(stage) == 0
    await arrived(of.ana, id_)
    assert stage.app.translator is None
    await of.nour.says("/privacy")
    assert "a machine" not in (await of.nour.sees("What is stored, and why")).text
