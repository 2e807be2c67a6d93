"""Ten thousand guesses of a link: none is found, and who owns the bot hears that somebody tries."""

from __future__ import annotations

import random
import secrets

import pytest
from sqlalchemy import select

from bot.i18n import Tongue
from bot.router import Event, Turn, answer
from bot.store import people
from bot.store.db import Db
from bot.store.people import Person
from bot.store.tables import attempts, facts, invites, members
from tests.abuse.test_limits import later
from tests.participants.acts import HERE, ROUTES, World, bare
from tests.participants.newcomers import invitation, newcomer
from tests.play import Stage
from tests.walks.seats import seated

GUESSES = 10_000
UNKNOWN = "This invitation is not known here. Please check the link, or ask for a new one."
TOO_OFTEN = "These were too many links that do not work. Please try again in an hour."
ALARM = "Today 20 invitation links were tried that do not exist."


def guesses(world_token: str) -> list[str]:
    """Random ones, some of which are almost the true one."""
    choose, found = random.Random(7), []
    for number in range(GUESSES):
        at = choose.randrange(len(world_token))
        near = world_token[:at] + choose.choice("Aa0_-") + world_token[at + 1 :]
        mixed = [near, world_token.swapcase(), world_token[:-1], secrets.token_urlsafe(24)]
        found.append(mixed[number % 4])
    return [each for each in found if each != world_token]


async def tries(world: World, db: Db, me: Person, token: str) -> list[str]:
    """What they hear, and what others hear, by English text."""
    said = await answer(ROUTES, Turn(db, me, Event(command="start", text=token), world.now, HERE))
    assert said[0].to == me.id
    for each in said[1:]:
        assert each.to == world.people["owner"]
        assert each.key is not None
        assert each.key.startswith("guessing:")
    return [bare(Tongue("en").say(each.text)) for each in said]


async def owned(world: World) -> None:
    async with world.store.begin() as db:
        await people.make_owner(db, world.people["owner"])


async def is_untouched(world: World) -> None:
    """The link is as it was, and nobody has come in."""
    async with world.store.read() as db:
        (row,) = await db.rows(select(invites))
        assert (row.uses_left, row.opened) == (1, 0)
        assert len(await db.rows(select(members))) == len(world.member_ids) + 1


async def test_from_one_account(world: World) -> None:
    await owned(world)
    token = await invitation(world)
    await newcomer(world, "guesser")
    heard = []
    async with world.store.begin() as db:
        me = await people.by_id(db, world.people["guesser"])
        assert me is not None
        for guess in guesses(token):
            heard += await tries(world, db, me, guess)
        heard += await tries(world, db, me, token)
        kept = await db.rows(select(attempts))
    assert {each for each in heard if not each.startswith(ALARM)} == {UNKNOWN, TOO_OFTEN}
    assert heard.count(UNKNOWN) == 5
    assert heard[-1] == TOO_OFTEN, "not even the true one, so that it can't be told from others"
    assert sum(each.startswith(ALARM) for each in heard) == 1
    assert len(kept) == 5, "and what is kept of it does not grow"
    await is_untouched(world)


@pytest.mark.soak
async def test_from_many_accounts(world: World) -> None:
    await owned(world)
    token = await invitation(world)
    heard, tried = [], guesses(token)
    async with world.store.begin() as db:
        for number in range(0, len(tried), 20):
            me = await people.met(db, 10**6 + number, "en", world.now)
            for guess in tried[number : number + 20]:
                heard += await tries(world, db, me, guess)
    assert {each for each in heard if not each.startswith(ALARM)} == {UNKNOWN, TOO_OFTEN}
    assert sum(each.startswith(ALARM) for each in heard) == 1
    await is_untouched(world)


async def test_the_owner_hears_once_a_day_also_of_one_who_is_forgotten_in_between(
    world: World,
) -> None:
    await owned(world)
    heard = []
    for day in range(2):
        for number in range(30):
            async with world.store.begin() as db:
                me = await people.met(db, 10**6 + 100 * day + number, "en", world.now)
                heard += await tries(world, db, me, secrets.token_urlsafe(24))
                await db.run(attempts.delete())  # as somebody who sends /forget each time
        later(world, days=1)
    assert sum(each.startswith(ALARM) for each in heard) == 2
    async with world.store.read() as db:
        assert len(await db.rows(select(facts).where(facts.c.name == "guesses"))) == 1


async def test_a_few_slips_alarm_nobody(world: World) -> None:
    await owned(world)
    for name in ("ana", "bo", "cy"):
        await newcomer(world, name)
        for _ in range(5):
            await world.does(name, Event(command="start", text="x" * 32))
            world.nobody_else(name)


async def test_the_owner_reads_what_to_do_and_the_guesser_learns_nothing(stage: Stage) -> None:
    seats = await seated(stage)
    async with stage.app.store.begin() as db:
        olga = await people.by_telegram_id(db, seats.olga.person.id)
        assert olga is not None
        await people.make_owner(db, olga.id)
    await seats.olga.says("/start")
    await seats.olga.person.waits()
    heard = set()
    for name in range(5):
        guesser = await stage.actor(f"Guesser {name}")
        for _ in range(5):
            await guesser.says(f"/start {secrets.token_urlsafe(24)}")
            heard.add((await guesser.person.waits())[-1].text)
    assert heard == {UNKNOWN}
    alarm = await seats.olga.sees(ALARM)
    assert "so you need not do anything" in alarm.text
    assert "/invite shows the links in use" in alarm.text
