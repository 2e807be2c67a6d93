"""Telegram's updates into the inbox: stored raw and committed, and only then acknowledged."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError

from bot.delivery.events import WANTED, chat_of, without_talk
from bot.delivery.gate import Gate
from bot.store import queues
from bot.store.db import Store

log = structlog.get_logger()

LARGEST_BODY = 1_000_000
LONG_POLL = 30
LARGEST_ID = 2**63
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name # nosec B105


class NotAnUpdate(ValueError):
    """There is nothing with an update_id in what came."""


@dataclass(slots=True)
class Receiver:
    """Takes updates in; `received` is called after each commit, `last_good` is the watchdog.

    `stands_by` is set while another process polls.
    """

    store: Store
    bot: Bot = field(repr=False)  # it shows its token
    now: Callable[[], datetime]
    received: Callable[[], None]
    last_good: datetime | None = None
    stands_by: bool = False
    gate: Gate = field(default_factory=Gate)
    _offset: int | None = None
    _acks: set[asyncio.Task[None]] = field(default_factory=set)

    async def poll(self) -> None:
        """One long poll. The next one's offset acknowledges what this one has committed."""
        self.stands_by = False
        seconds = LONG_POLL if self.last_good else 0  # the first tells at once whether all is well
        query: dict[str, Any] = {"timeout": seconds, "allowed_updates": json.dumps(WANTED)}
        if self._offset is not None:
            query["offset"] = self._offset
        url = f"{self.bot.base_url}/getUpdates?{urlencode(query)}"
        updates: Any = await self.bot.request.post(url, read_timeout=LONG_POLL + 5)
        self.last_good = self.now()
        if updates:
            self._offset = await self.take_in(updates) + 1

    def stand_by(self) -> None:
        """Notes that another process polls."""
        self.stands_by = True

    async def hook(self, request: web.Request, secret: str) -> web.Response:
        """One webhook call; answered with 200 only after the commit.

        What is no update gets a 200 as well: Telegram would send it again and again.
        """
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):
            return web.Response(status=401)
        body = await request.read()
        try:
            await self.take_in([json.loads(body)])
        except (ValueError, RecursionError) as error:
            log.warning("not an update", size=len(body), error=type(error).__name__)
        self.last_good = self.now()
        return web.Response()

    async def take_in(self, updates: Sequence[Any]) -> int:
        """Stores updates in order, commits, and returns the highest update_id.

        What has no usable update_id is left out; raises NotAnUpdate where nothing else came. Of a
        flood nothing is stored, but for the word that it is one.
        """
        fit = sorted(filter(_is_update, updates), key=lambda update: int(update["update_id"]))
        if not fit:
            raise NotAnUpdate
        let_in, before = self.gate.sift(fit, self.now().timestamp())
        try:
            await self._stored(let_in)
        except BaseException:
            self.gate.restore(before)
            raise
        for update in let_in:
            self._acknowledge(update.get("callback_query"))
        return int(fit[-1]["update_id"])

    async def _stored(self, updates: Sequence[Any]) -> None:
        if not updates:
            return
        rows = [
            (update["update_id"], chat_of(update), dict(without_talk(update))) for update in updates
        ]
        async with self.store.begin() as db:
            await queues.take_in(db, rows, self.now())
        self.received()

    def _acknowledge(self, query: Any) -> None:
        """Stops the button's spinner, best effort."""
        if isinstance(query, dict) and isinstance(query.get("id"), str):
            task = asyncio.create_task(self._stop_spinner(query["id"]))
            self._acks.add(task)
            task.add_done_callback(self._acks.discard)

    async def _stop_spinner(self, query_id: str) -> None:
        with suppress(TelegramError):
            await self.bot.answer_callback_query(query_id)


def _is_update(update: Any) -> bool:
    id_ = update.get("update_id") if isinstance(update, dict) else None
    return isinstance(id_, int) and not isinstance(id_, bool) and 0 <= id_ < LARGEST_ID
