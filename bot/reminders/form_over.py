"""A form that is not kept for long: what was told in it so far is deleted, and nothing done."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, _
from bot.forms import OVER, left_behind
from bot.reminders.kinds import Kind
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Deletes it, open or set aside, and says so without saying what it was."""
    if not await left_behind(db, reminder.subject_id, now):
        return []
    text = _(
        "You began something here and did not finish it. I have deleted what you wrote so far. "
        "You can begin again whenever you like."
    )
    return [Say(reminder.subject_id, text)]


KIND = Kind(name=OVER, due=due, useful_for=timedelta(days=3650), in_freeze=True)
