"""Networks, their sides, and who is a member of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Table, select

from bot.domain.people import Profile
from bot.domain.policy import Policy
from bot.domain.rights import Right, may
from bot.store import people
from bot.store.codes import new_code
from bot.store.db import Db
from bot.store.tables import members, networks, sides

RUN = ("coordinator", "owner")
"""The roles that run a network."""


GONE = ("left", "declined")
PRESENT = ("active", "paused")
"""The states of who takes part, be it on a pause."""


@dataclass(frozen=True, slots=True)
class Network:
    """One programme across one divide."""

    table: ClassVar[Table] = networks
    id: int
    name: str
    open: bool
    approval: bool
    joint_rounds: bool
    statements: list[str] | None
    policy: dict[str, Any]
    created_at: datetime

    @property
    def taken_out(self) -> frozenset[str]:
        """The statements people are asked about no more, as opinions name them."""
        return frozenset(str(at) for at, words in enumerate(self.statements or []) if not words)

    @property
    def settled(self) -> Policy:
        """The network's policy."""
        return Policy.of(self.policy)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a network; `country` tells whose holidays and days of rest are kept."""

    table: ClassVar[Table] = sides
    id: int
    network_id: int
    position: int
    name: str
    language: str
    zone: str
    country: str


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a network, on a side, with a role."""

    table: ClassVar[Table] = members
    id: int
    person_id: int
    network_id: int
    side_id: int
    role: str
    state: str
    paused_until: datetime | None
    name: str | None
    profile: dict[str, Any] | None
    joined_at: datetime
    code: str | None = None

    @property
    def told(self) -> Profile:
        """What the member told at sign-up."""
        return Profile.of(self.profile)

    @property
    def runs(self) -> bool:
        """Whether they run the network now, from their side."""
        return self.role in RUN and self.state == "active"

    def may(self, right: Right) -> bool:
        """Whether they have a right now."""
        return self.state == "active" and may(self.role, right)


async def by_id(db: Db, network_id: int) -> Network | None:
    """The network with this row id."""
    return await db.one(Network, select(networks).where(networks.c.id == network_id))


async def sides_of(db: Db, network_id: int) -> list[Side]:
    """A network's sides, in their order."""
    query = select(sides).where(sides.c.network_id == network_id).order_by(sides.c.position)
    return await db.all(Side, query)


async def side(db: Db, side_id: int) -> Side | None:
    """The side with this row id."""
    return await db.one(Side, select(sides).where(sides.c.id == side_id))


async def member(db: Db, member_id: int) -> Member | None:
    """The member with this row id."""
    return await db.one(Member, select(members).where(members.c.id == member_id))


async def own(db: Db, person_id: int, member_id: int) -> Member | None:
    """The member, if it is this person's own and they have not left."""
    found = await member(db, member_id)
    mine = found is not None and found.person_id == person_id and found.state != "left"
    return found if mine else None


async def memberships(db: Db, person_id: int) -> list[Member]:
    """All memberships of a person that they have not left, the newest first."""
    query = select(members).where(members.c.person_id == person_id, members.c.state != "left")
    return await db.all(Member, query.order_by(members.c.joined_at.desc(), members.c.id.desc()))


async def has(db: Db, person_id: int, right: Right) -> bool:
    """Whether a person has a right in any of their networks."""
    query = select(members.c.role).where(
        members.c.person_id == person_id, members.c.state == "active"
    )
    return any(may(row.role, right) for row in await db.rows(query))


async def membership(db: Db, person_id: int, network_id: int) -> Member | None:
    """A person's membership of one network, left or not."""
    where = (members.c.person_id == person_id, members.c.network_id == network_id)
    return await db.one(Member, select(members).where(*where))


async def calendar_of(db: Db, person_id: int) -> tuple[frozenset[str], Policy | None]:
    """The countries whose days of rest a person keeps, and their newest network's policy."""
    query = (
        select(sides.c.country, networks.c.policy)
        .join(members, members.c.side_id == sides.c.id)
        .join(networks, networks.c.id == members.c.network_id)
        .where(members.c.person_id == person_id, members.c.state.not_in(GONE))
        .order_by(members.c.id.desc())
    )
    rows = await db.rows(query)
    policy = Policy.of(rows[0].policy) if rows else None
    return frozenset(row.country for row in rows), policy


async def open_ones(db: Db) -> list[Network]:
    """The networks anybody may ask to join, the oldest first."""
    return await db.all(Network, select(networks).where(networks.c.open).order_by(networks.c.id))


async def add_member(
    db: Db,
    person_id: int,
    side: Side,
    role: str,
    state: str,
    name: str,
    profile: Profile,
    now: datetime,
) -> int:
    """Makes a person a member of a side's network, again where they had left; the member's id."""
    values = {
        "side_id": side.id,
        "role": role,
        "state": state,
        "paused_until": None,
        "name": name,
        "profile": profile.as_json(),
        "joined_at": now,
    }
    if known := await membership(db, person_id, side.network_id):
        await db.change(members, known.id, **values, code=known.code or new_code())
        return known.id
    whose = {"person_id": person_id, "network_id": side.network_id, "code": new_code()}
    return await db.add(members, **whose, **values)


async def by_code(db: Db, network_id: int, code: str) -> Member | None:
    """The member of a network whom coordinators call by this code."""
    where = (members.c.network_id == network_id, members.c.code == code)
    return await db.one(Member, select(members).where(*where))


async def set_told(db: Db, member_id: int, name: str, profile: Profile) -> None:
    """What a member tells of themselves from now on."""
    await db.change(members, member_id, name=name, profile=profile.as_json())


async def lives_in(db: Db, person_id: int, zone: str) -> None:
    """A person's time zone from now on (IANA), in whatever they told in any network."""
    await people.set_zone(db, person_id, zone)
    for each in await memberships(db, person_id):
        if each.told.zone != zone:
            moved = replace(each.told, zone=zone)
            await db.change(members, each.id, profile=moved.as_json())
