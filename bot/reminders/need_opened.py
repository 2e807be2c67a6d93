"""A need of joint work is open: it falls due for each who could give, some at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.reminders.paging import STEP, after
from bot.store import audience, needs, reminders
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Has the next people told."""
    found = await needs.by_id(db, reminder.subject_id)
    if found is None or found.state != "open":
        return []
    some = await audience.some(db, found.exchange_id, after(reminder), STEP)
    for member in some:
        await reminders.schedule(db, needs.NEW, found.id, now, member.person_id)
    if len(some) == STEP:
        await reminders.schedule(db, needs.OPENED, found.id, now, tag=str(some[-1].id))
    return []


KIND = Kind(needs.OPENED, due, useful_for=timedelta(days=14), at_night=True)
