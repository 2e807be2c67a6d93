"""Rounds that were asked for, matched one after the other in a process of their own.

A round's row stays `matching` until all that came of it is stored: whatever is killed, the round is
matched anew. Who looks at the round sees how far it is, may cancel it, and sees the preview after.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import partial

import structlog

from bot.coordinators.draft import OVER, Draft, looking
from bot.coordinators.rounds import as_it_stands
from bot.delivery.child import Broke, Child, Senseless, matching
from bot.delivery.feeding import Unwanted, bring, feed, forget
from bot.delivery.loops import rest
from bot.delivery.screens import Stage, show
from bot.domain.replies import Say, Value, _, paragraphs
from bot.router import Turn
from bot.store import exchanges, rounds
from bot.store.exchanges import Exchange
from bot.store.rounds import Round

log = structlog.get_logger()

LOOK_SECONDS = 0.3
"""So often it looks whether a round was asked for, or the one in hand cancelled."""

GRACE_SECONDS = 0.5
"""A process that has ended may have been stopped together with the bot, which hears of it now."""

EDIT_SECONDS = 3.0
FED, FOUND = 10, 70
"""How far a round is, in percent, once all people are read, and once all pairs are found."""


@dataclass(slots=True)
class Matchmaker:
    """Matches what was asked for, until `stop`."""

    stage: Stage
    stop: asyncio.Event
    process: Callable[[], AbstractAsyncContextManager[Child]] = matching
    _edited: float = field(default=0.0)

    async def turn(self) -> None:
        """Matches the oldest round that was asked for, or rests a moment."""
        if not await self.work():
            await rest(self.stop, LOOK_SECONDS)

    async def work(self) -> bool:
        """Matches a round if one was asked for; returns whether one was."""
        async with self.stage.store.read() as db:
            found = await rounds.to_be_matched(db)
            exchange = await exchanges.by_id(db, found.exchange_id) if found else None
        if found is None or exchange is None:
            return False
        self._edited = asyncio.get_running_loop().time()
        try:
            await self._while_wanted(found, exchange)
        except Senseless as error:
            log.error("round refused", round=found.id, field=error.field)
            await self._tell(found, "failed", _senseless(error.field))
        except Broke as error:
            log.error("matching broke", round=found.id, error=error.error, at=error.at)
            await self._tell(found, "failed", OVER["failed"])
        return True

    async def _while_wanted(self, found: Round, exchange: Exchange) -> None:
        """Matches it, unless it is cancelled or the bot stops meanwhile."""
        await forget(self.stage.store, found)
        finished = asyncio.Event()
        async with self.process() as child:
            watch = asyncio.create_task(self._end_if_unwanted(found, child, finished))
            try:
                await self._match(found, exchange, child)
            except (Broke, Unwanted):
                await rest(self.stop, GRACE_SECONDS)
                finished.set()
                if await watch and not self.stop.is_set():
                    raise
            finally:
                finished.set()
                await watch

    async def _end_if_unwanted(self, found: Round, child: Child, finished: asyncio.Event) -> bool:
        """Ends the process once the round is no longer wanted; whether it was to the end."""
        while not finished.is_set():
            await rest(finished, LOOK_SECONDS)
            async with self.stage.store.read() as db:
                now = await rounds.by_id(db, found.id)
            if now is None or now.state == "cancelled":
                child.end()
                await self._tell(now or found, "cancelled", OVER["cancelled"])
                return False
            if self.stop.is_set():
                child.end()
                return False
        return True

    async def _match(self, found: Round, exchange: Exchange, child: Child) -> None:
        """Has it matched, and shows the preview."""
        store, now = self.stage.store, self.stage.now
        sides = await feed(store, child, exchange, now())
        await self._went_on(found, 0)
        result = await bring(store, child, found, sides, partial(self._went_on, found))
        async with store.begin() as db:
            if await rounds.held(db, found.id, "matching"):
                await rounds.set_draft(db, found.id, result, now())
                await show(self.stage, db, found.id, as_it_stands)
        self.stage.said()

    async def _went_on(self, found: Round, done: float) -> None:
        """Shows how far the matching is, now and then."""
        time = asyncio.get_running_loop().time()
        if time - self._edited < EDIT_SECONDS:
            return
        self._edited = time
        async with self.stage.store.begin() as db:
            if await rounds.held(db, found.id, "matching"):
                percent = FED + int((FOUND - FED) * min(1.0, max(0.0, done)))
                await rounds.set_progress(db, found.id, percent)
                await show(self.stage, db, found.id, _looking, hurry=False)
        self.stage.said()

    async def _tell(self, found: Round, state: str, text: Value) -> None:
        """Has the round end so, and says so to whoever looks at it."""

        async def screen(turn: Turn, _draft: Draft) -> Say:
            return turn.say(text, edit=True)

        async with self.stage.store.begin() as db:
            now = await rounds.held(db, found.id, "matching")
            if now is not None:
                await rounds.set_state(db, found.id, state)
            if now is not None or state == "cancelled":
                await show(self.stage, db, found.id, screen)
        self.stage.said()


async def _looking(turn: Turn, draft: Draft) -> Say:
    return looking(turn, draft)


def _senseless(field: str) -> Value:
    return paragraphs(
        _(
            "The round could not be worked out: something about {field} makes no sense.",
            field=field,
        ),
        _(
            "It is in the rules of this exchange or in what somebody told. "
            "Please tell whoever runs this bot."
        ),
        _("Nobody was told, and everybody keeps their place."),
    )
