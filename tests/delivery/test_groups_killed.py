"""kill -9 while the people of circles are asked: everybody is asked once, none twice."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

import pytest
from sqlalchemy import func, select

from bot.store import schema
from bot.store.db import Store, open_store
from bot.store.keys import Keys, new_secret
from bot.store.tables import drafted_groups, enrolments, matched, matches, outbox, rounds
from tests.coordinators.town import settled
from tests.delivery.circles import Circles
from tests.delivery.counter import until
from tests.delivery.test_rounds_killed import loops

MORE = 18
"""How many wait beside the six; with a size of two that is six circles, asked in two steps."""


async def standing(store: Store) -> tuple[str, int]:
    """The round's state, and how many circles are still to be asked."""
    async with store.read() as db:
        left = await db.scalar(select(func.count()).select_from(drafted_groups))
        ((state,),) = await db.rows(select(rounds.c.state))
        return state, left


@pytest.mark.timeout(100)
async def test_everybody_is_asked_once_however_often_the_bot_is_killed(database: str) -> None:
    secret, choose = new_secret(), random.Random(MORE)
    store = open_store(database, Keys.of(secret))
    await schema.migrate(store)
    circles = await Circles(await settled(store)).build(leads=False, size=2)
    for number in range(MORE):
        await circles.waits(f"P{number}", number % 2)
    (said,) = await circles.town.says(circles.staff[0], "/round")
    for _each in range(2):
        async with loops(database, secret):
            await asyncio.sleep(choose.uniform(0.0, 0.7))
    async with loops(database, secret):
        await until(lambda: _in(store, "draft"))
    for each in circles.staff:
        await circles.town.taps(each, f"round.approve:{said.buttons[0][0].args[0]}")
    kills = 0
    while (before := await standing(store))[0] != "done":
        async with loops(database, secret):
            await until(lambda before=before: _went_on(store, before))
        kills += 1
    assert kills > 1, "kills that come after all is done prove nothing"
    await _everybody_once(store, [each.person_id for each in circles.everybody])
    await store.close()


async def _in(store: Store, state: str) -> bool:
    return (await standing(store))[0] == state


async def _went_on(store: Store, before: tuple[str, int]) -> bool:
    return await standing(store) != before


async def _everybody_once(store: Store, people: list[int]) -> None:
    async with store.read() as db:
        assert await db.scalar(select(func.count()).select_from(matches)) == len(people) // 4
        seats = Counter(id_ for (id_,) in await db.rows(select(matched.c.member_id)))
        assert set(seats.values()) == {1}
        assert len(seats) == len(people)
        states = {state for (state,) in await db.rows(select(enrolments.c.state))}
        assert states == {"matched"}
        said = Counter(id_ for (id_,) in await db.rows(select(outbox.c.person_id)))
        assert {said[each] for each in people} == {1}, "somebody was told twice, or not at all"
