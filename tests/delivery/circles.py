"""A town whose exchange makes circles of three and three, led by one of each side."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from bot.capabilities import routes
from bot.domain.exchange import Settled
from bot.domain.replies import Say
from bot.store import enrolments, groups, matches, reminders
from bot.store.enrolments import Enrolment
from bot.store.groups import Group
from bot.store.networks import Member
from bot.store.tables import enrolments as enrolment_rows
from bot.store.tables import exchanges
from tests.coordinators.town import Told, Town, data_of, read
from tests.participants.acts import KINDS

NAMES = (("Ana", "Bea", "Cid"), ("Nour", "Omar", "Rana"))


@dataclass
class Circles:
    """The town, its coordinators, and everybody who waits, by name."""

    town: Town
    staff: list[Member] = field(default_factory=list)
    people: dict[str, Member] = field(default_factory=dict)

    @property
    def everybody(self) -> list[Member]:
        """All who wait."""
        return list(self.people.values())

    async def build(self, *, leads: bool = True, shape: str = "circle", size: int = 3) -> Circles:
        """Six people wait; the first of each side facilitates."""
        town = self.town
        town.routes = routes()
        settled = Settled(size=size, leads=leads)
        async with town.store.begin() as db:
            rows = await db.rows(select(exchanges.c.id))
            settings = {"format": shape, "track": 2, "settings": settled.as_json()}
            await db.change(exchanges, rows[0].id, **settings)
        self.staff = [await town.member(side, "coordinator") for side in (0, 1)]
        for side, names in enumerate(NAMES):
            for name in names:
                first = leads and name == names[0]
                await self.waits(name, side, "facilitator" if first else "participant")
        return self

    async def waits(self, name: str, side: int, role: str = "participant") -> Member:
        """One more who waits."""
        member = await self.town.member(side, role, name)
        async with self.town.store.begin() as db:
            rows = await db.rows(select(exchanges.c.id))
            await enrolments.enrol(db, member.id, rows[0].id, self.town.now)
        self.people[name] = member
        return member

    async def previewed(self) -> tuple[Told, str]:
        """The preview as the first coordinator sees it, and the round's id."""
        first = self.staff[0]
        (said,) = await self.town.says(first, "/round")
        assert "looking for the best groups" in read(said)
        (told,) = [each for each in await self.town.works() if each.to == first.person_id]
        return told, data_of(said)[0].partition(":")[2]

    async def held(self, round_id: str = "") -> list[Told]:
        """A round, a new one if none is named, that both coordinators approve; what is told."""
        round_id = round_id or (await self.previewed())[1]
        for each in self.staff:
            await self.town.taps(each, f"round.approve:{round_id}")
        return await self.town.works()

    async def asked(self, round_id: str = "") -> int:
        """A round, and the match in which people are asked to take a place."""
        await self.held(round_id)
        async with self.town.store.begin() as db:
            (found,) = await matches.open_of(db, self.people["Nour"].id)
        return found.id

    async def says(self, word: str, match_id: int, *names: str) -> list[Say]:
        """These people press this button of the group; what was said to the last one's tap."""
        said: list[Say] = []
        for name in names:
            said = await self.town.taps(self.people[name], f"group.{word}:{match_id}")
        return said

    async def group(self, name: str, match_id: int) -> Group | None:
        """The group as somebody sees it."""
        async with self.town.store.begin() as db:
            return await groups.of(db, self.people[name].person_id, match_id)

    async def standing(self) -> dict[str, tuple[str, bool]]:
        """The state of everybody's place in line, and whether they go first."""
        async with self.town.store.begin() as db:
            found = await db.all(Enrolment, select(enrolment_rows))
        of = {each.member_id: (each.state, each.first) for each in found}
        return {name: of[member.id] for name, member in self.people.items()}

    async def passes(self, **time: float) -> list[Say]:
        """Moves the clock on, doing what falls due on the way."""
        until, said = self.town.now + timedelta(**time), []
        while True:
            async with self.town.store.begin() as db:
                at = await reminders.next_due(db)
                if at is None or at > until:
                    break
                self.town.now = max(self.town.now, at)
                for each in await reminders.due(db, self.town.now, 1):
                    await reminders.finish(db, each.id, "done")
                    said += await KINDS[each.kind].due(db, self.town.now, each)
        self.town.now = until
        return said

    def to(self, name: str, said: list[Say]) -> str:
        """What was said to somebody, as they read it."""
        return "\n".join(read(each) for each in said if each.to == self.people[name].person_id)
