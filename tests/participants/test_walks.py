"""Random walks over proposals, meetings, logs and pauses: nothing raises, and the rules hold."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from bot.domain.replies import Button
from bot.router import Event
from bot.store import enrolments, matches, networks, schema
from bot.store.db import open_store
from bot.store.tables import matched, pairs
from bot.store.tables import matches as match_rows
from tests.conftest import KEYS
from tests.participants.acts import ROUTES, World

SOUTH, NORTH = ("eleni", "maria", "yannis"), ("deniz", "can", "selin", "aylin", "umut")
AT_MOST = 2
"""Partners that somebody of the South, where fewer live, takes in a round."""
COMMANDS = ("match", "meet", "log", "history", "pause", "resume", "cancel")
WORDS = ("2026-12-03 17:30", "hello", "<b>", "x" * 4096, "😀", "\u202e")
STEPS = 200


async def walk(world: World, random: Random) -> None:
    """People do whatever they can, or could earlier, while days pass and rounds are made."""
    seen: dict[str, list[Button]] = {name: [] for name in (*SOUTH, *NORTH)}
    first: dict[str, list[Button]] = {name: [] for name in seen}
    await a_round(world, random)
    for _ in range(STEPS):
        name = random.choice(sorted(seen))
        match random.choices(range(6), (70, 8, 5, 8, 5, 4))[0]:
            case 0 if seen[name]:
                each = random.choice(first[name] + seen[name][-random.choice((4, 12, 40)) :])
                if each.action == "depart.sure" and random.random() < 0.9:
                    continue  # or soon nobody would be left
                await world.taps(name, each.action, *each.args)
            case 1:
                await world.says(name, "/" + random.choice(COMMANDS))
            case 2:
                await world.says(name, random.choice(WORDS))
            case 3:
                await world.passes(hours=random.choice((1, 8, 30, 90, 400)))
            case 4:
                await a_round(world, random)
            case _:
                await forged(world, name, random)
        for who, buttons in seen.items():
            for say in world.to(who):
                buttons.extend(each for row in say.buttons for each in row)
                first[who] = [say.buttons[0][0]] * 4 if say.buttons else []
        await invariants(world)


async def forged(world: World, name: str, random: Random) -> None:
    """A button that was never shown, about something of somebody else's."""
    async with world.store.read() as db:
        ids = [row.id for row in await db.rows(select(match_rows.c.id))] or [7]
    known = [each for each in sorted(ROUTES.buttons) if each.split(".")[0] in PREFIXES]
    args = tuple(str(random.choice([*ids, 1, 10**18])) for _ in range(random.randrange(3)))
    await world.does(name, Event(action=random.choice(known), args=args))


PREFIXES = {"match", "meet", "log", "line", "pause", "ask", "history"}


async def a_round(world: World, random: Random) -> None:
    """Those who wait are put together, never the same two again; most say yes at once."""
    async with world.store.begin() as db:
        who = [each.id for _, each in await enrolments.waiting(db, world.exchange_id)]
        rows = await db.rows(select(pairs.c.low_id, pairs.c.high_id))
        known = {frozenset((row.low_id, row.high_id)) for row in rows}
    south = {world.member_ids[name] for name in SOUTH}
    room = {each: AT_MOST if each in south else 1 for each in who}
    for one in SOUTH:
        for other in NORTH:
            ids = (world.member_ids[one], world.member_ids[other])
            if all(room.get(each) for each in ids) and frozenset(ids) not in known:
                room = {each: left - (each in ids) for each, left in room.items()}
                together = world.introduces if random.random() < 0.7 else world.proposes
                await together(one, other)


async def invariants(world: World) -> None:
    """Nobody has too many open matches; who is matched has one; nothing goes to who is paused."""
    async with world.store.read() as db:
        for name in (*SOUTH, *NORTH):
            mine = world.member_ids[name]
            open_ones = await matches.open_of(db, mine)
            rows = await enrolments.of_member(db, mine)  # none of who left the network
            assert len(open_ones) <= (AT_MOST if name in SOUTH else 1), name
            assert bool(open_ones) == any(row.state == "matched" for row in rows), name
        both = select(matched.c.match_id).group_by(matched.c.match_id)
        wrong = both.having(func.count(func.distinct(matched.c.side_id)) != 2)
        assert not await db.rows(wrong)
        for say in world.said[1:]:
            for member in await networks.memberships(db, say.to):
                asker = world.said[0].to
                assert member.state != "paused" or say.to == asker


@pytest.mark.parametrize("seed", range(4))
async def test_a_random_walk(tmp_path: Path, seed: int) -> None:
    store = open_store(f"sqlite:///{tmp_path}/walk.db", KEYS)
    await schema.migrate(store)
    world = await World(store).build()
    for name in SOUTH:
        await world.member(name, 0)
    for name in NORTH:
        await world.member(name, 1)
    await walk(world, Random(seed))
    await store.close()
