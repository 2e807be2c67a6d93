"""What is taken back, changed or forgotten while it is on its way, over the real sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select

from bot.delivery.pace import Pace
from bot.delivery.send import Sender
from bot.delivery.work import put
from bot.domain.replies import Say
from bot.store import people, relayed
from bot.store.tables import outbox
from bot.store.tables import relayed as rows
from tests.delivery.counter import until
from tests.play import Stage
from tests.stories.pair import Pair, pair
from tests.stories.test_relay import arrived, writes


@pytest.fixture
async def of(stage: Stage) -> Pair:
    """Ana writes to Nour."""
    found = await pair(stage)
    await writes(found.ana, found.match_id)
    return found


@contextmanager
def held_up(of: Pair, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nour's chat takes nothing for a while."""
    slow, real = of.nour.person.id, Pace.wait_for
    with monkeypatch.context() as patch:
        patch.setattr(
            Pace, "wait_for", lambda s, chat, now: 0.2 if chat == slow else real(s, chat, now)
        )
        yield


async def waits(of: Pair, many: int = 1) -> None:
    """So much waits to be passed on, or changed."""

    async def there() -> bool:
        about = outbox.c.about_id.is_not(None), outbox.c.state == "waiting"
        async with of.stage.app.store.read() as db:
            return len(await db.rows(select(outbox.c.id).where(*about))) == many

    await until(there)


async def test_what_waits_is_taken_back(of: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    with held_up(of, monkeypatch):
        id_ = await of.ana.person.says("My street is the third")
        await waits(of)
        await of.ana.person.says("/delete", reply_to=id_)
        await of.ana.sees("I take it back where I still can")
    await of.ana.person.says("Good evening")
    await of.nour.person.sees("Good evening")
    await of.nour.person.sees_not("third")
    async with of.stage.app.store.read() as db:
        about = await db.rows(select(outbox.c.state).where(outbox.c.about_id.is_not(None)))
    assert [each.state for each in about] == ["sent"]


async def test_what_waits_is_forgotten(of: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    with held_up(of, monkeypatch):
        await of.ana.person.says("My street is the third")
        await waits(of)
        await of.ana.says("/forget")
        await of.ana.chooses("Delete everything about you?", "Yes, delete everything")
        await of.ana.sees("It is done")
    await of.nour.person.sees("has ended")
    await of.nour.person.sees_not("third")


async def test_what_waits_does_not_reach_who_blocks_meanwhile(
    of: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held_up(of, monkeypatch):
        await of.ana.person.says("My street is the third")
        await waits(of)
        async with of.stage.app.store.begin() as db:
            ana = await people.by_telegram_id(db, of.ana.person.id)
            nour = await people.by_telegram_id(db, of.nour.person.id)
            assert ana
            assert nour
            await relayed.part(db, nour.id, ana.id)
    await of.ana.person.says("Good evening")
    await of.nour.person.sees("Good evening")
    await of.nour.person.sees_not("third")


async def test_what_waits_is_changed_once_it_is_there(
    of: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held_up(of, monkeypatch):
        id_ = await of.ana.person.says("At five")
        await waits(of)
        await of.ana.person.edits(id_, "At six")
        await waits(of, 2)
    got = await of.nour.person.sees("At six")
    assert got.edited
    assert "(changed)" in got.text


async def test_what_was_taken_back_on_its_way_goes_as_it_arrives(of: Pair) -> None:
    """The row goes between the sender's look at it and the end of its call."""
    store, real = of.stage.app.store, Sender._call

    async def slow(self: Sender, payload: dict[str, Any]) -> tuple[int | None, str]:
        if "third" in str(payload):
            async with store.begin() as db:
                await relayed.take_back(db, await db.all(relayed.Relayed, select(rows)))
        return await real(self, payload)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sender, "_call", slow)
        await of.ana.person.says("My street is the third")
        await of.nour.person.sees("third")

        async def gone() -> bool:
            return not [m for m in await of.nour.person.chat() if "third" in m.text]

        await until(gone)


async def test_a_change_of_what_its_reader_deleted_brings_nothing_back(of: Pair) -> None:
    id_ = await of.ana.person.says("At five")
    got = await of.nour.person.sees("At five")
    await arrived(of.ana, id_)
    async with of.stage.app.store.begin() as db:
        nour = await people.by_telegram_id(db, of.nour.person.id)
        assert nour
        now = of.stage.sandbox.clock.now()
        await put(db, [(Say(nour.id, "", erase=(got.id,)), None)], now)

    async def gone() -> bool:
        return not [m for m in await of.nour.person.chat() if "At five" in m.text]

    await until(gone)
    await of.ana.person.edits(id_, "At six")
    await of.ana.person.says("Good evening")
    await of.nour.person.sees("Good evening")
    await of.nour.person.sees_not("At six")
