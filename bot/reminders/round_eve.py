"""The day before a round: everybody who waits is to be asked, each at an hour that suits them."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.store import exchanges, reminders, roster
from bot.store.db import Db
from bot.store.reminders import Reminder

STEP = 200
"""How many people are taken on in one transaction; the rest follow in one of their own."""


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Has a `round_warning` fall due for each who waits, some at a time; says nothing itself."""
    exchange = await exchanges.by_id(db, reminder.subject_id)
    at = None if exchange is None else exchange.next_round_at
    if exchange is None or exchange.state != "open" or at is None or at <= now:
        return []
    tag = f"{at:%Y%m%d%H%M}"
    after = int(reminder.key.partition(">")[2] or 0)
    some = await roster.to_be_warned(db, exchange.id, after, STEP)
    for enrolment_id, person_id in some:
        await reminders.schedule(db, "round_warning", enrolment_id, now, person_id, tag)
    if len(some) == STEP:
        await reminders.schedule(db, "round_eve", exchange.id, now, tag=f"{tag}>{some[-1][0]}")
    return []


KIND = Kind("round_eve", due, useful_for=timedelta(hours=20), at_night=True, about="exchange")
