"""Everything rests: what is held, what still works, and how it begins again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.delivery.tick import Ticker
from bot.store import (
    audit,
    enrolments,
    erase,
    freezes,
    matches,
    meetings,
    people,
    reminders,
)
from bot.store import rounds as stored_rounds
from bot.store.db import Store
from bot.store.freezes import Freeze
from bot.store.queues import Outgoing
from bot.store.tables import exchanges, outbox
from bot.store.tables import reminders as rows
from tests.participants.acts import KINDS, World, bare


@pytest.fixture
async def world(store: Store) -> World:
    return await World(store).build()


async def ticks(world: World) -> list[tuple[int, str]]:
    """Does what is due as the real ticker does; who is told what."""
    ticker = Ticker(world.store, KINDS, lambda: world.now, lambda: None, asyncio.Event())
    async with world.store.read() as db:
        last = await db.scalar(select(func.max(outbox.c.id))) or 0
    await ticker.tick()
    async with world.store.read() as db:
        new = await db.all(Outgoing, select(outbox).where(outbox.c.id > last))
    return [(each.person_id or 0, bare(each.payload["params"]["text"])) for each in new]


async def later(world: World, **time: float) -> list[tuple[int, str]]:
    world.now += timedelta(**time)
    return await ticks(world)


async def freezes_all(world: World, where: str = "all") -> Freeze:
    await world.taps("olga", "freeze.now", world.network_id, where)
    async with world.store.read() as db:
        return (await freezes.open_in(db, world.network_id))[-1]


async def agreed(world: World, freeze: Freeze, step: int) -> None:
    for name in ("olga", "omer"):
        await world.taps(name, "thaw.agree", freeze.id, step)


async def states(world: World, kind: str) -> list[str]:
    async with world.store.read() as db:
        return sorted(
            row.state for row in await db.rows(select(rows.c.state).where(rows.c.kind == kind))
        )


async def match_of(world: World, match_id: int) -> matches.Match:
    async with world.store.read() as db:
        found = await matches.by_id(db, match_id)
    assert found is not None
    return found


def told(heard: list[tuple[int, str]], world: World, name: str) -> str:
    return "\n".join(text for person, text in heard if person == world.people[name])


async def test_one_confirms_and_everybody_hears_a_kind_word_once(world: World) -> None:
    for name, side in (("ana", 0), ("baha", 1)):
        await world.member(name, side)
    await world.says("olga", "/freeze")
    await world.presses("olga", "In the whole network")
    assert "That concerns 5 people" in world.text("olga")
    assert await ticks(world) == []
    await world.presses("olga", "Let everything rest now")
    await world.taps("olga", "freeze.now", world.network_id, "all")
    heard = await ticks(world)
    assert sorted(person for person, _text in heard) == sorted(world.people.values())
    assert "We are thinking of you" in told(heard, world, "ana")
    assert "conflict" not in told(heard, world, "ana")
    async with world.store.read() as db:
        assert await freezes.frozen(db, world.network_id)
        assert len(await freezes.open_in(db, world.network_id)) == 1
        assert [each.what for each in await audit.page(db, world.network_id)] == ["network.frozen"]


async def test_clocks_of_proposals_stand_still(world: World) -> None:
    await world.member("ana", 0)
    await world.member("baha", 1)
    match_id = await world.proposes("ana", "baha")
    before = (await match_of(world, match_id)).expires_at
    world.now += timedelta(hours=3)
    freeze = await freezes_all(world)
    await ticks(world)
    heard = await later(world, days=10)
    assert heard == []
    assert (await match_of(world, match_id)).state == "proposed"
    assert await states(world, "proposal_expiry") == ["held"]
    assert set(await states(world, "proposal_nudge")) == {"held"}
    await agreed(world, freeze, 1)
    assert "It can slowly go on" in told(await ticks(world), world, "ana")
    await agreed(world, freeze, 2)
    await ticks(world)
    now = await match_of(world, match_id)
    assert now.state == "proposed"
    assert now.expires_at == before + timedelta(days=10)
    heard = await later(world, hours=24)
    assert "Your answer is awaited" in told(heard, world, "ana")
    await later(world, hours=48)
    assert (await match_of(world, match_id)).state == "expired"


async def test_people_may_do_all_but_plan(world: World) -> None:
    await world.member("ana", 0)
    await world.member("baha", 1)
    match_id = await world.introduces("ana", "baha")
    await freezes_all(world)
    await world.taps("ana", "meet.times", match_id)
    assert "Everything rests for now" in world.text("ana")
    minute = int((world.now + timedelta(days=2)).timestamp()) // 60
    await world.taps("ana", "meet.at", match_id, minute)
    assert "Everything rests for now" in world.text("ana")
    await world.says("ana", "/match")
    assert "Everything rests" not in world.text("ana")
    await world.says("ana", "/pause")
    assert "How long" in world.text("ana")


async def test_a_meeting_stays_and_its_reminder_is_a_neutral_word(world: World) -> None:
    await world.member("ana", 0)
    await world.member("baha", 1)
    match_id = await world.introduces("ana", "baha")
    at = world.now + timedelta(days=2)
    async with world.store.begin() as db:
        meeting_id = await meetings.add(
            db, match_id, "agreed", at, 60, world.member_ids["ana"], world.now
        )
        day = at - timedelta(days=1)
        await reminders.schedule(db, "meeting_day", meeting_id, day, world.people["ana"])
    await freezes_all(world)
    await ticks(world)
    heard = await later(world, days=1)
    assert "please do what is good for you" in told(heard, world, "ana")
    assert "conversation" not in told(heard, world, "ana")
    async with world.store.read() as db:
        (meeting,) = await meetings.coming(db, match_id, world.now)
    assert meeting.state == "agreed"


async def test_a_region_reaches_its_people_only(world: World) -> None:
    await world.member("ana", 0)
    await world.member("far", 0, zone="Europe/Berlin")
    await world.member("baha", 1)
    freeze = await freezes_all(world, "CY")
    heard = await ticks(world)
    assert told(heard, world, "ana")
    assert told(heard, world, "far") == ""
    async with world.store.read() as db:
        assert not await freezes.frozen(db, world.network_id)
        assert await freezes.of_person(db, world.people["ana"]) is not None
        assert await freezes.of_person(db, world.people["far"]) is None
    async with world.store.begin() as db:
        waiting = {each.id for _e, each in await enrolments.waiting(db, world.exchange_id)}
        assert world.member_ids["ana"] not in waiting
        assert world.member_ids["far"] in waiting
    for step in (1, 2, 3):
        await agreed(world, freeze, step)
    async with world.store.begin() as db:
        waiting = {each.id for _e, each in await enrolments.waiting(db, world.exchange_id)}
    assert world.member_ids["ana"] in waiting


async def test_rounds_wait_for_the_last_step(world: World) -> None:
    freeze = await freezes_all(world)
    async with world.store.begin() as db:
        round_id = await stored_rounds.ask(
            db, world.exchange_id, world.now, world.member_ids["olga"]
        )
    for step in (1, 2):
        await agreed(world, freeze, step)
        async with world.store.read() as db:
            assert await stored_rounds.to_be_matched(db) is None
    await agreed(world, freeze, 3)
    async with world.store.read() as db:
        found = await stored_rounds.to_be_matched(db)
    assert found is not None
    assert found.id == round_id


async def test_a_round_that_is_due_comes_with_the_last_step(world: World) -> None:
    async with world.store.begin() as db:
        due_at = world.now + timedelta(hours=1)
        await stored_rounds.set_next(db, world.exchange_id, due_at)
    freeze = await freezes_all(world)
    await later(world, days=1)
    assert "held" in await states(world, "round_due")
    await agreed(world, freeze, 1)
    await agreed(world, freeze, 2)
    await ticks(world)
    assert "held" in await states(world, "round_due")
    await agreed(world, freeze, 3)
    assert "time for the next round" in told(await ticks(world), world, "omer")


async def test_each_step_needs_every_side_and_two_taps_do_no_harm(world: World) -> None:
    freeze = await freezes_all(world)
    await world.taps("olga", "thaw.agree", freeze.id, 1)
    await world.taps("olga", "thaw.agree", freeze.id, 1)
    await world.taps("olga", "thaw.agree", freeze.id, 3)
    assert await _step(world, freeze) == ("frozen", 0)
    await world.taps("omer", "thaw.agree", freeze.id, 1)
    await world.taps("omer", "thaw.agree", freeze.id, 1)
    assert await _step(world, freeze) == ("thawing", 1)
    await agreed(world, freeze, 2)
    await agreed(world, freeze, 3)
    assert await _step(world, freeze) == ("over", 3)
    await world.taps("olga", "thaw.show", freeze.id)
    assert "begun again" in world.text("olga")
    await world.says("olga", "/thaw")
    assert "Nothing rests" in world.text("olga")


async def _step(world: World, freeze: Freeze) -> tuple[str, int]:
    async with world.store.read() as db:
        found = await freezes.by_id(db, freeze.id)
    assert found is not None
    return found.state, found.step


async def test_who_is_told_that_it_can_go_on_chooses(world: World) -> None:
    await world.member("ana", 0)
    freeze = await freezes_all(world)
    await agreed(world, freeze, 1)
    await world.taps("ana", "rest.ready")
    assert "good to have you here" in world.text("ana")
    await world.taps("ana", "pause.for", 30)
    await world.taps("ana", "rest.ready")
    assert "Welcome back" in world.text("ana")


async def test_who_has_left_hears_no_word_of_it(world: World) -> None:
    await world.member("ana", 0)
    await world.member("bea", 0)
    await freezes_all(world)
    async with world.store.begin() as db:
        await reminders.schedule(
            db,
            "freeze_word",
            (await freezes.open_in(db, world.network_id))[0].id,
            world.now,
            world.people["ana"],
            "again",
        )
        await erase.leave(db, world.member_ids["ana"])
    heard = await ticks(world)
    assert told(heard, world, "ana") == ""
    assert "We are thinking of you" in told(heard, world, "bea")


async def test_a_participant_cannot_freeze(world: World) -> None:
    await world.member("ana", 0)
    await world.says("ana", "/freeze")
    assert "Only coordinators" in world.text("ana")
    async with world.store.read() as db:
        assert await people.by_id(db, world.people["ana"]) is not None
        assert await freezes.open_in(db, world.network_id) == []
        assert await db.scalar(select(func.count()).select_from(exchanges)) == 1


def test_a_freeze_lasts_from_what_began_later() -> None:
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    freeze = Freeze(1, 1, None, None, "over", 3, None, begin, begin + timedelta(days=3))
    assert freezes.length(freeze, begin - timedelta(days=9)) == timedelta(days=3)
    assert freezes.length(freeze, begin + timedelta(days=2)) == timedelta(days=1)
    assert freezes.length(freeze, begin + timedelta(days=9)) == timedelta(0)
