"""What falls due: one row each, at an instant in UTC, under a key of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ColumnElement, Table, delete, func, select, update

from bot.store.db import Db
from bot.store.tables import reminders

OPEN = ("waiting", "held")
"""The states of what is still to come; what is held waits for the end of a freeze."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something due: `kind` names who decides what to say, `subject_id` the row it is about."""

    table: ClassVar[Table] = reminders
    id: int
    kind: str
    key: str
    person_id: int | None
    subject_id: int
    due_at: datetime
    tries: int
    state: str


async def schedule(
    db: Db,
    kind: str,
    subject_id: int,
    due_at: datetime,
    person_id: int | None = None,
    tag: str = "",
) -> None:
    """Has `kind` fall due for a subject (and a person), once.

    The same kind, subject, person and `tag` again moves it, unless it has already been done.
    """
    key = f"{kind}:{subject_id}:{person_id or 0}:{tag}"
    known = await db.one(Reminder, select(reminders).where(reminders.c.key == key))
    if known is None:
        await db.add(
            reminders, kind=kind, key=key, person_id=person_id, subject_id=subject_id, due_at=due_at
        )
    elif known.state in OPEN:
        await db.change(reminders, known.id, due_at=due_at, state="waiting")


async def cancel(db: Db, subject_id: int, *kinds: str, person_id: int | None = None) -> None:
    """Forgets what waits for a subject (of these kinds, of this person)."""
    where = [reminders.c.subject_id == subject_id, reminders.c.kind.in_(kinds)]
    if person_id is not None:
        where.append(reminders.c.person_id == person_id)
    await db.run(delete(reminders).where(*where, reminders.c.state.in_(OPEN)))


async def due(db: Db, now: datetime, limit: int) -> list[Reminder]:
    """What is due at `now`, the oldest first."""
    query = select(reminders).where(reminders.c.state == "waiting", reminders.c.due_at <= now)
    return await db.all(Reminder, query.order_by(reminders.c.due_at, reminders.c.id).limit(limit))


async def still_due(db: Db, reminder_id: int, now: datetime) -> bool:
    """Whether it is still due; it is locked, so that nobody else does it at the same time."""
    where = (reminders.c.id == reminder_id, reminders.c.state == "waiting")
    query = select(reminders.c.id).where(*where, reminders.c.due_at <= now)
    return await db.scalar(query.with_for_update(skip_locked=True)) is not None


async def next_due(db: Db) -> datetime | None:
    """When the next one falls due."""
    query = select(func.min(reminders.c.due_at)).where(reminders.c.state == "waiting")
    found: datetime | None = await db.scalar(query)
    return found


async def finish(db: Db, reminder_id: int, state: str) -> None:
    """Marks one as `done`, `dropped`, or `held` by a freeze."""
    await db.change(reminders, reminder_id, state=state)


async def postpone(db: Db, reminder_id: int, due_at: datetime) -> None:
    """Moves one to a later time."""
    await db.change(reminders, reminder_id, due_at=due_at)


async def failed(db: Db, reminder: Reminder, again_at: datetime) -> None:
    """It could not be done: again at `again_at`, and after the fifth time never."""
    state = "waiting" if reminder.tries < 4 else "parked"
    values = {"due_at": again_at, "tries": reminder.tries + 1, "state": state}
    await db.change(reminders, reminder.id, **values)


async def release(db: Db, held: ColumnElement[bool], at: datetime) -> None:
    """What was held of these by a freeze falls due at `at`."""
    query = update(reminders).where(reminders.c.state == "held", held)
    await db.run(query.values(state="waiting", due_at=at))


async def delay(db: Db, subject_id: int, by: timedelta, *kinds: str) -> None:
    """What is to come of these kinds for a subject comes later, held or not."""
    where = (reminders.c.subject_id == subject_id, reminders.c.kind.in_(kinds))
    query = select(reminders).where(*where, reminders.c.state.in_(OPEN))
    for each in await db.all(Reminder, query):
        await db.change(reminders, each.id, state="waiting", due_at=each.due_at + by)
