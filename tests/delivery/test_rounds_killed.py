"""kill -9 while a round is matched and held: nobody is lost, nobody is asked or told twice."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.domain.people import Profile
from bot.store import schema
from bot.store.db import Store, open_store
from bot.store.keys import Keys, new_secret
from bot.store.tables import drafted, enrolments, matched, matches, outbox, rounds
from tests.coordinators.town import settled
from tests.delivery.counter import until

PAIRS, LEFT, AT_WORK = 36, 24, 3
"""How many pairs, how many left out, and how often it is killed while it matches."""

TOLD = Profile(("en",), "UTC", ("online",), availability=("0-evening", "1-evening"))


@asynccontextmanager
async def loops(database: str, secret: str) -> AsyncIterator[None]:
    """The loops at work, killed at the end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.delivery.rounds_process", database, secret),
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        assert await asyncio.wait_for(process.stdout.readline(), 20) == b"up\n"
        yield
    finally:
        os.kill(process.pid, signal.SIGKILL)
        await process.communicate()


async def standing(store: Store) -> tuple[str, int, int]:
    """The round's state, how many pairs are still to be asked, and up to whom people were told."""
    async with store.read() as db:
        pairs = await db.scalar(select(func.count()).select_from(drafted))
        ((state, told_to),) = await db.rows(select(rounds.c.state, rounds.c.told_to))
        return state, pairs, told_to


@pytest.mark.timeout(100)
async def test_a_round_is_held_once_however_often_the_bot_is_killed(database: str) -> None:
    secret, choose = new_secret(), random.Random(PAIRS)
    store = open_store(database, Keys.of(secret))
    await schema.migrate(store)
    town = await settled(store)
    staff = [await town.member(side, "coordinator") for side in (0, 1)]
    people = [
        await town.member(int(n % 2 or n >= 2 * PAIRS), told=TOLD) for n in range(2 * PAIRS + LEFT)
    ]
    (said,) = await town.says(staff[0], "/round")
    for _each in range(AT_WORK):
        async with loops(database, secret):
            await asyncio.sleep(choose.uniform(0.0, 0.7))
    async with loops(database, secret):
        await until(lambda: _in(store, "draft"))
    for each in staff:
        await town.taps(each, f"round.approve:{said.buttons[0][0].args[0]}")
    kills = 0
    while (before := await standing(store))[0] != "done":
        async with loops(database, secret):
            await until(lambda before=before: _went_on(store, before))
            await asyncio.sleep(choose.uniform(0.0, 0.03))
        kills += 1
    assert kills > 2, "kills that come after all is done prove nothing"
    await _everybody_once(store, [each.person_id for each in people])
    await store.close()


async def _in(store: Store, state: str) -> bool:
    return (await standing(store))[0] == state


async def _went_on(store: Store, before: tuple[str, int, int]) -> bool:
    return await standing(store) != before


async def _everybody_once(store: Store, people: list[int]) -> None:
    async with store.read() as db:
        assert await db.scalar(select(func.count()).select_from(matches)) == PAIRS
        partners = Counter(id_ for (id_,) in await db.rows(select(matched.c.member_id)))
        assert set(partners.values()) == {1}
        assert len(partners) == 2 * PAIRS
        found = await db.rows(select(enrolments.c.state, enrolments.c.rounds_waited))
        assert Counter(map(tuple, found)) == {("matched", 0): 2 * PAIRS, ("waiting", 1): LEFT}
        said = Counter(id_ for (id_,) in await db.rows(select(outbox.c.person_id)))
        assert {said[each] for each in people} == {1}, "somebody was told twice, or not at all"
