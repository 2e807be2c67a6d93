"""The day before a round: everybody who waits is to be asked, each at an hour that suits them."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.store import exchanges, reminders
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Has a `round_warning` fall due for each who waits; says nothing itself."""
    exchange = await exchanges.by_id(db, reminder.subject_id)
    at = None if exchange is None else exchange.next_round_at
    if exchange is None or exchange.state != "open" or at is None or at <= now:
        return []
    for enrolment, member in await exchanges.waiting(db, exchange.id):
        tag = f"{at:%Y%m%d%H%M}"
        await reminders.schedule(db, "round_warning", enrolment.id, now, member.person_id, tag)
    return []


KIND = Kind("round_eve", due, useful_for=timedelta(hours=20), at_night=True)
