"""A circle or team has a room in Telegram: each member is told, and chooses whether to join."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, _, button, stacked
from bot.reminders.kinds import Kind
from bot.store import rooms
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Says that there is a place to talk, as long as this person may be in it."""
    room = await rooms.by_id(db, reminder.subject_id)
    person_id = reminder.person_id
    if room is None or person_id is None or not room.url:
        return []
    if not await rooms.admits(db, room, person_id):
        return []
    text = _("There is a place in Telegram now where your group can talk.")
    return [Say(person_id, text, stacked(button(_("Show"), "room.open", room.id)))]


KIND = Kind(rooms.OPEN_KIND, due, timedelta(days=7))
