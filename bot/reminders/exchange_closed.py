"""An exchange was closed: who waits in it is to be told, each at an hour that suits them."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.store import exchange_settings, exchanges, reminders
from bot.store.db import Db
from bot.store.reminders import Reminder

PAGE = 200


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Has an `activity_closed` fall due for a page of people, and itself for the next page."""
    exchange = await exchanges.by_id(db, reminder.subject_id)
    if exchange is None or exchange.state == "open":
        return []
    closing, after = reminder.key.split(":")[-2:]
    some = await exchange_settings.who_waits(db, exchange.id, int(after), PAGE)
    for each in some:
        about = (exchange.id, now, each.person_id)
        await reminders.schedule(db, "activity_closed", *about, tag=closing)
    if len(some) == PAGE:
        tag = f"{closing}:{some[-1].id}"
        await reminders.schedule(db, "exchange_closed", exchange.id, now, tag=tag)
    return []


KIND = Kind("exchange_closed", due, useful_for=timedelta(days=3), at_night=True, about="exchange")
