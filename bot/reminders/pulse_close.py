"""The time to answer a question to all sides is over: who did is told of it, some at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.reminders.paging import STEP, after
from bot.store import pulses, reminders
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Closes it, and has the next people told."""
    found = await pulses.by_id(db, reminder.subject_id, hold=True)
    if found is None:
        return []
    if found.state == "open":
        await pulses.close(db, found, now)
    some = await pulses.answered(db, found.id, after(reminder), STEP)
    for _answer, person_id in some:
        await reminders.schedule(db, pulses.RESULT, found.id, now, person_id)
    if len(some) == STEP:
        await reminders.schedule(db, pulses.CLOSES, found.id, now, tag=str(some[-1][0]))
    return []


KIND = Kind(pulses.CLOSES, due, useful_for=timedelta(days=3650), at_night=True)
