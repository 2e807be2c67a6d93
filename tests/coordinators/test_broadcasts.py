"""A word to many: to whom, in which words, by day, once, and what came of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot.coordinators import broadcast
from bot.delivery import broadcaster as broadcaster_module
from bot.delivery.broadcaster import Broadcaster
from bot.delivery.screens import Stage
from bot.domain.replies import Say
from bot.participants import questions
from bot.store import broadcasts, people
from bot.store.networks import Member
from bot.store.tables import members, outbox
from bot.store.tables import people as people_rows
from tests.coordinators.town import Town, data_of, read


@pytest.fixture
async def writing(town: Town) -> Town:
    """The town, where coordinators write to many; its founder is no longer there."""
    town.able(broadcast, questions)
    async with town.store.begin() as db:
        await db.run(update(members).values(state="left"))
    return town


def sender(town: Town) -> Broadcaster:
    """The loop, as a fresh process has it."""
    stage = Stage(town.store, town.here, lambda: town.now, lambda: None)
    return Broadcaster(stage, asyncio.Event())


async def speaks(town: Town, who: Member, language: str) -> None:
    async with town.store.begin() as db:
        await people.set_language(db, who.person_id, language)


async def written(town: Town, who: Member, what: str = "side", *texts: str) -> int:
    """A draft, by its id."""
    await town.taps(who, f"cast.to:{town.network_id}:{what}")
    said: list[Say] = []
    for text in texts or ("Dear all,\nthere is <news>.",):
        said = await town.says(who, text)
    return int(said[-1].buttons[0][0].args[0])


async def queued(town: Town) -> list[int]:
    """To whom broadcasts wait to be delivered, or were."""
    async with town.store.read() as db:
        query = select(outbox.c.person_id).where(outbox.c.priority == 2).order_by(outbox.c.id)
        return [row.person_id for row in await db.rows(query)]


async def deliver(town: Town, **states: int) -> None:
    """Has so many of the waiting messages end so."""
    async with town.store.begin() as db:
        for state, many in states.items():
            ids = select(outbox.c.id).where(outbox.c.priority == 2, outbox.c.state == "waiting")
            some = [row.id for row in await db.rows(ids.order_by(outbox.c.id).limit(many))]
            await db.run(update(outbox).where(outbox.c.id.in_(some)).values(state=state))


async def works(town: Town, loop: Broadcaster | None = None) -> None:
    while await (loop or sender(town)).work():
        pass


async def shown(town: Town, who: Member, broadcast_id: int) -> str:
    return read((await town.taps(who, f"cast.show:{broadcast_id}"))[0])


async def test_a_coordinator_writes_to_their_side_and_sees_it_first(writing: Town) -> None:
    east = await writing.member(0, "coordinator")
    own = [await writing.member(0) for _ in range(6)]
    other = await writing.member(1)
    (asked,) = await writing.says(east, "/broadcast")
    assert f"cast.to:{writing.network_id}:all" not in data_of(asked)
    (ask,) = await writing.taps(east, f"cast.to:{writing.network_id}:side")
    assert "English" in read(ask)
    letter, last = await writing.says(east, "Dear all,\nthere is <news>.")
    assert "Dear all,\nthere is &lt;news&gt;." in read(letter)
    assert "7 people" in read(last)
    draft = int(last.buttons[0][0].args[0])
    test, again = await writing.taps(east, f"cast.me:{draft}")
    assert "&lt;news&gt;" in read(test)
    assert data_of(again)[1] == f"cast.send:{draft}"
    assert await queued(writing) == []
    await writing.taps(east, f"cast.send:{draft}")
    await writing.taps(east, f"cast.send:{draft}")
    await works(writing)
    told = await queued(writing)
    assert sorted(told) == sorted([east.person_id, *(each.person_id for each in own)])
    assert other.person_id not in told


async def test_each_reads_it_in_their_language_or_the_first(writing: Town) -> None:
    owner = await writing.member(0, "owner")
    ana, bo = await writing.member(0), await writing.member(1)
    await speaks(writing, ana, "es")
    await speaks(writing, bo, "tr")
    await writing.taps(owner, f"cast.to:{writing.network_id}:all")
    await writing.says(owner, "Hello")
    (ask,) = await writing.says(owner, "Hola")
    assert "Turkish" in read(ask)
    skip = next(each for each in data_of(ask) if each.endswith("skip"))
    said = await writing.taps(owner, skip)
    assert ["Hello" in read(said[0]), "Hola" in read(said[1])] == [True, True]
    assert "read it in this one: English" in read(said[-1])
    draft = int(said[-1].buttons[0][0].args[0])
    await writing.taps(owner, f"cast.send:{draft}")
    await works(writing)
    texts = {
        each.to: each.text
        for each in await writing.works()
        if "Hol" in each.text or "Hel" in each.text
    }
    assert "Hola" in texts[ana.person_id]
    assert "Hello" in texts[bo.person_id]


async def test_whatever_is_killed_everybody_gets_it_once(
    writing: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcaster_module, "AT_ONCE", 3)
    east = await writing.member(0, "coordinator")
    for _ in range(10):
        await writing.member(0)
    draft = await written(writing, east)
    await writing.taps(east, f"cast.send:{draft}")
    for _ in range(20):
        await sender(writing).work()  # each a process of its own
    told = await queued(writing)
    assert len(told) == len(set(told)) == 11
    await deliver(writing, sent=8, blocked=2, failed=1)
    await works(writing)
    text = await shown(writing, east, draft)
    assert ["Delivered: 8" in text, "Blocked the bot: 2" in text] == [True, True]
    assert "Could not be delivered: 1" in text
    assert "It is done." in text


async def test_a_killed_step_leaves_nothing_half_done(
    writing: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcaster_module, "AT_ONCE", 3)
    east = await writing.member(0, "coordinator")
    for _ in range(5):
        await writing.member(0)
    draft = await written(writing, east)
    await writing.taps(east, f"cast.send:{draft}")
    await sender(writing).work()

    async def killed(*_args: object, **_named: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(broadcasts, "went_on", killed)
        with pytest.raises(RuntimeError):
            await sender(writing).work()
    assert len(await queued(writing)) == 3
    await works(writing)
    told = await queued(writing)
    assert len(told) == len(set(told)) == 6


async def test_who_sleeps_gets_it_in_the_morning(writing: Town) -> None:
    east = await writing.member(0, "coordinator")
    far = await writing.member(0)
    async with writing.store.begin() as db:
        await db.change(people_rows, far.person_id, zone="Pacific/Auckland")
    draft = await written(writing, east)
    await writing.taps(east, f"cast.send:{draft}")
    await works(writing)
    assert await queued(writing) == [east.person_id]
    await works(writing)
    assert "in their morning" in await shown(writing, east, draft)
    writing.later(hours=8)
    await works(writing)
    assert await queued(writing) == [east.person_id, far.person_id]


async def test_it_can_be_stopped_and_never_runs_far_ahead(
    writing: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcaster_module, "AT_ONCE", 2)
    monkeypatch.setattr(broadcaster_module, "AHEAD", 4)
    east = await writing.member(0, "coordinator")
    for _ in range(9):
        await writing.member(0)
    draft = await written(writing, east)
    await writing.taps(east, f"cast.send:{draft}")
    await works(writing)
    assert len(await queued(writing)) == 4
    await deliver(writing, sent=1)
    (said,) = await writing.taps(east, f"cast.stop:{draft}")
    assert "It was stopped." in read(said)
    await works(writing)
    writing.later(seconds=11)
    await works(writing)
    text = await shown(writing, east, draft)
    assert ["Delivered: 1" in text, "Stopped before it was sent: 9" in text] == [True, True]
    async with writing.store.read() as db:
        found = await broadcasts.by_id(db, draft)
    assert found is not None
    assert (found.state, found.done_at) == ("stopped", writing.now)


async def test_traces_of_who_got_it_go_and_the_counts_stay(writing: Town) -> None:
    east = await writing.member(0, "coordinator")
    for _ in range(5):
        await writing.member(0)
    draft = await written(writing, east)
    await writing.taps(east, f"cast.send:{draft}")
    await works(writing)
    await deliver(writing, sent=6)
    await works(writing)
    async with writing.store.begin() as db:
        assert await broadcasts.forget(db, writing.now + timedelta(days=1), 100)
        assert not await broadcasts.forget(db, writing.now + timedelta(days=1), 100)
        left = select(func.count()).select_from(outbox).where(outbox.c.about_id == draft)
        assert await db.scalar(left) == 0
    assert "Delivered: 6" in await shown(writing, east, draft)


async def test_the_other_sides_coordinator_sees_none_of_it(writing: Town) -> None:
    east, west = await writing.member(0, "coordinator"), await writing.member(1, "coordinator")
    draft = await written(writing, east)
    for action in ("show", "send", "stop", "me", "anew", "drop"):
        (said,) = await writing.taps(west, f"cast.{action}:{draft}")
        assert "no longer works" in read(said)
    (said,) = await writing.taps(west, f"cast.to:{writing.network_id}:all")
    assert "no longer works" in read(said)


async def test_audiences_are_who_they_say(writing: Town) -> None:
    owner = await writing.member(0, "owner")
    waits = await writing.member(1)
    exchange_id = await writing.exchange()
    async with writing.store.read() as db:
        everybody = broadcasts.To(writing.network_id)
        counts = {
            "everybody": await broadcasts.languages(db, everybody),
            "waiting": await broadcasts.languages(
                db, broadcasts.To(writing.network_id, None, None, "waiting")
            ),
            "introduced": await broadcasts.languages(
                db, broadcasts.To(writing.network_id, None, None, "introduced")
            ),
            "exchange": await broadcasts.languages(
                db, broadcasts.To(writing.network_id, None, exchange_id)
            ),
        }
    assert counts == {
        "everybody": {"en": 2},
        "waiting": {"en": 1},
        "introduced": {},
        "exchange": {"en": 1},
    }
    (said,) = await writing.taps(owner, f"cast.to:{writing.network_id}:introduced")
    assert "nobody to write to" in read(said)
    (asked,) = await writing.taps(owner, f"cast.which:{writing.network_id}")
    assert f"cast.in:{exchange_id}" in data_of(asked)
    (said,) = await writing.taps(owner, f"cast.in:{exchange_id}")
    assert "What would you like to say" in read(said)
    assert waits.side_id == writing.sides[1]
