"""Exchanges of a network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Table, select

from bot.domain.exchange import Settled
from bot.domain.matching import Rules
from bot.domain.tracks import TRACKS
from bot.domain.tracks.schema import Template
from bot.store.db import Db
from bot.store.tables import exchanges


@dataclass(frozen=True, slots=True)
class Exchange:
    """An activity in a network, in a `format` of domain.exchange; `state` is open or closed."""

    table: ClassVar[Table] = exchanges
    id: int
    network_id: int
    track: int
    format: str
    state: str
    next_round_at: datetime | None
    rules: dict[str, Any] | None
    name: str | None = None
    settings: dict[str, Any] | None = None
    created_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def settled(self) -> Settled:
        """Its cadence and the shape of its groups."""
        return Settled.of(self.settings)

    @property
    def template(self) -> Template:
        """What it was opened from."""
        return TRACKS[self.track].template(self.format)

    @property
    def asks(self) -> Rules:
        """What the exchange asks of a pair."""
        return Rules.of(self.rules or {})


async def create(
    db: Db, network_id: int, track: int, shape: str, next_round_at: datetime | None
) -> int:
    """Opens an exchange on a track, in a format such as `pair`; its id."""
    return await db.add(
        exchanges,
        network_id=network_id,
        track=track,
        format=shape,
        state="open",
        next_round_at=next_round_at,
    )


async def by_id(db: Db, exchange_id: int) -> Exchange | None:
    """The exchange with this row id."""
    return await db.one(Exchange, select(exchanges).where(exchanges.c.id == exchange_id))


async def locked(db: Db, exchange_id: int) -> Exchange | None:
    """The exchange, held until the end of the transaction: nobody else makes a round of it."""
    query = select(exchanges).where(exchanges.c.id == exchange_id).with_for_update()
    return await db.one(Exchange, query)


async def open_in(db: Db, network_id: int) -> list[Exchange]:
    """A network's open exchanges, the oldest first."""
    where = (exchanges.c.network_id == network_id, exchanges.c.state == "open")
    return await db.all(Exchange, select(exchanges).where(*where).order_by(exchanges.c.id))


async def set_next_round(db: Db, exchange_id: int, at: datetime | None) -> None:
    """When the next round of an exchange is due."""
    await db.change(exchanges, exchange_id, next_round_at=at)
