"""One update, one transaction: from the inbox through a handler to the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from telegram import Bot

from bot import router
from bot.delivery import render
from bot.delivery.events import Heard, Unreadable, read
from bot.delivery.loops import described
from bot.domain.replies import Say, _
from bot.i18n import spoken
from bot.router import Here, Routes, Turn
from bot.store import people, queues
from bot.store.db import Db, Store
from bot.store.queues import Received

log = structlog.get_logger()

PAUSES = (timedelta(seconds=1), timedelta(seconds=5))
"""How long a failed update waits before its second and third try; then it is parked."""

SORRY = _(
    "Something went wrong on our side, and your last message was not used. "
    "Please try again in a while."
)


@dataclass(slots=True)
class Worker:
    """Works the inbox; `said` is called after each commit that may have filled the outbox."""

    store: Store
    bot: Bot
    routes: Routes
    here: Here
    now: Callable[[], datetime]
    said: Callable[[], None]
    wake: asyncio.Event

    async def turn(self) -> None:
        """Works the oldest waiting update, or waits for one (a second at the most)."""
        self.wake.clear()
        if not await self.work_one():
            try:
                await asyncio.wait_for(self.wake.wait(), 1.0)
            except TimeoutError:
                return

    async def work_one(self) -> bool:
        """Works one update if one waits; returns whether one did."""
        received: Received | None = None
        try:
            async with self.store.begin() as db:
                received = await queues.oldest_received(db, self.now())
                if received is None:
                    return False
                await self._work(db, received)
                await queues.worked(db, received.id)
        except (OperationalError, InterfaceError):
            raise  # the database's trouble, not this update's
        except Exception as error:
            if received is None:
                raise
            await self._failed(received, error)
        self.said()
        return True

    async def _work(self, db: Db, received: Received) -> None:
        heard = read(received.payload, self.bot)
        if heard is None:
            return
        now = self.now()
        me = await people.met(db, heard.telegram_id, spoken(heard.language), now)
        if heard.event is None or me.state == "unreachable":
            await people.set_reachable(db, me.id, heard.reachable is not False)
        if heard.event is None:
            return
        turn = Turn(db, me, heard.event, now, self.here)
        said = await router.answer(self.routes, turn)
        await put(db, said, now, pressed=heard.event.message_id if heard.event.action else None)

    async def _failed(self, received: Received, error: Exception) -> None:
        unreadable = isinstance(error, Unreadable)
        again = not unreadable and received.tries < len(PAUSES)
        about = {"update": received.id, "tries": received.tries + 1, **described(error)}
        log.error("update failed" if again else "update parked", **about)
        async with self.store.begin() as db:
            if again:
                until = self.now() + PAUSES[received.tries]
                await queues.try_later(db, received.id, until)
            else:
                await queues.park(db, received.id)
                await self._apologise(db, None if unreadable else read(received.payload, self.bot))

    async def _apologise(self, db: Db, heard: Heard | None) -> None:
        if heard is None:
            return
        now = self.now()
        person = await people.met(db, heard.telegram_id, spoken(heard.language), now)
        await put(db, [Say(person.id, SORRY)], now)


async def put(db: Db, said: list[Say], now: datetime, pressed: int | None = None) -> None:
    """Renders messages in each person's language and queues them; none to who can't be reached."""
    to = await people.by_ids(db, {say.to for say in said})
    calls = [
        {
            "chat": db.keys.blind(person.telegram_id),
            "person_id": person.id,
            "priority": int(say.priority),
            "payload": render.call(say, person, pressed),
            "key": say.key,
        }
        for say in said
        if (person := to.get(say.to)) and person.state == "here"
    ]
    await queues.put(db, calls, now)
