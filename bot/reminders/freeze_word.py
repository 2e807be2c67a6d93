"""Everything rests: each whom it reaches is told kindly, without a word of why."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.calm import THINKING_OF_YOU
from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.reminders.paging import in_freeze
from bot.store import freezes
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Without a person it falls due for some more people; with one it tells them."""
    freeze = await freezes.by_id(db, reminder.subject_id)
    if freeze is None or freeze.state != "frozen":
        return []
    if reminder.person_id is None:
        return await in_freeze(db, now, reminder, freeze)
    if not await freezes.concerns(db, freeze, reminder.person_id):
        return []
    return [Say(reminder.person_id, THINKING_OF_YOU)]


KIND = Kind("freeze_word", due, timedelta(days=2), in_freeze=True)
