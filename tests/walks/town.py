"""The whole bot on a real store, without a network: raw updates in, checked calls out.

It plays Telegram's part and the clock's, and checks every rule after every step.
"""

from __future__ import annotations

import asyncio
import atexit
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.capabilities import everything
from bot.delivery.conductor import Conductor
from bot.delivery.matchmaker import Matchmaker
from bot.delivery.screens import Stage
from bot.delivery.tick import Ticker
from bot.delivery.work import Worker, put
from bot.router import Here
from bot.store import forms, people, queues, reminders, schema
from bot.store.db import Db, Store, open_store
from bot.store.queues import Received
from bot.store.reminders import Reminder
from tests.walks import rules
from tests.walks.cast import SOULS, Soul
from tests.walks.founding import KEYS, Doors, Shape, settle
from tests.walks.inside import inside

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
DOES = everything()
AT_MOST = 400
"""Reminders that may fall due in one step of a walk; more is a circle."""


_EMPTY = Path(tempfile.mkdtemp(prefix="proxeny-walks-"))
atexit.register(shutil.rmtree, _EMPTY, ignore_errors=True)


async def _empty() -> Path:
    """A migrated database, made once and copied for every walk."""
    file = _EMPTY / "empty.db"
    if not file.exists():
        store = open_store(f"sqlite:///{file}", KEYS)
        await schema.migrate(store)
        await store.close()
    return file


class Loud(Ticker):
    """A ticker that lets a reminder's error through."""

    async def _do(self, reminder: Reminder) -> None:
        async with self.store.begin() as db:
            if await reminders.still_due(db, reminder.id, self.now()):
                await self._settle(db, reminder)


@dataclass
class Chat:
    """What somebody sees: callback data by message, and all they ever saw."""

    messages: dict[int, list[str]] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    ever: list[str] = field(default_factory=list)
    blocked: bool = False

    @property
    def newest(self) -> int:
        """The newest message with buttons, 0 where there is none."""
        return max((id_ for id_, each in self.messages.items() if each), default=0)


@dataclass
class Town:
    """Two towns on a store, and everybody's chats."""

    store: Store
    folder: Path
    doors: Doors
    now: datetime = MONDAY
    message: int = 0
    chats: dict[str, Chat] = field(default_factory=lambda: {name: Chat() for name in SOULS})
    forgotten: set[int] = field(default_factory=set)
    standing: rules.Standing | None = None

    @classmethod
    async def open(cls, shape: Shape) -> Town:
        """A fresh copy of the towns, in a folder of its own."""
        folder = Path(tempfile.mkdtemp(prefix="proxeny-walk-"))
        shutil.copy(await _empty(), folder / "walk.db")
        store = open_store(f"sqlite:///{folder}/walk.db", KEYS)
        town = cls(store, folder, await settle(store, shape, MONDAY))
        nothing = asyncio.Event()
        here = Here("proxeny_bot", frozenset(), tuple(DOES.commands))
        town.worker = Worker(
            store, DOES.routes, here, lambda: town.now, nothing.set, nothing, together=1
        )
        town.ticker = Loud(store, DOES.kinds, lambda: town.now, nothing.set, nothing)
        stage = Stage(store, here, lambda: town.now, nothing.set)
        town.matchmaker = Matchmaker(stage, asyncio.Event(), inside)
        town.conductor = Conductor(stage, asyncio.Event())
        return town

    worker: Worker = field(init=False)
    ticker: Ticker = field(init=False)
    matchmaker: Matchmaker = field(init=False)
    conductor: Conductor = field(init=False)

    async def close(self) -> None:
        """Leaves nothing behind."""
        await self.store.close()
        shutil.rmtree(self.folder)

    async def says(self, name: str, text: str) -> None:
        """Writes a text or a command."""
        await self._sends(name, text=text)

    async def shares(self, name: str, **content: Any) -> None:
        """Sends something else: a sticker, a place."""
        await self._sends(name, **content)

    async def _sends(self, name: str, **content: Any) -> None:
        message = self._frame(SOULS[name]) | content
        await self._heard(name, {"message": message})

    async def presses(self, name: str, data: str, message_id: int = 0) -> None:
        """Taps a button, real or forged, under a message that may be gone."""
        shown = self._frame(SOULS[name]) | {"message_id": message_id or 1, "text": "…"}
        query = {"id": "1", "from": SOULS[name].account, "message": shown, "data": data}
        await self._heard(name, {"callback_query": query})
        if data == "forget.sure":
            self.forgotten.add(SOULS[name].telegram_id)

    async def blocks(self, name: str, blocked: bool) -> None:
        """Stops the bot, or lets it write again."""
        soul, status = SOULS[name], "kicked" if blocked else "member"
        frame = self._frame(soul)
        change = {"chat": frame["chat"], "from": soul.account, "new_chat_member": {}}
        change["new_chat_member"] = {"status": status, "user": {"id": 1}}
        self.chats[name].blocked = blocked
        await self._heard(name, {"my_chat_member": change})

    def _frame(self, soul: Soul) -> dict[str, Any]:
        self.message += 1
        chat = {"id": soul.telegram_id, "type": "private"}
        return {"message_id": self.message, "date": 0, "chat": chat, "from": soul.account}

    async def _heard(self, name: str, raw: dict[str, Any]) -> None:
        soul, spoken_to = SOULS[name], "my_chat_member" not in raw
        before = await self._before()
        if spoken_to and self.chats[name].blocked:
            await self.blocks(name, blocked=False)
        received = Received(1, "", {"update_id": 1, **raw}, 0, self.now)
        async with self.store.begin() as db:
            lines, _worked = await self.worker._work(db, received)
            await put(db, lines, self.now)
            after = await rules.standing(db)
            for say, pressed in lines:
                if say.to in after.people and not (say.menu or say.erase):
                    rules.fits_telegram(say, after.people[say.to], pressed)
        if spoken_to:
            self.forgotten.discard(soul.telegram_id)
            me = next(i for i, each in after.people.items() if each.telegram_id == soul.telegram_id)
            assert lines, f"{name} gets no answer"
            said = [say for say, _pressed in lines if not (say.erase or say.menu)]
            first = said[0]
            if not first.relay:  # what is passed on is answered by a mark, once it has arrived
                assert first.to == me, f"the first answer is not to {name}"
                assert first.text, f"{name} gets an empty answer"
        async with self.store.begin() as db:
            await self._deliver(db, name if spoken_to else None, before)
        await self._holds_rounds()

    async def _holds_rounds(self) -> None:
        """What the loops do of their own accord, as soon as there is something to do."""
        before = await self._before()
        async with asyncio.timeout(20):
            while await self.matchmaker.work() or await self.conductor.work():
                async with self.store.begin() as db:
                    await self._deliver(db, None, before)
                before = await self._before()

    async def passes(self, jump: bool = False, **time: float) -> None:
        """Moves the clock on, through everything that falls due or (the bot was down) past it."""
        until = self.now + timedelta(**time)
        for _ in range(AT_MOST):
            async with self.store.read() as db:
                due = await reminders.next_due(db)
            if jump or due is None or due > until:
                break
            await self._ticks(max(self.now, due))
        else:
            raise AssertionError("reminders go round in a circle")
        await self._ticks(until)

    async def _ticks(self, now: datetime) -> None:
        self.now = now
        before = await self._before()
        async with asyncio.timeout(20):
            await self.ticker.tick()
        async with self.store.begin() as db:
            late = await reminders.due(db, self.now, 1)
            assert not late, f"{late[0].kind} is still due"
            await self._deliver(db, None, before)

    async def _deliver(self, db: Db, actor: str | None, before: rules.Standing) -> None:
        """Checks what is on its way and shows it in the chats; then the rules of the rows."""
        after = self.standing = await rules.standing(db)
        waiting = await queues.next_outgoing(db, 10_000)
        unasked = [each for each in waiting if self._is_unasked(each.person_id, actor, after)]
        read = [(each.person_id or 0, each.payload) for each in unasked]
        rules.unasked_is_welcome(read, before, after)
        for each in unasked:
            soul = after.soul(each.person_id or 0)
            assert soul.telegram_id not in self.forgotten, f"{soul.name} was to be forgotten"
        arrived: list[tuple[int, int | None]] = []
        for each in waiting:
            assert each.person_id is not None
            rules.accepted(each.payload)
            rules.keeps_secrets(each.payload, each.person_id, before, after)
            at = self._show(after.soul(each.person_id).name, each.payload)
            arrived.append((each.id, at))
        await queues.delivered(db, arrived, self.now)
        await rules.rows_hold(db, self.now)

    async def _before(self) -> rules.Standing:
        if self.standing is None:
            async with self.store.read() as db:
                self.standing = await rules.standing(db)
        return self.standing

    def _is_unasked(self, to: int | None, actor: str | None, at: rules.Standing) -> bool:
        return actor is None or at.people[to or 0].telegram_id != SOULS[actor].telegram_id

    def _show(self, name: str, call: dict[str, Any]) -> int | None:
        chat, params = self.chats[name], call["params"]
        if call["method"] == "setMyCommands":
            return None
        if call["method"] == "editMessageText":
            at = params["message_id"]
        else:
            self.message += 1
            at = self.message
        chat.messages[at] = [data for _, data in rules.buttons(call)]
        chat.texts[at] = params.get("text") or params.get("caption", "")
        chat.ever += chat.messages[at]
        return int(at)

    async def ids(self) -> Sequence[int]:
        """Ids there are, of everything a button may be about."""
        async with self.store.read() as db:
            rows = [row for table in rules.TABLES for row in await db.rows(select(table.c.id))]
        return [row.id for row in rows]

    async def asked(self, name: str) -> str:
        """The question somebody's open form is at, "" where there is none."""
        async with self.store.read() as db:
            person = await people.by_telegram_id(db, SOULS[name].telegram_id)
            row = None if person is None else await forms.of(db, person.id)
        return "" if row is None else str(row.state["step"])
