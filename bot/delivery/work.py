"""One update, one transaction: from the inbox through a handler to the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import structlog

from bot import router
from bot.coordinators import room_news
from bot.delivery import render
from bot.delivery.events import Heard, Unreadable, message_of, read, sender_of
from bot.delivery.ours import PassedOver
from bot.domain.replies import Say, _
from bot.domain.rooms import News
from bot.i18n import spoken
from bot.logs import described
from bot.participants import room
from bot.router import Event, Here, Routes, Turn
from bot.store import people, queues, rooms, wordings
from bot.store.db import Db, Store
from bot.store.people import Person
from bot.store.queues import Received, Worked
from bot.store.wordings import Words

log = structlog.get_logger()

PAUSES = (timedelta(seconds=1), timedelta(seconds=5))
"""How long a failed update waits before its second and third try; then it is parked."""

SORRY = _(
    "Something went wrong on our side, and your last message was not used. "
    "Please try again in a while."
)


Line: TypeAlias = tuple[Say, int | None]
"""What to say, and the message whose button led to it."""


@dataclass(slots=True)
class Worker:
    """Works the inbox; `said` is called after each commit that may have filled the outbox.

    Up to `together` turns of different chats share a transaction and its commit. Each is still
    whole or not at all: if one raises, all of them are rolled back, and each is worked again in a
    transaction of its own.
    """

    store: Store
    routes: Routes
    here: Here
    now: Callable[[], datetime]
    said: Callable[[], None]
    wake: asyncio.Event
    together: int
    _singly: int = 0

    async def turn(self) -> None:
        """Works some of what waits, or waits for more (a second at the most)."""
        self.wake.clear()
        if not await self.work():
            with suppress(TimeoutError):
                await asyncio.wait_for(self.wake.wait(), 1.0)

    async def work(self) -> bool:
        """Works some updates if any wait; returns whether any did."""
        at_most = 1 if self._singly else self.together
        self._singly = max(0, self._singly - 1)
        taken: list[Received] = []
        try:
            async with self.store.begin() as db:
                taken = await queues.first_waiting(db, self.now(), at_most)
                await self._work_all(db, taken)
        except Exception as error:
            if not taken:
                raise  # the database's trouble, no update's
            if len(taken) == 1:
                await self._failed(taken[0], error)
            else:
                self._singly = self.together
        self.said()
        return bool(taken)

    async def _work_all(self, db: Db, taken: Sequence[Received]) -> None:
        lines: list[Line] = []
        done: list[Worked] = []
        for received in taken:
            said, worked = await self._work(db, received)
            lines += said
            done.append(worked)
        await put(db, lines, self.now())
        await queues.worked(db, done)

    async def _work(self, db: Db, received: Received) -> tuple[list[Line], Worked]:
        heard = read(received.payload)
        if isinstance(heard, PassedOver):
            await _noted(db, heard)
            return [], Worked(received.id)
        if isinstance(heard, News):
            said = await self._in_room(db, heard)
            return [(say, None) for say in said], Worked(received.id)
        if heard is None:
            return [], Worked(received.id)
        me = await people.met(db, heard.telegram_id, spoken(heard.language), self.now())
        if heard.event is None or me.state == "unreachable":
            await people.set_reachable(db, me.id, heard.reachable is not False)
        if heard.event is None:
            return [], Worked(received.id)
        return await self._answered(db, received.id, me, heard.event)

    async def _answered(
        self, db: Db, update_id: int, me: Person, event: Event
    ) -> tuple[list[Line], Worked]:
        """What is said to a person's move; a tap is no message of theirs."""
        pressed = event.message_id if event.action else None
        said = await router.answer(self.routes, Turn(db, me, event, self.now(), self.here))
        theirs = None if event.action else event.message_id
        return [(say, pressed) for say in said], Worked(
            update_id, me.id if theirs else None, theirs
        )

    async def _in_room(self, db: Db, news: News) -> list[Say]:
        """What follows from what happened in a group or channel; strangers are not remembered."""
        now = self.now()
        me = await people.by_telegram_id(db, news.by) if news.by else None
        if news.what == "asked":
            return await room.asked(db, news, me, now)
        if me is None or news.what == "moved" or not news.here:
            return await room_news.changed(db, news, now)
        return await room_news.heard(Turn(db, me, Event(), now, self.here), news)

    async def _failed(self, received: Received, error: Exception) -> None:
        unreadable = isinstance(error, Unreadable)
        again = not unreadable and received.tries < len(PAUSES)
        async with self.store.begin() as db:
            if again:
                until = self.now() + PAUSES[received.tries]
                noted = await queues.try_later(db, received, until)
            else:
                noted = await self._parked(db, received)
        if noted:
            about = {"update": received.id, "tries": received.tries + 1, **described(error)}
            log.error("update failed" if again else "update parked", **about)

    async def _parked(self, db: Db, received: Received) -> bool:
        """Put aside, but found when the chat is emptied; its writer is told, if it can be read."""
        try:
            heard = read(received.payload)
        except Unreadable:
            me = await people.by_telegram_id(db, sender_of(received.payload))
            return await _put_aside(db, received, me)
        if not isinstance(heard, Heard):
            return await _put_aside(db, received, None)
        now = self.now()
        me = await people.met(db, heard.telegram_id, spoken(heard.language), now)
        noted = await _put_aside(db, received, me)
        if noted:
            await put(db, [(Say(me.id, SORRY), None)], now)
        return noted


async def _put_aside(db: Db, received: Received, me: Person | None) -> bool:
    message_id = message_of(received.payload) if me else None
    whose = me.id if me and message_id else None
    return await queues.park(db, received, whose, message_id)


async def _noted(db: Db, over: PassedOver) -> None:
    """Messages that were dropped can be deleted; who was forgotten since is not met again."""
    me = await people.by_telegram_id(db, over.telegram_id)
    if me is not None:
        messages = [
            (one.update_id, one.message_id, datetime.fromtimestamp(one.at, UTC))
            for one in over.messages
        ]
        await queues.note_missed(db, me.id, messages)


async def put(db: Db, lines: Sequence[Line], now: datetime) -> None:
    """Renders messages in each reader's language and queues them; none to who can't be reached."""
    if not lines:
        return
    to = await people.by_ids(db, {say.to for say, _ in lines if not say.room})
    known = {say.room for say, _ in lines} - {0}
    there = await rooms.by_ids(db, known) if known else {}
    own = await wordings.of_people(db, to)
    calls = [
        {
            "chat": db.keys.queued(reader.telegram_id),
            "person_id": reader.id if isinstance(reader, Person) else None,
            "priority": int(say.priority),
            "payload": render.call(say, reader, pressed, _words(own, reader)),
            "key": say.key,
            "about_id": say.about or say.relay or say.changes or None,
        }
        for say, pressed in lines
        if (reader := there.get(say.room) or _reached(to.get(say.to), say))
    ]
    await queues.put(db, calls, now)


def _words(own: Mapping[int, Mapping[str, Words]], reader: render.Reader) -> Words:
    of = own.get(reader.id, {}) if isinstance(reader, Person) else {}
    return of.get(reader.language, {})


def _reached(person: Person | None, say: Say) -> Person | None:
    """Who is told, if they are: who hides hears nothing but what is for them then."""
    wanted = "hidden" if say.hidden else "here"
    return person if person is not None and person.state == wanted else None
