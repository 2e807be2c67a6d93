"""A story was taken back while its post was on its way: if it arrived all the same, it goes."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.store import stories
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Takes it out of the channel."""
    await stories.take_out(db, reminder.subject_id, now)
    return []


KIND = Kind(stories.OUT, due, timedelta(days=3650), at_night=True, in_freeze=True)
