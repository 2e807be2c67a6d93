"""A word to everybody over the real sandbox: trouble on the way, one blocked, one is gone."""

from __future__ import annotations

from sqlalchemy import select

from bot.sandbox.faults import Plan
from bot.store.tables import outbox
from tests.delivery.counter import until
from tests.play import Stage
from tests.stories.circle import Circle, circle

WORDS = "We meet on Friday."


async def states(told: Circle) -> list[str]:
    async with told.stage.app.store.read() as db:
        query = select(outbox.c.state).where(outbox.c.key.like("broadcast:%"))
        return sorted(row.state for row in await db.rows(query))


async def test_everybody_who_can_be_reached_reads_it_once(stage: Stage) -> None:
    told = await circle(stage)
    world = stage.sandbox.world
    ana, bea, carla = (told.people[name].person for name in ("Ana", "Bea", "Carla"))
    await told.olga.says("/broadcast")
    await told.olga.sees("Who should hear from you?")
    await told.olga.taps("Everybody, on all sides")
    await told.olga.sees("What would you like to say")
    await told.olga.says(WORDS)
    while not any("Nothing has been sent yet" in m.text for m in await told.olga.person.chat()):
        await told.olga.person.waits()
        if any("read the first one you wrote" in m.text for m in await told.olga.person.chat()):
            await told.olga.taps("Skip")
    world.people[bea.id].blocked = True
    del world.people[carla.id], world.chats[carla.id]
    world.faults.follow(Plan(share_5xx=0.2, share_cut=0.1, share_429=0.1, seed=5))
    await told.olga.taps("Send it now")
    await until(lambda: ended(told), 60)
    world.faults.follow(Plan())
    assert (await states(told)).count("blocked") == 1
    assert (await states(told)).count("failed") == 1
    done = await told.olga.sees("It is done.")
    assert "Blocked the bot: 1" in done.text
    assert "Could not be delivered: 1" in done.text
    assert "Delivered: 5" in done.text
    heard = [m for m in await ana.chat() if WORDS in m.text]
    assert heard
    await told.people["Ana"].taps("Answer")
    await told.people["Ana"].sees("What would you like to ask?")


async def ended(told: Circle) -> bool:
    found = await states(told)
    return bool(found) and "waiting" not in found
