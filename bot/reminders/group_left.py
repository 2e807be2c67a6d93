"""Somebody has left a group: the others hear that, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, _, button, stacked
from bot.reminders.kinds import Kind
from bot.seats import LEFT
from bot.store import groups
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Says so to somebody who is still in it."""
    found = await groups.of(db, reminder.person_id or 0, reminder.subject_id)
    if found is None or found.match.state != "active" or not found.me.present:
        return []
    text = _("Somebody has left your group. The others go on.")
    ways = stacked(button(_("Show"), "group.show", found.match.id))
    return [Say(found.me.person.id, text, ways)]


KIND = Kind(LEFT, due, useful_for=timedelta(days=7))
