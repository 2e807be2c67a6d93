"""People who come to the two towns for the first time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.domain.replies import Say
from bot.router import Event
from bot.store import invites, networks
from bot.store.networks import Member
from bot.store.tables import networks as network_rows
from bot.store.tables import people as people_rows
from tests.participants.acts import World

STATEMENTS = ["One school for both towns.", "Borders <b>matter</b>."]
ENDS = ("Done", "One")
"""The times are ticked, and one person at a time is enough."""

TO_REVIEW = ("Greek", "Done", "Cyprus", "Nicosia", "Online", "Music", "Done", "Mon", *ENDS)


async def settle(world: World, **settled: Any) -> None:
    """Changes the network: approval, open, statements."""
    async with world.store.begin() as db:
        await db.change(network_rows, world.network_id, **settled)


async def newcomer(world: World, name: str) -> None:
    """Somebody the bot has met, no more."""
    async with world.store.begin() as db:
        await world._person(db, name)


async def invitation(
    world: World, side: int = 0, role: str = "participant", uses: int = 1, days: int = 7
) -> str:
    """The token of a fresh invitation."""
    async with world.store.begin() as db:
        until = world.now + timedelta(days=days)
        where = (world.network_id, world.side_ids[side], role, uses, until, None)
        return await invites.create(db, *where)


async def opens(world: World, name: str, token: str) -> list[Say]:
    """Opens an invitation link."""
    return await world.does(name, Event(command="start", text=token))


async def fills_in(world: World, name: str, words: str = "Ana", *labels: str) -> None:
    """Writes a name and taps through to the review."""
    await world.says(name, words)
    for label in labels or TO_REVIEW:
        await world.presses(name, label)


async def signs_up(world: World, name: str, side: int = 0) -> None:
    """All of it, from the link to the end."""
    await newcomer(world, name)
    await opens(world, name, await invitation(world, side))
    await world.presses(name, "Yes, I agree")
    await fills_in(world, name, name.title())
    await world.presses(name, "Send")


async def member_of(world: World, name: str) -> Member | None:
    """Their membership, if there is one."""
    async with world.store.begin() as db:
        return await networks.membership(db, world.people[name], world.network_id)


async def uses_left(world: World, token: str) -> int:
    """How often a link still works."""
    async with world.store.begin() as db:
        invite = await invites.by_token(db, token)
        assert invite is not None
        return invite.uses_left


async def known(world: World, name: str) -> bool:
    """Whether anything at all is kept of somebody."""
    async with world.store.begin() as db:
        row = select(func.count()).where(people_rows.c.id == world.people[name])
        return bool(await db.scalar(row))


async def begun(world: World, name: str = "ana") -> str:
    """Somebody at the first question; their token."""
    await newcomer(world, name)
    token = await invitation(world, uses=2)
    await opens(world, name, token)
    await world.presses(name, "Yes, I agree")
    return token
