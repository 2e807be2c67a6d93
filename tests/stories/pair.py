"""Two who are introduced, on a sandbox, each at home in a chat of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from bot.store import enrolments, exchanges, matches, pairings
from bot.store.db import Db
from bot.store.exchanges import Exchange
from bot.store.tables import matched
from tests.play import Actor, Stage
from tests.stories.venue import Venue, venue


@dataclass(frozen=True)
class Pair:
    """Ana and Nour, introduced in a network that Olga owns."""

    at: Venue
    match_id: int

    @property
    def ana(self) -> Actor:
        """Of the first side."""
        return self.at.people["Ana"]

    @property
    def nour(self) -> Actor:
        """Of the second."""
        return self.at.people["Nour"]

    @property
    def stage(self) -> Stage:
        """Where it all is."""
        return self.at.stage


async def pair(
    stage: Stage, sides: Sequence[Sequence[str]] = (("Ana",), ("Nour",)), track: int = 4
) -> Pair:
    """Ana and Nour, who both said yes; others wait."""
    at = await venue(stage, track, "pair", sides)
    return Pair(at, await introduced(at, "Ana", "Nour"))


async def introduced(at: Venue, one: str, other: str) -> int:
    """Introduces two of a venue to each other; the match's row id."""
    now = at.stage.sandbox.clock.now()
    async with at.stage.app.store.begin() as db:
        exchange = await exchanges.by_id(db, at.exchange_id)
        assert exchange
        who = [(at.member_ids[one], at.sides[0].id), (at.member_ids[other], at.sides[1].id)]
        return await activated(db, exchange, who, now)


async def activated(
    db: Db, exchange: Exchange, who: Sequence[tuple[int, int]], now: datetime
) -> int:
    """Introduces two members, each with their side, who both say yes; the match's row id."""
    for member_id, _side in who:
        if await enrolments.of(db, member_id, exchange.id) is None:
            await enrolments.enrol(db, member_id, exchange.id, now)
    until = now + timedelta(days=3)
    reasons = {"languages": ["en"]}
    match_id = await matches.propose(db, exchange.id, None, who, reasons, now, until)
    said = update(matched).where(matched.c.match_id == match_id)
    await db.run(said.values(answer="yes", answered_at=now))
    await matches.activate(db, match_id, now)
    pairing = await pairings.held(db, match_id)
    assert pairing
    await pairings.introduced(db, pairing, now)
    return match_id
