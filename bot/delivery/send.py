"""The outbox to Telegram, at Telegram's pace, in order within a chat.

What is on its way or told to wait is kept in memory; the row stays `waiting` until Telegram has
said yes and we have committed, so that a kill repeats what was on its way and loses nothing.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.coordinators import room_news
from bot.delivery import passed_on, render, request
from bot.delivery.fading import out_of_sight
from bot.delivery.fetch import Unfetchable, fetched
from bot.delivery.loops import FIRST_PAUSE, LONGEST_PAUSE
from bot.delivery.pace import Pace
from bot.delivery.work import put
from bot.logs import described
from bot.store import people, queues, relayed, rooms
from bot.store.db import Db, Store
from bot.store.queues import Outgoing

log = structlog.get_logger()

MOST_AT_ONCE = 100
FILES_AT_ONCE = 3
"""Files that are in memory at a time, of up to 20 megabytes each; the chats of others wait."""

FILE_TRIES = 14
"""Then a file is given up that can't be had: what follows in its chat has waited three minutes."""

FILE_PAUSE = 0.2
FINISH_SECONDS = 3
GATHER_SECONDS = 0.01
"""So long after a batch, what became ready and what was delivered is gathered for the next one."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a message: delivered (`ok`), refused, or its person is not to be reached.

    `parts` are calls to make in place of it. `link` is the invite link a call has made, `moved_to`
    where Telegram moved the chat meanwhile.
    """

    each: Outgoing
    ok: bool
    message_id: int | None = None
    unreachable: bool = False
    link: str = ""
    moved_to: int = 0
    parts: Sequence[dict[str, Any]] = ()


@dataclass(slots=True)
class Sender:
    """Drains the outbox."""

    store: Store
    bot: Bot = field(repr=False)  # it shows its token
    pace: Pace
    now: Callable[[], datetime]
    wake: asyncio.Event
    sent: int = 0
    refused: int = 0
    _busy: set[str] = field(default_factory=set)
    _tries: dict[int, int] = field(default_factory=dict)
    _settled: list[Settled] = field(default_factory=list)
    _flying: set[asyncio.Task[None]] = field(default_factory=set)
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_AT_ONCE))
    _files: int = 0

    async def turn(self) -> None:
        """Sends off what waits; where nothing does, waits for more (half a second at the most)."""
        self.wake.clear()
        await self._settle()
        await self._may_go()  # before we look what is first: it may be something else by then
        batch = max(1, min(MOST_AT_ONCE, int(self.pace.a_second / 30)))
        async with self.store.read() as db:
            waiting = await queues.next_outgoing(db, batch, self._busy)
        for each in waiting:
            if each.chat not in self._busy:
                await self._launch(each)
        if waiting:
            await asyncio.sleep(GATHER_SECONDS)
        else:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.wake.wait(), 0.5)

    async def finish(self) -> None:
        """Waits for what is on its way and settles it."""
        if self._flying:
            await asyncio.wait(self._flying, timeout=FINISH_SECONDS)
        await self._settle()

    async def _launch(self, each: Outgoing) -> None:
        clock = asyncio.get_running_loop()
        self._busy.add(each.chat)
        if (pause := self.pace.wait_for(each.chat_id, clock.time())) > 0:
            return self._release_in(pause, each)
        if (heavy := "fetch" in each.payload) and self._files >= FILES_AT_ONCE:
            return self._release_in(FILE_PAUSE, each)
        self._files += heavy
        await self._places.acquire()
        await self._may_go()
        self.pace.take(each.chat_id, clock.time())
        task = asyncio.create_task(self._deliver(each))
        self._flying.add(task)
        task.add_done_callback(partial(self._landed, heavy))
        return None

    async def _may_go(self) -> None:
        clock = asyncio.get_running_loop()
        if (pause := self.pace.wait(clock.time())) > 0:
            await asyncio.sleep(pause)
            self.pace.wait(clock.time())

    def _landed(self, heavy: bool, task: asyncio.Task[None]) -> None:
        self._files -= heavy
        self._flying.discard(task)
        self._places.release()

    async def _deliver(self, each: Outgoing) -> None:
        try:
            payload = await self._as_it_is_now(each.payload)
            message_id, link = (None, "") if payload is None else await self._call(payload)
            self._is(Settled(each, ok=True, message_id=message_id, link=link))
        except RetryAfter as error:
            self._release_in(_seconds(error), each)
        except Forbidden:
            self._is(Settled(each, ok=False, unreachable=True))
        except ChatMigrated as error:
            self._is(Settled(each, ok=False, moved_to=error.new_chat_id))
        except BadRequest as error:
            await self._refused(each, error)
        except TelegramError as error:
            tries = self._tries[each.id] = self._tries.get(each.id, 0) + 1
            log.info("send failed", outbox=each.id, tries=tries, error=type(error).__name__)
            if tries >= FILE_TRIES and "fetch" in each.payload:
                return self._is(Settled(each, ok=False))
            self._release_in(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - 1)), each)
        except Unfetchable:
            log.info("file not passed on", outbox=each.id)
            self._is(Settled(each, ok=False))
        except Exception as error:  # noqa: BLE001 - it must not hold up its chat for ever
            log.error("message broken", outbox=each.id, **described(error))
            self._is(Settled(each, ok=False))
        return None

    async def _as_it_is_now(self, payload: dict[str, Any]) -> dict[str, Any] | None:
        """The call, None where what it passes on, or changes, was taken back or never came."""
        id_ = payload.get("relay") or payload.get("changes")
        if id_ is None:
            return payload
        async with self.store.read() as db:
            found = await relayed.by_id(db, int(id_))
        if found is None or "relay" in payload:
            return None if found is None else payload
        params = payload["params"] | {"message_id": found.copy_id}
        return None if found.copy_id is None else payload | {"params": params}

    async def _call(self, payload: dict[str, Any]) -> tuple[int | None, str]:
        """Makes the call; the id of the message, or the link, that came of it."""
        files = {
            name: (filename, base64.b64decode(content))
            for name, (filename, content) in payload.get("files", {}).items()
        }
        for name, (filename, file_id) in payload.get("fetch", {}).items():
            files[name] = (filename, await fetched(self.bot, filename, file_id))
        url = f"{self.bot.base_url}/{payload['method']}"
        result: Any = await self.bot.request.post(url, request.data(payload["params"], files))
        made = result if isinstance(result, dict) else {}
        return made.get("message_id"), str(made.get("invite_link", ""))

    async def _refused(self, each: Outgoing, error: BadRequest) -> None:
        if "not modified" in error.message or each.payload.get("changes"):
            # A copy that its reader deleted stays so, whatever its writer makes of it.
            self._is(Settled(each, ok=True))
        elif each.payload["method"] == "deleteMessages":
            self._is(Settled(each, ok=True, parts=render.halves(each.payload)))
        elif _may_be_new(each.payload) and each.person_id is not None:
            await self._deliver(replace(each, payload=render.as_new(each.payload)))
        else:
            log.error("message refused", outbox=each.id, why=error.message.partition('"')[0])
            lost = "chat not found" in error.message.lower() and each.person_id is None
            self._is(Settled(each, ok=False, unreachable=lost))

    def _is(self, settled: Settled) -> None:
        self._tries.pop(settled.each.id, None)
        self._settled.append(settled)
        self.wake.set()

    async def _settle(self) -> None:
        """Stores what became of messages, in one transaction; only then may their chats go on."""
        if not (settled := list(self._settled)):
            return
        async with self.store.begin() as db:
            arrived = [(one.each.id, one.message_id) for one in settled if one.ok]
            came = [(one.each, one.message_id) for one in settled if one.ok and one.message_id]
            unseen = await out_of_sight(db, came)
            await queues.delivered(db, arrived, self.now())
            await put(db, [(say, None) for say in unseen], self.now())
            await queues.put(db, [call for one in settled for call in _instead(one)], self.now())
            for one in settled:
                if one.moved_to:
                    await _follow(db, one)
                elif not one.ok:
                    await _give_up(db, one, self.now())
                elif one.each.payload.keys() & {"relay", "translates"}:
                    await passed_on.settled(db, one.each, one.message_id, self.now())
                elif one.link and (room := await rooms.by_telegram_id(db, one.each.chat_id)):
                    await rooms.set_link(db, room, one.link, self.now())
        del self._settled[: len(settled)]
        self.sent += len(arrived)
        self.refused += len(settled) - len(arrived)
        self._busy.difference_update(one.each.chat for one in settled)

    def _release_in(self, seconds: float, each: Outgoing) -> None:
        asyncio.get_running_loop().call_later(seconds, self._release, each.chat)

    def _release(self, chat: str) -> None:
        self._busy.discard(chat)
        self.wake.set()


def _instead(settled: Settled) -> list[dict[str, Any]]:
    """What is called in place of a call that was too much at once."""
    each = settled.each
    of = {"chat": each.chat, "person_id": each.person_id, "priority": each.priority, "key": ""}
    return [of | {"payload": part, "about_id": None} for part in settled.parts]


async def _follow(db: Db, settled: Settled) -> None:
    """Telegram made a supergroup of a group: what waits for it goes there from now on."""
    if room := await rooms.by_telegram_id(db, settled.each.chat_id):
        await rooms.move(db, room, settled.moved_to)
    await queues.redirect(db, settled.each.chat, settled.moved_to)


async def _give_up(db: Db, settled: Settled, now: datetime) -> None:
    each = settled.each
    await queues.undeliverable(db, each.id, blocked=settled.unreachable)
    await passed_on.lost(db, each, now)
    if each.person_id is None:
        gone, method = settled.unreachable, str(each.payload["method"])
        said = await room_news.refused_by_telegram(db, each.chat_id, method, gone=gone)
        return await put(db, [(say, None) for say in said], now)
    if settled.unreachable and not await queues.answered_since(db, each):
        await people.set_reachable(db, each.person_id, reachable=False)
        await passed_on.lost_with(db, each.person_id, now)
        await queues.undeliverable_to(db, each.person_id)
    return None


def _may_be_new(payload: dict[str, Any]) -> bool:
    """Whether a change of a message that is gone is to come as a new one.

    What people sent each other is not: who has it no more has taken it out of their chat.
    """
    return payload["method"] == "editMessageText" and "rewrites" not in payload


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait if isinstance(wait, int | float) else wait.total_seconds())
