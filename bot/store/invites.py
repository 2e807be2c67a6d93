"""Invitations: a link's token, of which only the SHA-256 is kept, and where it leads."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Table, select, update

from bot.store.db import Db
from bot.store.tables import invites


@dataclass(frozen=True, slots=True)
class Invite:
    """An invitation to a side of a network, in a role, for so many uses until an instant."""

    table: ClassVar[Table] = invites
    id: int
    network_id: int
    side_id: int
    role: str
    uses_left: int
    expires_at: datetime
    created_by: int | None
    opened: int = 0
    created_at: datetime | None = None

    def good(self, now: datetime) -> bool:
        """Whether it can still be used."""
        return self.uses_left > 0 and now < self.expires_at


async def create(
    db: Db,
    network_id: int,
    side_id: int,
    role: str,
    uses: int,
    expires_at: datetime,
    created_by: int | None,
    now: datetime | None = None,
) -> str:
    """A new invitation; its token (32 url-safe characters), which is known to nobody else."""
    token = secrets.token_urlsafe(24)
    await db.add(
        invites,
        token=_hashed(token),
        network_id=network_id,
        side_id=side_id,
        role=role,
        uses_left=uses,
        expires_at=expires_at,
        created_by=created_by,
        created_at=now,
    )
    return token


async def by_token(db: Db, token: str) -> Invite | None:
    """The invitation a link belongs to, used up and expired ones included."""
    return await db.one(Invite, select(invites).where(invites.c.token == _hashed(token)))


async def by_id(db: Db, invite_id: int) -> Invite | None:
    """The invitation with this row id."""
    return await db.one(Invite, select(invites).where(invites.c.id == invite_id))


async def of_network(db: Db, network_id: int, now: datetime) -> list[Invite]:
    """A network's invitations that can still be used, the oldest first."""
    good = (invites.c.uses_left > 0, invites.c.expires_at > now)
    query = select(invites).where(invites.c.network_id == network_id, *good)
    return await db.all(Invite, query.order_by(invites.c.id))


async def came_by(db: Db, invite_id: int) -> None:
    """Somebody followed the link."""
    query = update(invites).where(invites.c.id == invite_id)
    await db.run(query.values(opened=invites.c.opened + 1))


async def use_one(db: Db, invite_id: int, now: datetime) -> bool:
    """Takes one use; False where none is left, or its time is past."""
    good = (invites.c.uses_left > 0, invites.c.expires_at > now)
    query = update(invites).where(invites.c.id == invite_id, *good)
    return await db.run(query.values(uses_left=invites.c.uses_left - 1)) == 1


async def give_back(db: Db, invite_id: int) -> None:
    """Gives back a use of somebody who did not sign up after all."""
    query = update(invites).where(invites.c.id == invite_id)
    await db.run(query.values(uses_left=invites.c.uses_left + 1))


async def revoke(db: Db, invite_id: int, now: datetime) -> None:
    """Nobody can use it from now on, even when somebody who used it gives their place back."""
    await db.change(invites, invite_id, uses_left=0, expires_at=now)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
