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

PAGE = 20


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
    revoked: bool = False
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


async def page(
    db: Db, network_id: int, side_id: int | None, now: datetime, after: int = 0
) -> list[Invite]:
    """Invitations of a network, or of one side of it, that can still be used, above a row id.

    One more than a page where there are more.
    """
    good = (invites.c.uses_left > 0, invites.c.expires_at > now, invites.c.id > after)
    query = select(invites).where(invites.c.network_id == network_id, *good)
    if side_id is not None:
        query = query.where(invites.c.side_id == side_id)
    return await db.all(Invite, query.order_by(invites.c.id).limit(PAGE + 1))


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
    """Nobody can use it from now on, not even who has opened it and not finished signing up."""
    await db.change(invites, invite_id, uses_left=0, expires_at=now, revoked=True)


async def revoke_of(db: Db, person_id: int, now: datetime, network_id: int | None = None) -> None:
    """Takes back all links somebody made, in one network or everywhere: they speak for none."""
    mine = [invites.c.created_by == person_id]
    if network_id is not None:
        mine.append(invites.c.network_id == network_id)
    taken = {"uses_left": 0, "expires_at": now, "revoked": True}
    await db.run(update(invites).where(*mine, invites.c.expires_at > now).values(**taken))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
