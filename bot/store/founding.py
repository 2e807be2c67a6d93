"""A new network: its sides, its first exchange, and who founded it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.policy import Policy
from bot.domain.tracks import CITIZENS
from bot.store import exchanges, rounds
from bot.store.codes import new_code
from bot.store.db import Db
from bot.store.tables import members, networks, sides


@dataclass(frozen=True, slots=True)
class NewSide:
    """A side to be: `language` an ISO 639 code, `zone` an IANA name, `country` its calendar."""

    name: str
    language: str
    country: str
    zone: str


@dataclass(frozen=True, slots=True)
class NewNetwork:
    """A network to be."""

    name: str
    sides: Sequence[NewSide]
    open: bool
    approval: bool
    joint_rounds: bool
    statements: Sequence[str] = ()


async def found(
    db: Db, new: NewNetwork, person_id: int, side: int, now: datetime, *, name: str | None = None
) -> int:
    """Creates a network with an exchange of citizens in pairs; its id.

    The founder becomes its owner, on the side at position `side`, under a name if one is given.
    """
    settled = Policy()
    network_id = await db.add(
        networks,
        name=new.name,
        open=new.open,
        approval=new.approval,
        joint_rounds=new.joint_rounds,
        statements=list(new.statements) or None,
        policy=settled.as_json(),
        created_at=now,
    )
    side_ids = [
        await add_side(db, network_id, position, each) for position, each in enumerate(new.sides)
    ]
    await join(db, person_id, network_id, side_ids[side], "owner", now, name)
    exchange_id = await exchanges.create(db, network_id, CITIZENS, "pair", None)
    await rounds.set_next(db, exchange_id, now + timedelta(days=settled.days_between_rounds))
    return network_id


async def add_side(db: Db, network_id: int, position: int, new: NewSide) -> int:
    """Adds a side to a network; its id."""
    return await db.add(
        sides,
        network_id=network_id,
        position=position,
        name=new.name,
        language=new.language,
        zone=new.zone,
        country=new.country,
    )


async def join(
    db: Db,
    person_id: int,
    network_id: int,
    side_id: int,
    role: str,
    now: datetime,
    name: str | None = None,
) -> int:
    """Makes a person an active member with a role; the member's id."""
    return await db.add(
        members,
        person_id=person_id,
        network_id=network_id,
        side_id=side_id,
        role=role,
        state="active",
        name=name,
        joined_at=now,
        code=new_code(),
    )
