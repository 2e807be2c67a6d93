"""Tasks of teams and circles: open, taken by somebody, done, or dropped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import Table, func, select

from bot.store import reminders
from bot.store.db import Db
from bot.store.tables import tasks

DUE = "task_due"
"""The kind of the reminder before a task is due; its subject is the task."""

MOST = 30
"""How many tasks a group may have open at once."""

NOTICE = timedelta(days=1)
"""So long before its day whoever took a task is reminded."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something a group has to do. `state` is open, taken (by `member_id`), done or dropped.

    `words` are a member's own, or the number of a suggestion of the group's track, from 0.
    """

    table: ClassVar[Table] = tasks
    id: int
    match_id: int
    words: str | int
    member_id: int | None
    made_by: int | None
    due_at: datetime | None
    state: str
    created_at: datetime
    done_at: datetime | None


async def add(db: Db, match_id: int, words: str | int, made_by: int, now: datetime) -> int:
    """A new task that nobody has taken yet; its id."""
    values = {"match_id": match_id, "words": words, "made_by": made_by}
    return await db.add(tasks, **values, state="open", created_at=now)


async def by_id(db: Db, task_id: int) -> Task | None:
    """The task with this row id."""
    return await db.one(Task, select(tasks).where(tasks.c.id == task_id))


async def to_do(db: Db, match_id: int) -> list[Task]:
    """A group's tasks that are open or taken, in the order they were made."""
    where = (tasks.c.match_id == match_id, tasks.c.state.in_(["open", "taken"]))
    return await db.all(Task, select(tasks).where(*where).order_by(tasks.c.id).limit(MOST))


async def done_count(db: Db, match_id: int) -> int:
    """How many tasks a group has done."""
    where = (tasks.c.match_id == match_id, tasks.c.state == "done")
    count: int = await db.scalar(select(func.count()).select_from(tasks).where(*where))
    return count


async def take(db: Db, task_id: int, member_id: int) -> None:
    """A member takes a task."""
    await db.change(tasks, task_id, state="taken", member_id=member_id)


async def give_back(db: Db, task_id: int) -> None:
    """The task is open again, without a day."""
    await db.change(tasks, task_id, state="open", member_id=None, due_at=None)
    await reminders.cancel(db, task_id, DUE)


async def set_due(db: Db, task: Task, due_at: datetime, person_id: int, now: datetime) -> None:
    """Until when whoever took a task wants to have done it; they are reminded before."""
    await db.change(tasks, task.id, due_at=due_at)
    await reminders.cancel(db, task.id, DUE)
    at = max(now, due_at - NOTICE)
    await reminders.schedule(db, DUE, task.id, at, person_id, f"{due_at:%Y%m%d%H%M%S%f}")


async def finish(db: Db, task_id: int, now: datetime) -> None:
    """The task is done."""
    await db.change(tasks, task_id, state="done", done_at=now)
    await reminders.cancel(db, task_id, DUE)


async def drop(db: Db, task_id: int) -> None:
    """The task is not to be done any more."""
    await db.change(tasks, task_id, state="dropped")
    await reminders.cancel(db, task_id, DUE)


async def give_back_all(db: Db, match_id: int, member_id: int) -> None:
    """Somebody left a group: what they took is open again."""
    for each in await to_do(db, match_id):
        if each.member_id == member_id:
            await give_back(db, each.id)
