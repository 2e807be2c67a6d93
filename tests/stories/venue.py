"""A network with one exchange from a track's template, and people of both sides on a sandbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.tracks import TRACKS
from bot.store import exchanges, founding, networks, people
from bot.store.founding import NewNetwork
from bot.store.meetings import Meeting
from bot.store.networks import Side
from bot.store.tables import exchanges as exchange_rows
from bot.store.tables import meetings
from tests.play import Actor, Stage
from tests.stories.circle import sits
from tests.walks.seats import A_WORKDAY, SIDES


@dataclass(frozen=True)
class Venue:
    """A network that Olga owns, its exchange, and who has signed up, by name."""

    stage: Stage
    olga: Actor
    people: Mapping[str, Actor]
    member_ids: Mapping[str, int]
    exchange_id: int
    sides: Sequence[Side]

    async def takes_part(self, name: str, activity: str, *choices: str) -> Actor:
        """Somebody finds the activity and answers its questions: by buttons, and numbers typed."""
        actor = self.people[name]
        await actor.says("/activities")
        await actor.chooses("What you can take part in", activity)
        await actor.chooses("You do not take part here.", "Take part")
        await actor.person.waits()
        for choice in choices:
            await (actor.says(choice) if choice.isdecimal() else actor.taps(choice))
            await actor.person.waits()
        if choices:
            await actor.chooses("These are your answers.", "Take part")
        await actor.sees("You take part in <b>{activity}</b>.", activity=activity)
        return actor

    async def holds_a_round(self) -> None:
        """Olga previews and approves a round."""
        await self.olga.says("/round")
        await self.olga.chooses("A round of introductions in", "Approve")

    async def meets(self, one: Actor, other: Actor, pick: int) -> None:
        """Two take one of the times, meet, and both say that they did and would again."""
        await one.says("/meet")
        times = await one.sees("These times suit you both.")
        await one.person.taps(times.labels[pick])
        await other.chooses("A time to meet is proposed:", "Show")
        await other.taps("Agree to this time")
        for actor in (one, other):
            await actor.sees("It is agreed: you meet on")
        starts = await self.next_meeting()
        for reminder, at in (
            ("A reminder: you have a conversation on", starts - timedelta(hours=22)),
            ("Your conversation begins soon:", starts - timedelta(minutes=30)),
            ("You had a conversation planned for", starts + timedelta(hours=2)),
        ):
            self.stage.sandbox.clock.move_to(at)
            await self.stage.app.ticker.tick()
            for actor in (one, other):
                await actor.sees(reminder)
        for actor in (one, other):
            await actor.taps("Yes")
            await actor.chooses("How was it? Your partner does not see", "5: very good")
            await actor.chooses("Would you like to note something?", "Skip")
            await actor.chooses("Would you like to meet again?", "Yes")
            await actor.chooses("One private question:", "No")
            await actor.sees("It is meeting again that matters most.")

    async def next_meeting(self) -> datetime:
        """When the only agreed meeting begins."""
        async with self.stage.app.store.read() as db:
            found = await db.all(Meeting, select(meetings).where(meetings.c.state == "agreed"))
        (meeting,) = found
        return meeting.starts_at


async def venue(stage: Stage, track: int, shape: str, sides: Sequence[Sequence[str]]) -> Venue:
    """The network, with people of these names on its sides; all speak English with the bot."""
    stage.sandbox.clock.move_to(A_WORKDAY)
    olga = await stage.actor("Olga")
    here = {name: await stage.actor(name) for names in sides for name in names}
    now, ids = stage.sandbox.clock.now(), {}
    template = TRACKS[track].template(shape)
    async with stage.app.store.begin() as db:
        founder = await people.met(db, olga.person.id, "en", now)
        new = NewNetwork("Aldea & Marsa", SIDES, open=False, approval=False, joint_rounds=False)
        network_id = await founding.found(db, new, founder.id, 0, now, name="Olga")
        for each in await exchanges.open_in(db, network_id):
            await db.change(exchange_rows, each.id, state="closed")
        exchange_id = await exchanges.create(db, network_id, track, shape, None)
        given = {"rules": template.rules.as_json(), "settings": template.settled.as_json()}
        await db.change(exchange_rows, exchange_id, **given)
        there = await networks.sides_of(db, network_id)
        for side, names in zip(there, sides, strict=True):
            for name in names:
                ids[name] = await sits(db, stage, here[name], side)
    for actor in (olga, *here.values()):
        await actor.says("/start")
        await actor.person.waits()
    return Venue(stage, olga, here, ids, exchange_id, there)
