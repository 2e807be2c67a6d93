"""Broadcasts on their way: some people a transaction, by day, and never far ahead of the sender.

How far one is lies in rows: whatever is killed, the next step goes on, and a key a person sees to
it that nobody gets it twice. Who sleeps is passed over, and has a pass of their own in the morning.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.coordinators.broadcast import answering
from bot.coordinators.broadcast_card import Opened, looked_at, opened, progress
from bot.delivery.loops import rest
from bot.delivery.screens import Stage
from bot.delivery.work import put
from bot.domain.broadcasts import Counts, letter
from bot.domain.policy import Policy
from bot.domain.replies import Priority, Say
from bot.quiet import free_from
from bot.router import Event, Turn
from bot.store import broadcasts, kept, networks, people, queues
from bot.store.broadcasts import Broadcast, Reader
from bot.store.db import Db

LOOK_SECONDS = 0.3
BREATH_SECONDS = 0.05
"""Between two steps, so that turns of people come first."""

EDIT_SECONDS = 3.0
AT_ONCE, AHEAD, DROPPED = 200, 1000, 1000
KEEP_TRACES = timedelta(days=3)
THAWS_BY = timedelta(hours=1)
"""So long after it is looked again whether those may be written to whom a freeze reaches."""


@dataclass(slots=True)
class Broadcaster:
    """Sends what coordinators say to many, until `stop`."""

    stage: Stage
    stop: asyncio.Event
    _edited: float = field(default=0.0)
    _seen: dict[int, Counts] = field(default_factory=dict)
    _swept: datetime | None = field(default=None)

    async def turn(self) -> None:
        """Takes a step with each broadcast, or rests a moment."""
        went_on = await self.work()
        await self._show_all()
        if not went_on:
            await self._sweep()
        await rest(self.stop, BREATH_SECONDS if went_on else LOOK_SECONDS)

    async def work(self) -> bool:
        """Takes a step with each broadcast; whether there may be more to do just now."""
        async with self.stage.store.read() as db:
            found = await broadcasts.sending(db)
            full = bool(found) and await broadcasts.ahead(db, AHEAD) >= AHEAD
        now = self.stage.now()
        due = [each for each in found if (each.moment("not_before") or now) <= now]
        went_on = [not full and await self._step(each) for each in due]
        return any(went_on)

    async def _step(self, due: Broadcast) -> bool:
        """Queues it for the next people; without any it is settled, if all is known."""
        now = self.stage.now()
        if not await self._may_go_on(due):
            return False
        async with self.stage.store.begin() as db:
            held = await broadcasts.held(db, due.id)
            if held is None or held.state != "sending":
                some: list[Reader] = []
            else:
                some = await broadcasts.some(db, held, AT_ONCE)
                await self._queue(db, held, some, now)
            if held is not None and not some:
                await self._settle(db, held, now)
        self.stage.said()
        return bool(some)

    async def _may_go_on(self, due: Broadcast) -> bool:
        """Whether anything is left to do but to wait until all is delivered; nobody is held up."""
        async with self.stage.store.read() as db:
            if due.state == "sending" and (
                due.moment("morning") or await broadcasts.some(db, due, 1)
            ):
                return True
            return not (await broadcasts.counts(db, due)).waiting

    async def _queue(self, db: Db, to: Broadcast, some: list[Reader], now: datetime) -> None:
        network = await networks.by_id(db, to.network_id)
        policy = network.settled if network else Policy()
        keeps = await kept.of_members(db, [each.member_id for each in some])
        begins = [(each, _begin(each, policy, now, keeps.get(each.member_id))) for each in some]
        said = [_said(to, each) for each, begin in begins if begin <= now]
        await put(db, [(say, None) for say in said], now)
        later = [begin for _each, begin in begins if begin > now]
        if some:
            first = min([*later, *filter(None, [to.moment("morning")])], default=None)
            await broadcasts.went_on(db, to, some[-1].member_id, first)

    async def _settle(self, db: Db, passed: Broadcast, now: datetime) -> None:
        """The end of a pass: another one in the morning, or the end, once all was delivered."""
        morning = passed.moment("morning")
        if passed.state == "sending" and morning is not None:
            return await broadcasts.anew(db, passed, morning)
        counts = await broadcasts.counts(db, passed)
        if counts.waiting or passed.done_at is not None:
            return None
        await broadcasts.finish(db, passed, counts, now)
        await self._show(db, passed.id, hurry=True)
        self._seen.pop(passed.id, None)
        return None

    async def _show_all(self) -> None:
        """Shows how far each is, now and then, where that has changed."""
        time = asyncio.get_running_loop().time()
        if time - self._edited < EDIT_SECONDS:
            return
        self._edited = time
        async with self.stage.store.read() as db:
            found = [(each, await broadcasts.counts(db, each)) for each in await _watched(db)]
        for each, counts in found:
            if self._seen.get(each.id) != counts:
                self._seen[each.id] = counts
                async with self.stage.store.begin() as db:
                    await self._show(db, each.id, hurry=False)
                self.stage.said()

    async def _show(self, db: Db, broadcast_id: int, *, hurry: bool) -> None:
        """Rewrites the message of everybody who looks at it.

        Where Telegram hasn't that message yet, another one follows it. Without `hurry` those for
        whom something still waits to be delivered are left out.
        """
        found = await broadcasts.held(db, broadcast_id)
        keys = {} if found is None else found.keys
        arrived = await queues.arrived(db, list(keys.values()))
        for person_id, key in keys.items():
            looks = await self._looks(db, int(person_id), broadcast_id)
            if looks is None or not (hurry or not await queues.waits_for(db, int(person_id))):
                continue
            said = await progress(*looks)
            if key not in arrived:
                said = await looked_at(looks[0], looks[1].broadcast, said)
            await put(db, [(said, arrived.get(key))], self.stage.now())

    async def _looks(self, db: Db, person_id: int, broadcast_id: int) -> tuple[Turn, Opened] | None:
        """A person at their desk, if they may still see it."""
        me = await people.by_id(db, person_id)
        if me is None:
            return None
        turn = Turn(db, me, Event(), self.stage.now(), self.stage.here)
        found = await opened(turn, broadcast_id)
        return None if found is None else (turn, found)

    async def _sweep(self) -> None:
        now = self.stage.now()
        more = self._swept is None or now - self._swept > timedelta(hours=1)
        if more:
            self._swept = now
        while more and not self.stop.is_set():
            async with self.stage.store.begin() as db:
                more = await broadcasts.forget(db, now - KEEP_TRACES, DROPPED)
            await asyncio.sleep(BREATH_SECONDS)


async def _watched(db: Db) -> list[Broadcast]:
    return [each for each in await broadcasts.sending(db) if each.keys]


def _begin(
    to: Reader, policy: Policy, now: datetime, keeps: frozenset[str] | None = None
) -> datetime:
    """When somebody may get it: by day, at no time they keep, and after a freeze."""
    if to.rests:
        return now + THAWS_BY
    country = frozenset({to.country})
    return free_from(to.zone or "UTC", country, policy, now, keeps or frozenset())


def _said(sent: Broadcast, to: Reader) -> Say:
    key, text = broadcasts.key_of(sent, to.person_id), letter(sent.words, to.language)
    ways, last = answering(to.member_id), Priority.BROADCAST
    return Say(to.person_id, text, ways, priority=last, key=key, about=sent.id)
