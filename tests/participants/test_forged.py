"""Every button pressed by somebody whom it does not concern, or with numbers out of this world."""

from __future__ import annotations

import inspect

import pytest
from sqlalchemy import select

from bot import participants
from bot.capabilities import gathered
from bot.store import enrolments, exchanges
from bot.store.tables import enrolments as enrolment_rows
from bot.store.tables import forms, logs, matched, matches, members
from bot.store.tables import meetings as meeting_rows
from bot.store.tables import people as people_rows
from tests.participants.acts import ROUTES, World
from tests.participants.newcomers import newcomer
from tests.participants.test_log import held

MINE = {
    name: h for routes in gathered("ROUTES", participants) for name, h in routes.buttons.items()
}
OWN = {"join.network", "join.side", "activities.join", "activities.stop", "discreet.set"}
"""About what is open to all, or about oneself."""
TABLES = (enrolment_rows, forms, logs, matched, matches, members, meeting_rows, people_rows)


async def things(world: World) -> dict[str, int | str]:
    """One of each thing of Eleni's that a participant's button may be about."""
    match_id, meeting = await held(world)
    async with world.store.read() as db:
        (enrolled,) = await enrolments.of_member(db, world.member_ids["eleni"])
        exchange = await exchanges.by_id(db, world.exchange_id)
    assert exchange is not None
    at = exchange.next_round_at or world.now
    return {
        "match_id": match_id,
        "meeting_id": meeting.id,
        "member_id": world.member_ids["eleni"],
        "enrolment_id": enrolled.id,
        "exchange_id": world.exchange_id,
        "after": 0,
        "network_id": world.network_id,
        "side_id": world.side_ids[0],
        "tag": f"{at:%Y%m%d%H%M}",
        "code": "times",
        "answer": "yes",
        "minute": int(meeting.starts_at.timestamp()) // 60,
        "ordinal": meeting.starts_at.toordinal(),
        "number": 0,
        "days": 12345,
    }


async def rows(world: World) -> list[object]:
    """All that a button could change."""
    async with world.store.read() as db:
        return [tuple(row) for table in TABLES for row in await db.rows(select(table))]


def args_of(action: str, given: dict[str, int | str]) -> list[int | str]:
    """The button's args, taken from what there is; rows of other kinds have a foreign number."""
    names = list(inspect.signature(MINE[action]).parameters)[1:]
    return [given.get(name, given["match_id"]) for name in names]


@pytest.mark.parametrize("who", ["stranger", "neighbour", "coordinator of the other side"])
async def test_what_is_anothers_stays_as_it_is(world: World, who: str) -> None:
    given = await things(world)
    await newcomer(world, "stranger")
    await world.member("maria", 0)
    name = {"neighbour": "maria", "stranger": "stranger"}.get(who, "omer")
    about = [action for action in MINE if action not in OWN and args_of(action, given)]
    before = await rows(world)
    for action in about:
        await world.taps(name, action, *args_of(action, given))
        world.nobody_else(name)
        for secret in ("Eleni", "Deniz"):
            assert secret not in world.text(name), action
    assert await rows(world) == before
    assert len(about) > 25


@pytest.mark.parametrize("number", [0, 2**63 - 1, 2**63, 9_999_999_999_999_999_999, 10**30])
async def test_numbers_out_of_this_world_are_answered(world: World, number: int) -> None:
    for action, handler in ROUTES.buttons.items():
        many = len(inspect.signature(handler).parameters) - 1
        await world.taps("eleni", action, *[number] * many)
        assert world.text("eleni")
