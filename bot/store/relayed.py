"""Which message of one person is which in another one's chat, and to whom somebody is writing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ColumnElement, Table, and_, delete, select, update

from bot.store.db import Db
from bot.store.tables import outbox, relayed, talks
from bot.store.written import DELETABLE

KEPT = timedelta(days=30)
"""How long a message can be answered, changed and taken back after it was passed on."""

ERASABLE = DELETABLE - timedelta(minutes=10)
"""So long a bot may delete what it sent: Telegram's 48 hours, less what an erasure may wait."""

TALKS = timedelta(minutes=15)
"""So long after the last message what somebody sends still goes to the same person."""


@dataclass(frozen=True, slots=True)
class Relayed:
    """A message that was passed on; `copy_id` is None until it has arrived.

    One that came in several has a row for each of them. What a machine translated has a row of its
    own, with the negative `message_id` of what it is a translation of: it goes when that is taken
    back, and an answer to it answers that, but it is no part of the message.
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


async def take_back(db: Db, found: Collection[Relayed]) -> None:
    """These are nobody's messages any more: what still waits of them is not sent.

    What is on its way goes when it arrives.
    """
    await _withdraw(db, relayed.c.id.in_([each.id for each in found]))


async def part(db: Db, one_id: int, other_id: int) -> None:
    """What still waits between two people is not sent."""
    there = relayed.c.writer_id.in_((one_id, other_id)), relayed.c.reader_id.in_((one_id, other_id))
    await _withdraw(db, and_(*there, relayed.c.copy_id.is_(None)))


async def _withdraw(db: Db, which: ColumnElement[bool]) -> None:
    ids = select(relayed.c.id).where(which)
    waits = (outbox.c.state == "waiting", outbox.c.about_id.in_(ids))
    await db.run(delete(outbox).where(*waits))
    await db.run(delete(relayed).where(which))


async def on_the_way(db: Db, reader_id: int) -> list[Relayed]:
    """What somebody is to read that has not arrived yet."""
    where = (relayed.c.reader_id == reader_id, relayed.c.copy_id.is_(None))
    return await db.all(Relayed, select(relayed).where(*where).order_by(relayed.c.id))


async def arrived(db: Db, id_: int, copy_id: int) -> Relayed | None:
    """It has arrived as this message; the row once it has arrived with everybody."""
    await db.change(relayed, id_, copy_id=copy_id)
    found = await by_id(db, id_)
    return found if found and await everywhere(db, found) else None


async def everywhere(db: Db, found: Relayed) -> bool:
    """Whether the message of this row has arrived with everybody it was passed on to."""
    same = (relayed.c.writer_id == found.writer_id, relayed.c.message_id == found.message_id)
    query = select(relayed.c.id).where(*same, relayed.c.copy_id.is_(None)).limit(1)
    return await db.scalar(query) is None


async def drop(db: Db, id_: int) -> Relayed | None:
    """It does not arrive; what it was."""
    found = await by_id(db, id_)
    await db.run(delete(relayed).where(relayed.c.id == id_))
    return found


async def of_message(
    db: Db, writer_id: int, message_id: int, *, hold: bool = False
) -> list[Relayed]:
    """What became of a message somebody wrote, one row a reader.

    With `hold` the rows are locked until the end of the transaction: whatever arrives meanwhile is
    noted before or after, and is not forgotten between.
    """
    where = (relayed.c.writer_id == writer_id, relayed.c.message_id == message_id)
    query = select(relayed).where(*where).order_by(relayed.c.id)
    return await db.all(Relayed, query.with_for_update() if hold else query)


async def of_copy(db: Db, reader_id: int, copy_id: int) -> Relayed | None:
    """The message that somebody was passed on as this one."""
    where = (relayed.c.reader_id == reader_id, relayed.c.copy_id == copy_id)
    found = await db.one(Relayed, select(relayed).where(*where).limit(1))
    return found and replace(found, message_id=abs(found.message_id))


async def by_id(db: Db, id_: int, *, hold: bool = False) -> Relayed | None:
    """The message with this row id, None once it was taken back; `hold` as in `of_message`."""
    query = select(relayed).where(relayed.c.id == id_)
    return await db.one(Relayed, query.with_for_update() if hold else query)


async def renewed(db: Db, old: Relayed) -> int:
    """It was changed: a row of its own, so that what was about the old words finds no row."""
    await take_back(db, [old])
    people = {"writer_id": old.writer_id, "reader_id": old.reader_id}
    message = {"message_id": old.message_id, "copy_id": old.copy_id, "at": old.at}
    return await db.add(relayed, match_id=old.match_id, **people, **message)


async def translated(db: Db, of: Relayed, copy_id: int, now: datetime) -> None:
    """A translation of it has arrived as this message."""
    whose = {"match_id": of.match_id, "writer_id": of.writer_id, "reader_id": of.reader_id}
    await db.add(relayed, **whose, message_id=-abs(of.message_id), copy_id=copy_id, at=now)


async def translations_of(db: Db, writer_id: int, message_id: int) -> list[Relayed]:
    """The translations of a message somebody wrote that have arrived."""
    return await of_message(db, writer_id, -message_id)


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
