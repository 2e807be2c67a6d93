"""What somebody who hides asked to be reminded of."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, _
from bot.reminders.kinds import Kind
from bot.store import covers
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Reminds them, once; nothing where it is done, or they came back."""
    note = await covers.note_of(db, reminder.subject_id)
    if note is None:
        return []
    await covers.drop(db, note.id)
    return [Say(note.person_id, _("⏰ {words}", words=note.words), hidden=True)]


KIND = Kind("note", due, useful_for=timedelta(days=7), at_night=True, in_freeze=True)
