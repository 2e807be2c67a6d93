"""The towns as a walk finds them: some people are in, some hold a link, some know nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.people import DAY_PARTS, Profile
from bot.store import enrolments, founding, invites, networks, people
from bot.store.db import Db, Store
from bot.store.founding import NewNetwork, NewSide
from bot.store.keys import Keys, new_secret
from bot.store.networks import Side
from bot.store.tables import networks as network_rows
from tests.walks.cast import AT_HOME, SOULS, Soul

KEYS = Keys.of(new_secret())
SIDES = (
    NewSide("South", "el", "CY", "Asia/Nicosia"),
    NewSide("North", "ar", "JO", "Asia/Amman"),
)
STATEMENTS = ["One school for both towns.", "Borders <b>matter</b> & {more}."]


@dataclass(frozen=True, slots=True)
class Shape:
    """How the network is run."""

    is_open: bool = True
    approval: bool = True
    joint_rounds: bool = False
    statements: bool = False


@dataclass(frozen=True, slots=True)
class Doors:
    """The payloads of links that work, work once, have expired, or belong to staff."""

    payloads: tuple[str, ...]
    sides: tuple[str, str]
    network_id: int


async def settle(store: Store, shape: Shape, now: datetime) -> Doors:
    """Founds the network, has those at home in it, and makes links."""
    async with store.begin() as db:
        founder = await people.met(db, SOULS["olga"].telegram_id, "en", now)
        await people.make_owner(db, founder.id)
        new = NewNetwork(
            "Two <i>towns</i>", SIDES, shape.is_open, shape.approval, shape.joint_rounds
        )
        network_id = await founding.found(db, new, founder.id, 0, now)
        if shape.statements:
            await db.change(network_rows, network_id, statements=STATEMENTS)
        sides = await networks.sides_of(db, network_id)
        await _name_owner(db, founder.id, network_id, now)
        for soul in (SOULS[name] for name in AT_HOME if name != "olga"):
            await _member(db, soul, sides[soul.side or 0], now)
        return await _doors(db, sides, network_id, now)


async def _name_owner(db: Db, person_id: int, network_id: int, now: datetime) -> None:
    from bot.store.tables import members

    mine = await networks.membership(db, person_id, network_id)
    assert mine is not None
    await db.change(members, mine.id, name=SOULS["olga"].shown)
    await people.set_consent(db, person_id, now)


async def _member(db: Db, soul: Soul, side: Side, now: datetime) -> None:
    person = await people.met(db, soul.telegram_id, soul.language, now)
    await people.set_zone(db, person.id, side.zone)
    await people.set_consent(db, person.id, now)
    id_ = await networks.add_member(
        db, person.id, side, soul.role, "active", soul.shown, _profile(side), now
    )
    if member := await networks.member(db, id_):
        await enrolments.enrol_in_open(db, member, now)


def _profile(side: Side) -> Profile:
    slots = tuple(f"{day}-{part}" for day in range(5) for part in DAY_PARTS)
    told = Profile(("en",), side.zone, ("online",), interests=("music",), availability=slots)
    return replace(told, capacity=2 if side.position == 0 else 1)


async def _doors(db: Db, sides: list[Side], network_id: int, now: datetime) -> Doors:
    later, past = now + timedelta(days=365), now - timedelta(days=1)
    kinds = (
        ("participant", 50, later),
        ("participant", 1, later),
        ("participant", 5, past),
        ("coordinator", 2, later),
        ("safeguarding", 1, later),
    )
    tokens = [
        await invites.create(db, network_id, side.id, role, uses, until, None)
        for side in sides
        for role, uses, until in kinds
    ]
    return Doors(tuple(tokens), (tokens[0], tokens[len(kinds)]), network_id)
