"""A question to all sides, put to one person by day; what it says is shown once they ask for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, _, button, stacked
from bot.reminders.kinds import Kind
from bot.store import pulses
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Tells of it, while it can be answered."""
    found = await pulses.by_id(db, reminder.subject_id)
    if found is None or not found.open_at(now) or reminder.person_id is None:
        return []
    if await pulses.asks(db, found, reminder.person_id) is None:
        return []
    text = _("There is a short question for you. It takes a minute, and you need not answer.")
    ways = stacked(button(_("Show"), "pulse.show", found.id))
    return [Say(reminder.person_id, text, ways)]


KIND = Kind(pulses.ASK, due, useful_for=timedelta(days=14))
