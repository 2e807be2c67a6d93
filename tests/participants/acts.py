"""A small stage for handlers: real rows in a real database, a clock to move, people who act.

It sends nothing and polls nothing; `tests/play.py` is the stage with the sandbox.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete

from bot import reminders as reminder_files
from bot.capabilities import commands, gathered, routes
from bot.domain.parcels import Parcel
from bot.domain.people import Profile
from bot.domain.policy import Policy
from bot.domain.replies import Say, Value
from bot.i18n import LANGUAGES, Tongue
from bot.participants import cover
from bot.quiet import allowed_from
from bot.reminders.kinds import Kind
from bot.router import GO, Event, Here, Routes, Turn, answer
from bot.store import enrolments, exchanges, matches, pairs, people, reminders
from bot.store.db import Db, Store, new_id
from bot.store.founding import NewNetwork, NewSide, found, join
from bot.store.networks import sides_of
from bot.store.tables import members, networks
from bot.store.tables import reminders as reminder_rows

SUNDAY = datetime(2026, 11, 22, 15, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
KINDS: dict[str, Kind] = {kind.name: kind for kind in gathered("KIND", reminder_files)}
ROUTES: Routes = routes()
HERE = Here("bot", commands=tuple(commands()))
FREE = tuple(f"{day}-{part}" for day in range(5) for part in ("morning", "afternoon", "evening"))


def bare(text: str) -> str:
    """A text without bidi isolates."""
    return text.replace("\u2068", "").replace("\u2069", "")


def shown(text: Value) -> str:
    """A button's text in English."""
    return bare(Tongue("en").label(text))


@dataclass
class World:
    """A network of two towns on a store, at a moment."""

    store: Store
    now: datetime = MONDAY
    network_id: int = 0
    exchange_id: int = 0
    side_ids: list[int] = field(default_factory=list)
    people: dict[str, int] = field(default_factory=dict)
    member_ids: dict[str, int] = field(default_factory=dict)
    said: list[Say] = field(default_factory=list)
    telegram_id: int = 1000

    async def build(self) -> World:
        """Two sides, a coordinator on each, a safeguarding contact on the first."""
        north = NewSide("North", "tr", "TR", "Asia/Famagusta")
        south = NewSide("South", "el", "CY", "Asia/Nicosia")
        async with self.store.begin() as db:
            boss = await self._person(db, "owner")
            new = NewNetwork("Two towns", (south, north), True, False, False)
            self.network_id = await found(db, new, boss, 0, self.now)
            self.exchange_id = (await exchanges.open_in(db, self.network_id))[0].id

            await db.run(delete(reminder_rows))  # rounds are played elsewhere
            named = Policy(staged=False).as_json()  # pseudonyms are, too: tests/stories
            await db.change(networks, self.network_id, policy=named)
            self.side_ids = [each.id for each in await sides_of(db, self.network_id)]
        await self.member("olga", 0, role="coordinator")
        await self.member("omer", 1, role="coordinator")
        return self

    async def _person(self, db: Db, name: str) -> int:
        self.telegram_id += 1
        person = await people.met(db, self.telegram_id, "en", self.now)
        self.people[name] = person.id
        return person.id

    async def member(self, name: str, side: int, role: str = "participant", **told: object) -> int:
        """Somebody on a side, active and enrolled."""
        zone = str(told.get("zone", ("Asia/Nicosia", "Asia/Famagusta")[side]))
        many = int(str(told.get("capacity", 1)))
        profile = Profile(("en",), zone, ("online",), availability=FREE, capacity=many)
        async with self.store.begin() as db:
            person_id = await self._person(db, name)
            await people.set_zone(db, person_id, zone)
            side_id = self.side_ids[side]
            member_id = await join(db, person_id, self.network_id, side_id, role, self.now)
            await db.change(members, member_id, name=name.title(), profile=profile.as_json())
            if role == "participant":
                await enrolments.enrol(db, member_id, self.exchange_id, self.now)
        self.member_ids[name] = member_id
        return member_id

    async def proposes(self, one: str, other: str) -> int:
        """Puts two together as a round does; the match's id."""
        async with self.store.begin() as db:
            who = [
                (self.member_ids[one], self.side_ids[0]),
                (self.member_ids[other], self.side_ids[1]),
            ]
            until = self.now + timedelta(hours=Policy().proposal_expires_hours)
            reasons = {"languages": ["en"], "interests": ["music"]}
            match_id = await matches.propose(
                db, self.exchange_id, None, who, reasons, self.now, until
            )
            await pairs.remember(db, self.network_id, who[0][0], who[1][0])
            for name in (one, other):
                row = await enrolments.of(db, self.member_ids[name], self.exchange_id)
                assert row is not None
                await enrolments.set_matched(db, row.id)
                nudge = self.now + timedelta(hours=Policy().proposal_nudge_hours)
                await reminders.schedule(db, "proposal_nudge", match_id, nudge, self.people[name])
            await reminders.schedule(db, "proposal_expiry", match_id, until)
        return match_id

    async def introduces(self, one: str, other: str) -> int:
        """Two who both said yes."""
        match_id = await self.proposes(one, other)
        await self.taps(one, "match.yes", match_id)
        await self.taps(other, "match.yes", match_id)
        return match_id

    async def does(self, name: str, event: Event) -> list[Say]:
        """What the bot says to what somebody did."""
        async with self.store.begin() as db:
            me = await people.by_id(db, self.people[name])
            assert me is not None
            self.said = await answer(ROUTES, Turn(db, me, event, self.now, HERE))
        assert self.said, "nobody is left without an answer"
        answered = self.said[0].to == self.people[name]
        assert answered or self.said[0].relay, "the answer comes first, but to what is passed on"
        self.check()
        return self.said

    async def says(self, name: str, text: str) -> list[Say]:
        """A command, or an answer to a form."""
        if text.startswith("/"):
            return await self.does(name, Event(command=text[1:]))
        parcel = Parcel("words", new_id() % 10**9, text)
        return await self.does(name, Event(text=text, parcel=parcel))

    async def taps(self, name: str, action: str, *args: object) -> list[Say]:
        """A button by its action and args, forged or not."""
        return await self.does(name, Event(action=action, args=tuple(map(str, args))))

    async def presses(self, name: str, label: str) -> list[Say]:
        """The button of that label in what was last said to somebody."""
        for say in reversed(self.to(name)):
            for row in say.buttons:
                for each in row:
                    if shown(each.text) == label:
                        return await self.taps(name, each.action, *each.args)
        raise AssertionError(f"no button {label!r} in {self.text(name)}: {self.labels(name)}")

    def to(self, name: str) -> list[Say]:
        """What was last said to somebody."""
        return [say for say in self.said if say.to == self.people[name]]

    def text(self, name: str) -> str:
        """The same as they read it, in English and UTC, without isolates."""
        return bare("\n---\n".join(Tongue("en").say(say.text) for say in self.to(name)))

    def labels(self, name: str) -> list[str]:
        """The buttons under it."""
        each = [button for say in self.to(name) for row in say.buttons for button in row]
        return [shown(button.text) for button in each]

    def check(self) -> None:
        """Every message can be said in every language, and every button fits Telegram's limit."""
        for say in self.said:
            for language in LANGUAGES:
                assert 0 < len(Tongue(language, "Asia/Nicosia").say(say.text)) < 4096
            for button in (each for row in say.buttons for each in row):
                known = button.action in ROUTES.buttons or button.action in (GO, *cover.BUTTONS)
                assert known, button.action
                assert len(button.data.encode()) <= 64

    async def passes(self, **time: float) -> list[Say]:
        """Moves the clock on in steps, doing what falls due as the ticker does."""
        until, told = self.now + timedelta(**time), []
        while True:
            async with self.store.begin() as db:
                at = await reminders.next_due(db)
                if at is None or at > until:
                    break
                self.now = max(self.now, at)
                for each in await reminders.due(db, self.now, 1):
                    told += await self._falls_due(db, each)
        self.now, self.said = until, told
        self.check()
        return told

    async def _falls_due(self, db: Db, each: reminders.Reminder) -> list[Say]:
        kind = KINDS[each.kind]
        if not kind.at_night and each.person_id is not None:
            allowed = await allowed_from(db, each.person_id, self.now)
            if allowed > self.now:
                await reminders.postpone(db, each.id, allowed)
                return []
        await reminders.finish(db, each.id, "done")
        return await kind.due(db, self.now, each)

    def nobody_else(self, *names: str) -> None:
        """What was said went to these only."""
        assert {say.to for say in self.said} == {self.people[name] for name in names}
