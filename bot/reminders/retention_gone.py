"""What somebody told was deleted, as they had not been there for long: a kind word, by day."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, _, paragraphs
from bot.reminders.kinds import Kind
from bot.store import retention
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(_db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Tells them, and that they can come back."""
    text = paragraphs(
        _("As I wrote to you a month ago, what you told here has now been deleted."),
        _("You are welcome back at any time: an invitation, or /join, begins anew."),
    )
    return [] if reminder.person_id is None else [Say(reminder.person_id, text)]


KIND = Kind(retention.GONE, due, useful_for=timedelta(days=60))
