"""A network's activity on a track, for what belongs to no match."""

from __future__ import annotations

from sqlalchemy import delete

from bot.store import enrolments, exchanges
from bot.store.db import Store
from bot.store.tables import enrolments as enrolment_rows
from tests.participants.acts import World


async def campaign(world: World, track: int) -> int:
    """A second exchange of the network, a campaign on this track."""
    async with world.store.begin() as db:
        return await exchanges.create(db, world.network_id, track, "campaign", None)


async def there(world: World, exchange_id: int, *names: str, **answers: object) -> None:
    """These take part in it, having answered this."""
    async with world.store.begin() as db:
        for name in names:
            member_id = world.member_ids[name]
            await enrolments.take_part(db, member_id, exchange_id, answers, world.now)


async def gone(world: World, exchange_id: int, name: str) -> None:
    """Somebody takes part in it no more."""
    async with world.store.begin() as db:
        mine = enrolment_rows.c.member_id == world.member_ids[name]
        of_it = enrolment_rows.c.exchange_id == exchange_id
        await db.run(delete(enrolment_rows).where(mine, of_it))


async def at_work(store: Store) -> World:
    """Eleni and Deniz work together; Giver (south) and Gul (north) could give something."""
    world = await World(store).build()
    for side, names in enumerate((("eleni", "giver", "third"), ("deniz", "gul", "fourth"))):
        for name in names:
            await world.member(name, side)
    await world.introduces("eleni", "deniz")
    exchange_id = await campaign(world, 8)
    await there(world, exchange_id, "giver", gives=["things"])
    await there(world, exchange_id, "gul")
    await there(world, exchange_id, "third", gives=["time"])
    return world
