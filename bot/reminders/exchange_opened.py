"""An exchange has opened: who could take part is to be told, each at an hour that suits them."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.store import enrolments, exchanges, reminders
from bot.store.db import Db
from bot.store.reminders import Reminder

PAGE = 200


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Has a `new_activity` fall due for a page of people, and itself for the next page."""
    exchange = await exchanges.by_id(db, reminder.subject_id)
    if exchange is None or exchange.state != "open":
        return []
    told, after = reminder.key.split(":")[-2:]
    some = await enrolments.could_join(db, exchange, int(after or 0), PAGE)
    for member in some:
        await reminders.schedule(db, "new_activity", exchange.id, now, member.person_id)
    if len(some) == PAGE:
        tag = f"{told}:{some[-1].id}"
        await reminders.schedule(db, "exchange_opened", exchange.id, now, tag=tag)
    return []


KIND = Kind("exchange_opened", due, useful_for=timedelta(days=3), at_night=True, about="exchange")
