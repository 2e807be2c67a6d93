"""Rounds that take place, a few people a transaction, so that everybody else is answered meanwhile.

All there is to know of how far a round is lies in rows: whatever is killed, the next step goes on.
Large previews are looked at again here, too, and what rounds have left behind is dropped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot.coordinators import conduct
from bot.coordinators.checked import fallen
from bot.coordinators.rounds import as_it_stands
from bot.delivery.loops import rest
from bot.delivery.screens import Stage, show
from bot.delivery.work import put
from bot.domain.replies import Say
from bot.store import drafts, exchanges, freezes, line, rounds, seating
from bot.store.db import Db
from bot.store.exchanges import Exchange
from bot.store.rounds import Round

LOOK_SECONDS = 0.3
BREATH_SECONDS = 0.02
"""Between two steps, so that turns of people come first."""

CHECKED, DROPPED = 100, 1000
KEEP_WHYS = timedelta(days=8)
"""Who is told by a reminder why nobody was found is told within a week."""

Step = Callable[[Db, Exchange, Round], Awaitable[list[Say] | None]]


@dataclass(slots=True)
class Conductor:
    """Holds what was approved, until `stop`."""

    stage: Stage
    stop: asyncio.Event
    _swept: datetime | None = field(default=None)

    async def turn(self) -> None:
        """Works the oldest round that waits for it, or rests a moment."""
        if not await self.work():
            await self._sweep()
            await rest(self.stop, LOOK_SECONDS)

    async def work(self) -> bool:
        """Holds a round, or looks at a preview again; returns whether there was any."""
        async with self.stage.store.read() as db:
            found = await rounds.to_be_held(db)
        if found is None:
            return False
        await (self._hold if found.state == "approved" else self._check)(found)
        return True

    async def _hold(self, found: Round) -> None:
        """The steps of a round, from wherever it is: who is asked, who is told, the end."""
        while await self._step(found, partial(conduct.ask, self.stage.now())):
            if await self._interrupted(found):
                return
        queue = await line.of(self.stage.store, found.exchange_id)
        at = conduct.places(queue, found.told_to)
        left = conduct.to_be_told(queue, found)
        for start in range(0, len(left), conduct.PEOPLE):
            some = left[start : start + conduct.PEOPLE]
            await self._step(found, partial(conduct.tell, self.stage.now(), some, at))
            if await self._interrupted(found):
                return
        await self._step(found, conduct.finish)

    async def _interrupted(self, found: Round) -> bool:
        """Whether the bot stops, or the network was frozen: the round goes on where it is."""
        async with self.stage.store.read() as db:
            return self.stop.is_set() or await freezes.of_exchange(db, found.exchange_id)

    async def _step(self, found: Round, step: Step) -> bool:
        """One transaction; whether there may be more of the kind."""
        async with self.stage.store.begin() as db:
            now = await rounds.held(db, found.id, "approved")
            exchange = await exchanges.by_id(db, found.exchange_id)
            said = await step(db, exchange, now) if now and exchange else None
            await put(db, [(say, None) for say in said or ()], self.stage.now())
        self.stage.said()
        await asyncio.sleep(BREATH_SECONDS)
        return said is not None

    async def _check(self, found: Round) -> None:
        """Leaves out of a preview what no longer holds, and shows it again if there was any."""
        last, gone = -1, 0
        while (some := await self._some(found, last)) is not None:
            last, many = some
            gone += many
            await asyncio.sleep(BREATH_SECONDS)
        async with self.stage.store.begin() as db:
            if await rounds.held(db, found.id, "draft"):
                await rounds.set_checked(db, found.id, self.stage.now())
                if gone:
                    await show(self.stage, db, found.id, as_it_stands)
        self.stage.said()

    async def _some(self, found: Round, after: int) -> tuple[int, int] | None:
        """The place of the last of the next pairs or groups, and how many fell; None at the end."""
        async with self.stage.store.begin() as db:
            exchange = await exchanges.by_id(db, found.exchange_id)
            if not exchange or not await rounds.held(db, found.id, "draft"):
                return None
            return await fallen(db, exchange, found.id, CHECKED, self.stage.now(), after)

    async def _sweep(self) -> None:
        now = self.stage.now()
        more = self._swept is None or now - self._swept > timedelta(hours=1)
        if more:
            self._swept = now
        while more and not self.stop.is_set():
            async with self.stage.store.begin() as db:
                more = await drafts.sweep(db, now - KEEP_WHYS, DROPPED)
                more |= await seating.sweep(db, DROPPED)
            await asyncio.sleep(BREATH_SECONDS)
