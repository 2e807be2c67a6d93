"""What falls due for many: some people in a transaction, the rest in ones of their own."""

from __future__ import annotations

from datetime import datetime

from bot.domain.replies import Say
from bot.store import freezes, reminders
from bot.store.db import Db
from bot.store.freezes import Freeze
from bot.store.reminders import Reminder

STEP = 100


def after(reminder: Reminder) -> int:
    """The row the pages before ended with, as the reminder's tag has it."""
    return int(reminder.key.rpartition(":")[2] or 0)


async def in_freeze(db: Db, now: datetime, reminder: Reminder, freeze: Freeze) -> list[Say]:
    """Has the same reminder fall due for each of the next people in a freeze; says nothing."""
    kind = reminder.kind
    some = await freezes.members_of(db, freeze, after(reminder), STEP)
    for member in some:
        await reminders.schedule(db, kind, freeze.id, now, member.person_id)
    if len(some) == STEP:
        await reminders.schedule(db, kind, freeze.id, now, tag=str(some[-1].id))
    return []
