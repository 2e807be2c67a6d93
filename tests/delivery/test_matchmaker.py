"""Rounds off the loop: matched in a process of their own, held in steps, whatever is killed."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

import pytest

from bot.delivery import child
from bot.delivery import matchmaker as matchmaker_module
from bot.delivery.child import COMMAND, matching
from bot.delivery.matchmaker import Matchmaker
from bot.delivery.screens import Stage
from bot.domain.matching import Candidate, Gain, Rules
from bot.domain.people import Profile
from bot.matching_process import framed
from bot.store import drafts, enrolments, exchanges, founding, people, rounds
from bot.store.db import Store
from bot.store.networks import Member
from bot.store.tables import exchanges as exchange_table
from tests.coordinators.test_rounds import both_sides, held, outcome, preview
from tests.coordinators.town import Town, read, settled
from tests.delivery.counter import until
from tests.play import Stage as Played

SLOW = (sys.executable, "-c", "import time; time.sleep(60)")
CRASHES = (sys.executable, "-c", "raise SystemExit(3)")


@pytest.fixture
async def town(store: Store) -> Town:
    """A founded network of two sides, on each kind of database."""
    return await settled(store)


def matchmaker(town: Town, stop: asyncio.Event) -> Matchmaker:
    return Matchmaker(Stage(town.store, town.here, lambda: town.now, lambda: None), stop)


async def asked_for(town: Town) -> tuple[Member, int]:
    """A round of two people that a coordinator has asked for, and its id."""
    east = await town.member(0, "coordinator")
    await town.member(0)
    await town.member(1)
    (said,) = await town.says(east, "/round")
    return east, int(said.buttons[0][0].args[0])


async def state(town: Town, round_id: int) -> str:
    async with town.store.read() as db:
        found = await rounds.by_id(db, round_id)
        assert found is not None
        return found.state


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The process ids of all matchings from here on."""
    found: list[int] = []
    spawn = asyncio.create_subprocess_exec

    async def noted(*args: Any, **named: Any) -> asyncio.subprocess.Process:
        process = await spawn(*args, **named)
        found.append(process.pid)
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    return found


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


async def test_cancelling_ends_the_matching_and_nobody_was_told(
    town: Town, monkeypatch: pytest.MonkeyPatch, started: list[int]
) -> None:
    monkeypatch.setattr(child, "COMMAND", SLOW)
    east, round_id = await asked_for(town)
    work = asyncio.create_task(matchmaker(town, asyncio.Event()).work())
    await until(lambda: _is(bool(started)))
    (again,) = await town.says(await town.member(1, "coordinator"), "/round")
    assert "looking for the best pairs" in read(again)
    (cancelled,) = await town.taps(east, f"round.cancel:{round_id}")
    assert "Nobody was told" in read(cancelled)
    assert not cancelled.buttons
    async with asyncio.timeout(1.5):
        assert await work
    assert is_gone(started[0])
    assert await state(town, round_id) == "cancelled"
    assert {each.text for each in await town.works()} == {read(cancelled)}


async def _is(holds: bool) -> bool:
    return holds


async def test_stopping_ends_the_matching_and_starting_begins_it_anew(
    town: Town, monkeypatch: pytest.MonkeyPatch, started: list[int]
) -> None:
    monkeypatch.setattr(child, "COMMAND", SLOW)
    _east, round_id = await asked_for(town)
    stop = asyncio.Event()
    work = asyncio.create_task(matchmaker(town, stop).work())
    await until(lambda: _is(bool(started)))
    stop.set()
    async with asyncio.timeout(1.5):
        assert await work
    assert is_gone(started[0])
    assert await state(town, round_id) == "matching"
    monkeypatch.setattr(child, "COMMAND", COMMAND)
    (shown,) = await town.works()
    assert "1 pair can be introduced" in shown.text
    assert await state(town, round_id) == "draft"


async def test_what_an_attempt_left_behind_is_not_there_twice(town: Town) -> None:
    _east, round_id = await asked_for(town)
    exchange_id = await town.exchange()
    async with town.store.begin() as db:
        one, other = [m.id for _e, m in await enrolments.waiting(db, exchange_id)]
        pair = {"one": one, "other": other, "reasons": {"hours": 1, "score": 1}}
        await drafts.add_pairs(db, round_id, 0, [pair])
        await drafts.add_left(db, round_id, 0, [{"member": one, "why": "line", "help": None}])
    await town.works()
    async with town.store.read() as db:
        assert await drafts.count(db, round_id) == 1
        assert await drafts.left(db, round_id, [one, other]) == {}


async def test_a_matching_that_breaks_is_told_and_can_be_asked_for_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "COMMAND", CRASHES)
    east, round_id = await asked_for(town)
    (told,) = await town.works()
    assert told.to == east.person_id
    assert "something broke on our side" in told.text
    assert not told.data
    assert await state(town, round_id) == "failed"
    monkeypatch.setattr(child, "COMMAND", COMMAND)
    text, again = await preview(town, east)
    assert "1 pair can be introduced" in text
    assert again != str(round_id)


async def test_rules_that_make_no_sense_are_told_by_name(town: Town) -> None:
    east, round_id = await asked_for(town)
    async with town.store.begin() as db:
        await db.change(exchange_table, await _exchange_id(town), rules={"least_hours": 0})
    (told,) = await town.works()
    assert told.to == east.person_id
    assert "least_hours makes no sense" in told.text
    assert await state(town, round_id) == "failed"


async def _exchange_id(town: Town) -> int:
    async with town.store.read() as db:
        return (await exchanges.open_in(db, town.network_id))[0].id


async def many(town: Town, count: int) -> list[Member]:
    """So many people on each side, all of whom fit."""
    profile = Profile(("en",), "UTC", ("online",), availability=("0-evening",))
    return [await town.member(n % 2, told=profile) for n in range(2 * count)]


async def test_a_large_preview_is_looked_at_again_after_it_is_shown(town: Town) -> None:
    east, west = await both_sides(town)
    everybody = await many(town, 45)
    text, round_id = await preview(town, east)
    assert "45 pairs can be introduced" in text
    assert "and 35 more" in text
    async with town.store.begin() as db:
        (enrolled,) = await enrolments.of_member(db, everybody[0].id)
        await enrolments.set_state(db, enrolled.id, "skipping")
    town.later(minutes=2)
    (seen,) = await town.taps(east, f"round.show:{round_id}")
    assert "45 pairs can be introduced" in read(seen)
    (shown,) = await town.works()
    assert "44 pairs can be introduced" in shown.text
    assert "and 34 more" in shown.text
    assert "1 pair no longer fits" in shown.text
    await town.taps(east, f"round.approve:{round_id}")
    told = await held(town, west, round_id)
    assert "44 pairs are being asked" in outcome(told, east)
    asked = [each.to for each in told if each.data and each.data[0].startswith("match.yes")]
    assert len(asked) == len(set(asked)) == 88


async def test_who_takes_two_has_two_where_that_serves_more_people(town: Town) -> None:
    east, west = await both_sides(town)
    two = Profile(("en",), "UTC", ("online",), availability=("0-evening",), capacity=2)
    ana = await town.member(0, told=two)
    others = [await town.member(1, told=two) for _each in range(3)]
    text, round_id = await preview(town, east)
    assert "2 pairs can be introduced" in text
    await town.taps(east, f"round.approve:{round_id}")
    told = await held(town, west, round_id)
    assert [each.to for each in told if each.data[:1]].count(ana.person_id) == 2
    async with town.store.read() as db:
        found = await rounds.by_id(db, int(round_id))
        assert found is not None
        gains = [Gain(**each) for each in found.result["what_if"]]
    assert {(each.kind, each.people) for each in gains} >= {("people", 1)}
    (left,) = [each for each in told if "could not find anybody" in each.text]
    assert left.to in {each.person_id for each in others}
    assert "number 1 in line" in left.text


async def test_nobody_has_more_partners_than_they_take_since(town: Town) -> None:
    east, west = await both_sides(town)
    two = Profile(("en",), "UTC", ("online",), availability=("0-evening",), capacity=2)
    ana = await town.member(0, told=two)
    for _each in range(2):
        await town.member(1, told=two)
    _text, round_id = await preview(town, east)
    async with town.store.begin() as db:
        await db.change(type(ana).table, ana.id, profile=two.as_json() | {"capacity": 1})
    await town.taps(east, f"round.approve:{round_id}")
    told = await held(town, west, round_id)
    assert "1 pair is being asked" in outcome(told, east)
    assert "1 pair was dropped" in outcome(told, east)


async def test_how_far_a_round_is_is_shown_to_who_looks(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matchmaker_module, "EDIT_SECONDS", -1.0)
    east, round_id = await asked_for(town)
    first, *_more, last = await town.works()
    assert "looking for the best pairs" in first.text
    assert "▓░░░░░░░░░░░ 10%" in first.text
    assert first.data[0] == f"round.cancel:{round_id}"
    assert (last.to, "1 pair can be introduced" in last.text) == (east.person_id, True)


async def test_the_preview_takes_the_place_of_the_message(stage: Played) -> None:
    """On the real bot, in the sandbox: one message, which becomes the preview."""
    town = await settled(stage.app.store)
    town.now = stage.sandbox.clock.now()
    olga = await stage.person("Olga")
    await olga.says("/start")
    await olga.waits()
    async with stage.app.store.begin() as db:
        person = await people.by_telegram_id(db, olga.id)
        assert person is not None
        at = (town.network_id, town.sides[0])
        await founding.join(db, person.id, *at, "coordinator", town.now)
    await town.member(0)
    await town.member(1)
    await olga.says("/round")
    preview = await olga.sees("1 pair can be introduced")
    assert (await olga.chat())[-1].id == preview.id
    said = [each for each in await olga.chat() if each.from_bot]
    assert "looking" not in said[-2].text


def crowd(count: int) -> list[Candidate]:
    hours = [frozenset(range(n % 150, n % 150 + 12)) for n in range(300)]
    return [
        Candidate(n, n % 2, {"en": 2}, hours[n % 300], frozenset({"online"})) for n in range(count)
    ]


@pytest.mark.parametrize("matches", [True, False])
async def test_a_process_whose_parent_is_gone_ends(matches: bool) -> None:
    """Whether it is reading or at work."""
    async with matching() as one:
        await one.send("people", crowd(8000))
        if matches:
            await one.send("match", Rules().as_json(), 1)
            assert (await one.hear())[0] == "progress"
        one.ears.close()
        async with asyncio.timeout(10):
            assert await one.process.wait() != 0


def test_a_frame_has_its_length_in_front() -> None:
    frame = framed(("done", {}))
    assert int.from_bytes(frame[:4]) == len(frame) - 4
