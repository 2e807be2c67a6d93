"""Who hides, by which word they come back, and what they want to be reminded of meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Table, delete, select, update

from bot.store import queues
from bot.store.db import Db, new_id
from bot.store.tables import covers, notes, people

NOTES = 50
"""What one person can have noted at a time."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The words of the person of this row id, the newest first: each brings them back.

    `own` where they chose them; `hidden_at` is when they hid, while they do.
    """

    table: ClassVar[Table] = covers
    id: int
    words: list[str]
    own: bool
    hidden_at: datetime | None


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be reminded of; `due_at` is None until it was said when."""

    table: ClassVar[Table] = notes
    id: int
    person_id: int
    words: str
    due_at: datetime | None


async def of(db: Db, person_id: int) -> Cover | None:
    """What this person has prepared."""
    return await db.one(Cover, select(covers).where(covers.c.id == person_id))


async def choose(db: Db, person_id: int, *words: str, own: bool = True) -> None:
    """They come back by any of these words."""
    values = {"words": list(words), "own": own}
    if await of(db, person_id) is None:
        await db.add(covers, id=person_id, **values)
    else:
        await db.change(covers, person_id, **values)


async def hide(db: Db, person_id: int, now: datetime) -> None:
    """They hide: what waits to be said to them is not said."""
    await db.change(covers, person_id, hidden_at=now)
    await db.change(people, person_id, state="hidden")
    await queues.undeliverable_to(db, person_id)


async def come_back(db: Db, person_id: int) -> None:
    """They are here again, and what they noted meanwhile is forgotten."""
    await db.run(delete(notes).where(notes.c.person_id == person_id))
    made = (covers.c.id == person_id, covers.c.own.is_(False))
    await db.run(delete(covers).where(*made))  # the number of a note holds once
    await db.change(covers, person_id, hidden_at=None)
    back = update(people).where(people.c.id == person_id, people.c.state == "hidden")
    await db.run(back.values(state="here"))


async def note(db: Db, person_id: int, words: str) -> int | None:
    """Something to be reminded of; its id, None where there is too much already."""
    if len(await noted(db, person_id)) >= NOTES:
        return None
    id_ = new_id()
    await db.add(notes, id=id_, person_id=person_id, words=words)
    return id_


async def noted(db: Db, person_id: int) -> list[Note]:
    """What they noted, in its order."""
    query = select(notes).where(notes.c.person_id == person_id)
    return await db.all(Note, query.order_by(notes.c.due_at, notes.c.id))


async def note_of(db: Db, note_id: int) -> Note | None:
    """The note with this row id."""
    return await db.one(Note, select(notes).where(notes.c.id == note_id))


async def set_due(db: Db, note_id: int, due_at: datetime) -> None:
    """When they are reminded of it."""
    await db.change(notes, note_id, due_at=due_at)


async def drop(db: Db, note_id: int) -> None:
    """It is done."""
    await db.run(delete(notes).where(notes.c.id == note_id))


async def forget(db: Db, person_id: int) -> None:
    """Nothing of it is kept."""
    await db.run(delete(notes).where(notes.c.person_id == person_id))
    await db.run(delete(covers).where(covers.c.id == person_id))
