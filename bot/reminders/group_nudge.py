"""A place in a group somebody has not answered for a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, When, _, button, stacked
from bot.reminders.kinds import Kind
from bot.store import groups
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Says once that an answer is awaited, if it still is."""
    found = await groups.of(db, reminder.person_id or 0, reminder.subject_id)
    if found is None or found.match.state != "proposed":
        return []
    if not found.me.place.open or not found.me.present:
        return []
    until = When(found.match.expires_at)
    text = _(
        "There is a place in a group for you. Your answer is awaited until {when}.", when=until
    )
    ways = stacked(button(_("Show"), "group.show", found.match.id))
    return [Say(found.me.person.id, text, ways)]


KIND = Kind("group_nudge", due, useful_for=timedelta(days=2))
