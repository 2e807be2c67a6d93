"""People: one Telegram account each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Table, bindparam, select, update

from bot.store.db import Db, new_id
from bot.store.tables import members, people


@dataclass(frozen=True, slots=True)
class Person:
    """A Telegram account the bot has met. `state` is here, unreachable or hidden.

    Where it is `discreet`, what is said to them is covered; `discreet_own` where they chose so.
    """

    table: ClassVar[Table] = people
    id: int
    telegram_id: int
    language: str
    zone: str | None
    state: str
    is_owner: bool
    consented_at: datetime | None
    created_at: datetime
    discreet: bool = False
    discreet_own: bool = False


_OF_CHAT = select(people).where(people.c.chat.in_(bindparam("of", expanding=True)))


async def by_telegram_id(db: Db, telegram_id: int) -> Person | None:
    """The person behind a Telegram account, if the bot has met them."""
    return await db.one(Person, _OF_CHAT, {"of": db.keys.blinds(telegram_id)})


async def by_id(db: Db, person_id: int) -> Person | None:
    """The person with this row id."""
    return await db.one(Person, select(people).where(people.c.id == person_id))


async def by_ids(db: Db, person_ids: set[int]) -> dict[int, Person]:
    """People by row id; those unknown are left out."""
    query = select(people).where(people.c.id.in_(person_ids))
    return {person.id: person for person in await db.all(Person, query)}


async def met(db: Db, telegram_id: int, language: str, now: datetime) -> Person:
    """The person behind a Telegram account, remembered from now on."""
    if known := await by_telegram_id(db, telegram_id):
        return known
    person = Person(new_id(), telegram_id, language, None, "here", False, None, now)
    await db.add(
        people,
        id=person.id,
        chat=db.keys.blind(telegram_id),
        telegram_id=telegram_id,
        language=language,
        state=person.state,
        created_at=now,
    )
    return person


async def set_language(db: Db, person_id: int, language: str) -> None:
    """The language everything is said to this person in from now on."""
    await db.change(people, person_id, language=language)


async def set_zone(db: Db, person_id: int, zone: str) -> None:
    """The time zone this person's times are shown in."""
    await db.change(people, person_id, zone=zone)


async def set_consent(db: Db, person_id: int, now: datetime) -> None:
    """This person agreed to what is stored."""
    await db.change(people, person_id, consented_at=now)


async def set_reachable(db: Db, person_id: int, reachable: bool) -> None:
    """Whether Telegram delivers to this person (they may have blocked the bot)."""
    others = people.c.state.in_(["here", "unreachable"])
    state = "here" if reachable else "unreachable"
    await db.run(update(people).where(people.c.id == person_id, others).values(state=state))


async def hiding(db: Db, person_ids: Collection[int]) -> set[int]:
    """Who of these people hides: none of them does, or ceases to, until we are done."""
    if not person_ids:
        return set()
    query = select(people.c.id, people.c.state).where(people.c.id.in_(person_ids))
    rows = await db.rows(query.order_by(people.c.id).with_for_update(read=True))
    return {row.id for row in rows if row.state == "hidden"}


async def set_discreet(db: Db, person_id: int, *, on: bool) -> None:
    """They chose whether what is said to them is covered."""
    await db.change(people, person_id, discreet=on, discreet_own=True)


async def cover_all(db: Db, network_id: int) -> None:
    """What is said to people of a network is covered, but for those who chose otherwise."""
    theirs = select(members.c.person_id).where(members.c.network_id == network_id)
    mine = (people.c.id.in_(theirs), people.c.discreet_own.is_(False))
    await db.run(update(people).where(*mine).values(discreet=True))


async def cover(db: Db, person_id: int) -> None:
    """What is said to somebody is covered, unless they chose otherwise."""
    mine = (people.c.id == person_id, people.c.discreet_own.is_(False))
    await db.run(update(people).where(*mine).values(discreet=True))


async def make_owner(db: Db, person_id: int) -> None:
    """This person owns the bot."""
    await db.change(people, person_id, is_owner=True)


async def owners(db: Db, telegram_ids: Collection[int]) -> list[Person]:
    """Who owns the bot, by a claim or by these Telegram ids, and has written to it."""
    named = people.c.chat.in_([blind for each in telegram_ids for blind in db.keys.blinds(each)])
    query = select(people).where(people.c.is_owner | named).order_by(people.c.id)
    return await db.all(Person, query)
