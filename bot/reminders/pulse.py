"""A question to all sides is open: it falls due for each of its people, some at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.reminders.paging import STEP, after
from bot.store import audience, exchanges, pulses, reminders
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Has the next people asked."""
    found = await pulses.by_id(db, reminder.subject_id)
    if found is None or not found.open_at(now):
        return []
    exchange = await exchanges.by_id(db, found.exchange_id)
    if exchange is None or exchange.state != "open":
        return []
    some = await audience.some(db, found.exchange_id, after(reminder), STEP)
    for member in some:
        await reminders.schedule(db, pulses.ASK, found.id, now, member.person_id)
    if len(some) == STEP:
        await reminders.schedule(db, pulses.ASKS, found.id, now, tag=str(some[-1].id))
    return []


KIND = Kind(pulses.ASKS, due, useful_for=timedelta(days=14), at_night=True)
