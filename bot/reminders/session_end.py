"""Some days after the last session of a group: it is over, whoever said what of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.store import groups, sessions
from bot.store.db import Db
from bot.store.reminders import Reminder
from bot.together import finished


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Ends it with thanks, if it has had all its sessions."""
    group = await groups.held(db, reminder.subject_id)
    return [] if group is None else await finished(db, group, now) or []


KIND = Kind(name=sessions.END, due=due, useful_for=timedelta(days=60))
