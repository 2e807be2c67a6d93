"""The time to answer for a place in a group is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.seats import decide
from bot.store import groups
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Begins it with those who said yes, or ends it. Each is told by day: `group_news`."""
    found = await groups.held(db, reminder.subject_id)
    if found is not None and found.match.state == "proposed":
        await decide(db, found, now, over=True)
    return []


KIND = Kind("group_expiry", due, useful_for=timedelta(days=3650), at_night=True, about="match")
