"""Which message of one person is which in another one's chat, and to whom somebody is writing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ColumnElement, Table, and_, delete, select, update

from bot.store.db import Db
from bot.store.tables import outbox, relayed, talks

KEPT = timedelta(days=30)
"""How long a message can be answered, changed and taken back after it was passed on."""

TALKS = timedelta(minutes=15)
"""So long after the last message what somebody sends still goes to the same person."""


@dataclass(frozen=True, slots=True)
class Relayed:
    """A message that was passed on; `copy_id` is None until it has arrived.

    One that came in several has a row for each of them.
    """

    table: ClassVar[Table] = relayed
    id: int
    match_id: int
    writer_id: int
    reader_id: int
    message_id: int
    copy_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """Whom the person of this row id is writing to."""

    table: ClassVar[Table] = talks
    id: int
    match_id: int
    at: datetime


async def add(
    db: Db, match_id: int, writer_id: int, reader_id: int, message_id: int, now: datetime
) -> int:
    """A message is about to be passed on; its row id."""
    people = {"writer_id": writer_id, "reader_id": reader_id}
    return await db.add(relayed, match_id=match_id, message_id=message_id, at=now, **people)


async def by_id(db: Db, id_: int) -> Relayed | None:
    """The message with this row id, None once it was taken back or forgotten."""
    return await db.one(Relayed, select(relayed).where(relayed.c.id == id_))


async def take_back(db: Db, ids: Collection[int]) -> None:
    """These are passed on no more: what still waits of them is not sent."""
    await _withdraw(db, relayed.c.id.in_(ids))


async def part(db: Db, one_id: int, other_id: int) -> None:
    """What still waits between two people is not sent."""
    there = relayed.c.writer_id.in_((one_id, other_id)), relayed.c.reader_id.in_((one_id, other_id))
    await _withdraw(db, and_(*there, relayed.c.copy_id.is_(None)))


async def _withdraw(db: Db, which: ColumnElement[bool]) -> None:
    ids = select(relayed.c.id).where(which)
    waits = (outbox.c.state == "waiting", outbox.c.about_id.in_(ids))
    await db.run(delete(outbox).where(*waits))
    await db.run(delete(relayed).where(which))


async def arrived(db: Db, id_: int, copy_id: int) -> Relayed | None:
    """It has arrived as this message; the row once it has arrived with everybody."""
    await db.change(relayed, id_, copy_id=copy_id)
    found = await db.one(Relayed, select(relayed).where(relayed.c.id == id_))
    if found is None:
        return None
    same = (relayed.c.writer_id == found.writer_id, relayed.c.message_id == found.message_id)
    query = select(relayed.c.id).where(*same, relayed.c.copy_id.is_(None)).limit(1)
    return None if await db.scalar(query) else found


async def drop(db: Db, id_: int) -> Relayed | None:
    """It does not arrive; what it was."""
    found = await db.one(Relayed, select(relayed).where(relayed.c.id == id_))
    await db.run(delete(relayed).where(relayed.c.id == id_))
    return found


async def of_message(db: Db, writer_id: int, message_id: int) -> list[Relayed]:
    """What became of a message somebody wrote, one row a reader."""
    where = (relayed.c.writer_id == writer_id, relayed.c.message_id == message_id)
    return await db.all(Relayed, select(relayed).where(*where).order_by(relayed.c.id))


async def of_copy(db: Db, reader_id: int, copy_id: int) -> Relayed | None:
    """The message that somebody was passed on as this one."""
    where = (relayed.c.reader_id == reader_id, relayed.c.copy_id == copy_id)
    return await db.one(Relayed, select(relayed).where(*where).limit(1))


async def as_seen_by(db: Db, origin: Relayed, reader_id: int) -> int | None:
    """What a message is called in the chat of this reader, None where they do not have it."""
    if origin.writer_id == reader_id:
        return origin.message_id
    found = await of_message(db, origin.writer_id, origin.message_id)
    return next((each.copy_id for each in found if each.reader_id == reader_id), None)


async def talk_of(db: Db, person_id: int, now: datetime) -> Talk | None:
    """Whom somebody is writing to now."""
    where = (talks.c.id == person_id, talks.c.at > now - TALKS)
    return await db.one(Talk, select(talks).where(*where))


async def talk(db: Db, person_id: int, match_id: int, now: datetime) -> None:
    """From now on, for a while, what this person sends goes to those of a match."""
    if not await db.run(
        update(talks).where(talks.c.id == person_id).values(match_id=match_id, at=now)
    ):
        await db.run(talks.insert().values(id=person_id, match_id=match_id, at=now))


async def hush(db: Db, person_id: int) -> None:
    """They write to nobody any more."""
    await db.run(delete(talks).where(talks.c.id == person_id))


async def forget(db: Db, person_id: int) -> None:
    """Nothing of what somebody wrote or read is known, or sent, any more."""
    await hush(db, person_id)
    mine = (relayed.c.writer_id == person_id) | (relayed.c.reader_id == person_id)
    await _withdraw(db, mine)


async def forget_before(db: Db, moment: datetime) -> None:
    """Forgets what was passed on long ago."""
    await db.run(delete(relayed).where(relayed.c.at < moment))
