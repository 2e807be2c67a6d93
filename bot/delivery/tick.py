"""What is due, each in a transaction of its own, never in a person's night or on a day of rest."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.delivery.fading import fading
from bot.delivery.work import put
from bot.domain.replies import Say
from bot.logs import described
from bot.quiet import allowed_from
from bot.reminders.kinds import Kind
from bot.store import freezes, queues, relayed, reminders, retention, translations
from bot.store.db import Db, Store
from bot.store.reminders import Reminder

log = structlog.get_logger()

AT_ONCE = 200
KEEP_TRACES, KEEP_PARKED = timedelta(days=3), timedelta(days=30)
AGAIN = timedelta(minutes=5)


@dataclass(slots=True)
class Ticker:
    """Asks what is due; `said` is called after each commit that may have filled the outbox."""

    store: Store
    kinds: Mapping[str, Kind]
    now: Callable[[], datetime]
    said: Callable[[], None]
    wake: asyncio.Event
    _swept: datetime | None = field(default=None)

    async def turn(self) -> None:
        """Does what is due, then waits to be woken, if that did not happen meanwhile."""
        await self.tick()
        await self.wake.wait()
        self.wake.clear()

    async def tick(self) -> None:
        """Does all that is due now."""
        while due := await self._due():
            for each in due:
                await self._do(each)
                self.said()
        await self._sweep()

    async def _due(self) -> list[Reminder]:
        async with self.store.read() as db:
            return await reminders.due(db, self.now(), AT_ONCE)

    async def _do(self, reminder: Reminder) -> None:
        try:
            async with self.store.begin() as db:
                if await reminders.still_due(db, reminder.id, self.now()):
                    await self._settle(db, reminder)
        except Exception as error:  # noqa: BLE001 - one that fails must not hold up the others
            log.error("reminder failed", reminder=reminder.id, **described(error))
            async with self.store.begin() as db:
                await reminders.failed(db, reminder, self.now() + AGAIN)

    async def _settle(self, db: Db, reminder: Reminder) -> None:
        now = self.now()
        kind = self.kinds.get(reminder.kind)
        rests = kind is not None and await _rests(db, kind, reminder)
        if kind is not None and rests and kind.instead is None:
            return await reminders.finish(db, reminder.id, "held")
        if kind is None or now - reminder.due_at > kind.useful_for:
            log.info("reminder dropped", reminder=reminder.id, kind=reminder.kind, why="too late")
            return await reminders.finish(db, reminder.id, "dropped")
        if not kind.at_night and reminder.person_id is not None:
            allowed = await allowed_from(db, reminder.person_id, now)
            if allowed > now:
                return await reminders.postpone(db, reminder.id, allowed)
        said = await kind.due(db, now, reminder)
        if rests and kind.instead is not None:
            said = [Say(say.to, kind.instead) for say in said]
        await put(db, [(say.as_reminder(), None) for say in said], now)
        return await reminders.finish(db, reminder.id, "done")

    async def _sweep(self) -> None:
        now = self.now()
        if self._swept is None or now - self._swept > timedelta(hours=1):
            async with self.store.begin() as db:
                await queues.forget_before(db, now - KEEP_TRACES, now - KEEP_PARKED)
                await retention.plan(db, now)
                await relayed.forget_before(db, now - relayed.KEPT)
                # left by a translator that was switched off since
                await translations.forget_before(db, now - translations.KEPT)
                await put(db, [(say.as_reminder(), None) for say in await fading(db, now)], now)
            self._swept = now
            self.said()


async def _rests(db: Db, kind: Kind, reminder: Reminder) -> bool:
    """Whether a freeze is on whom, or what, it is about."""
    if kind.in_freeze:
        return False
    if reminder.person_id is not None:
        return await freezes.of_person(db, reminder.person_id) is not None
    if kind.about == "match":
        return await freezes.of_match(db, reminder.subject_id)
    return kind.about == "exchange" and await freezes.of_exchange(db, reminder.subject_id)
