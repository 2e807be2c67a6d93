"""A new secret key for an old one: while people talk, over kills, and for who was blocked."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.delivery import rekey
from bot.delivery.rekey import Rekey
from bot.store import blocks, erase, mydata, people, ring, rotation
from bot.store.db import Store, open_store
from bot.store.keys import Keys, WrongKey, new_secret
from bot.store.ring import Ring
from bot.store.tables import blocks as block_rows
from bot.store.tables import people as people_rows
from tests.conftest import cleared
from tests.play import staged
from tests.store.old_key import opens_all, sealed_with
from tests.stories.pair import pair

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
OLD, NEW, NEWEST = new_secret(), new_secret(), new_secret()


@given(st.integers(0, 2**52))
def test_an_index_becomes_what_the_new_keys_look_for(number: int) -> None:
    old, both = Keys.of(OLD), Keys.of(f"{NEW} {OLD}")
    assert both.blinds(number) == [both.renewed(old.blind(number)), old.blind(number)]
    alone = Keys.of(NEW).after(both.former, both.queue)
    assert alone.blinds(number) == [both.blind(number)]
    assert alone.queued(number) == both.queued(number) == old.queued(number)
    third = Keys.of(f"{NEWEST}\n{NEW}").after(both.former, both.queue)
    assert third.blinds(number) == [third.renewed(both.blind(number)), both.blind(number)]
    assert len({*third.blinds(number), old.blind(number), Keys.of(NEW).blind(number)}) == 4


@pytest.mark.parametrize(
    "text",
    ["", " \n", f"{OLD} {NEW} {NEWEST}", f"{OLD} short", f"{OLD} {OLD}"],
    ids=["none", "space", "three", "short", "twice"],
)
def test_one_secret_or_two_are_needed(text: str) -> None:
    with pytest.raises(ValueError, match="secret key"):
        Keys.of(text)


async def filled(store: Store, many: int = 450, secret: str = OLD) -> None:
    """A database with people, of whom one blocked another who has gone."""
    at = Ring(store)
    await at.join(Keys.of(secret))
    async with store.begin() as db:
        who = [await people.met(db, 5_000_000_000 + n, "en", NOW) for n in range(many)]
        await blocks.add(db, who[0], who[1], NOW)
        await blocks.add(db, who[2], who[3], NOW)
        await erase.remove(db, who[1].id)
    await at.leave()


@pytest.fixture
async def old(database: str) -> Store:
    """A store that was filled with the old key."""
    opened = open_store(database, Keys.of(OLD))
    await filled(opened)
    return opened


async def rewritten(store: Store) -> None:
    """Everything is written anew."""
    await Rekey(store, asyncio.Event(), settle=0).turn()


async def test_nothing_of_the_old_key_is_left_and_everybody_is_found(
    old: Store, database: str
) -> None:
    await old.close()
    store = open_store(database, Keys.of(OLD))
    at = Ring(store)
    await at.check()
    await at.join(Keys.of(f"{NEW} {OLD}"))
    await rewritten(store)
    new = Keys.of(NEW)
    assert set(await sealed_with(store)) == {new.id.hex()}
    assert await opens_all(store, new) >= 449
    await at.close()
    alone = Ring(open_store(database, new))
    await alone.check()
    await alone.join(new)
    async with alone.store.begin() as db:
        assert len(await db.rows(select(people_rows.c.id))) == 449
        for n in (0, 2, 3, 200, 449):
            found = await people.by_telegram_id(db, 5_000_000_000 + n)
            assert found is not None
            assert found.telegram_id == 5_000_000_000 + n
        await _still_apart(alone.store)
    await alone.close()
    await refused(database, OLD)


async def refused(database: str, secret: str) -> None:
    """A process with this key alone doesn't start."""
    at = Ring(open_store(database, Keys.of(secret)))
    with pytest.raises(WrongKey):
        await at.check()
    await at.close()


async def _still_apart(store: Store) -> None:
    """A block holds for those who are there, and for who was forgotten and comes back."""
    async with store.read() as db:
        one = await people.by_telegram_id(db, 5_000_000_000)
        two, three = [await people.by_telegram_id(db, 5_000_000_000 + n) for n in (2, 3)]
        assert one
        assert two
        assert three
        assert await blocks.between(db, two.id, [three.id]) == {three.id}
        chats = [row[0] for row in await db.rows(select(block_rows.c.of))]
        assert db.keys.blind(5_000_000_001) in chats


async def test_killed_anywhere_it_is_begun_again(old: Store) -> None:
    """After each step everybody is found once, and only once, by the process that goes on."""
    at = Ring(old)
    await at.join(Keys.of(f"{NEW} {OLD}"))
    stops = 0
    while True:
        done, steps = 0, rotation.steps(old)
        async for written in steps:
            async with old.begin() as db:
                for n in (0, 100, 300, 449):
                    assert await people.by_telegram_id(db, 5_000_000_000 + n)
                    await people.met(db, 5_000_000_000 + n, "en", NOW)
                assert await db.scalar(select(func.count()).select_from(people_rows)) == 449
                one, other = [await people.by_telegram_id(db, 5_000_000_000 + n) for n in (2, 3)]
                assert one
                assert other
                assert await blocks.between(db, one.id, [other.id]) == {other.id}
            done += written
            if written:  # the process dies here
                break
        await steps.aclose()  # type: ignore[attr-defined]
        stops += 1
        if not done:
            break
    assert stops > 4
    await rotation.finish(old)
    assert set(await sealed_with(old)) == {Keys.of(NEW).id.hex()}
    await at.close()


async def test_who_asks_for_their_data_meanwhile_is_told_of_their_blocks(old: Store) -> None:
    at = Ring(old)
    await at.join(Keys.of(f"{NEW} {OLD}"))
    for rewriting in (False, True):
        if rewriting:
            await rewritten(old)
        async with old.begin() as db:
            two = await people.by_telegram_id(db, 5_000_000_002)
            assert two
            assert "counts" in [each.name for each in await mydata.gather(db, two)]
    await at.close()


async def test_a_database_that_is_half_written_needs_both_keys(old: Store, database: str) -> None:
    at = Ring(old)
    await at.join(Keys.of(f"{NEW} {OLD}"))
    await anext(rotation.steps(old))
    await at.close()
    for secret in (OLD, NEW):
        await refused(database, secret)


@pytest.mark.postgres
async def test_as_long_as_a_process_seals_with_the_old_key_nothing_is_rewritten(
    postgresql_model: str,
) -> None:
    await cleared(postgresql_model)
    slow, quick = (Ring(open_store(postgresql_model, Keys.of(OLD))) for _ in range(2))
    for each in (slow, quick):
        await each.check()
        await each.join(Keys.of(OLD))
    both = Keys.of(f"{NEW} {OLD}")
    await quick.join(both)
    await rewritten(quick.store)
    async with quick.store.read() as db:
        assert await ring.sealing(db) == set(both.ids)
    await slow.join(both)
    await rewritten(quick.store)
    async with quick.store.read() as db:
        assert await ring.sealing(db) == {both.id}
    for each in (slow, quick):
        await each.close()


async def test_while_people_write_to_each_other(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two write without a pause while the secret is replaced in its file; everything arrives."""
    monkeypatch.setattr(rekey, "SETTLE_SECONDS", 2.0)
    file = tmp_path / "proxeny.key"
    file.write_text(OLD)
    async with staged(database, Keys.of(OLD), key_file=file) as stage:
        two = await pair(stage)
        await two.ana.says("/match")
        await two.ana.person.taps_data(f"relay.write:{two.match_id}", await two.ana.person.last())
        await two.ana.sees("What you send me now I pass on")
        said = 0
        file.write_text(f"{NEW}\n{OLD}\n")
        while not await _only_new(stage.app.store):
            await two.ana.says(f"Word {said}")
            await two.nour.person.sees(f"Word {said}")
            said += 1
            stage.sandbox.clock.advance(timedelta(seconds=3))  # nobody writes faster than one may
            assert said < 2000
        file.write_text(f"{NEW}\n")
        while len(stage.app.store.keys.ids) > 1:
            await asyncio.sleep(0.1)
        await two.ana.says("Good night")
        await two.nour.person.sees("Good night")
        assert said > 0
    again = Ring(open_store(database, Keys.of(NEW)))
    await again.check()
    assert set(await sealed_with(again.store)) == {Keys.of(NEW).id.hex()}
    await again.close()


async def _only_new(store: Store) -> bool:
    async with store.read() as db:
        return await ring.sealing(db) == {Keys.of(NEW).id}
