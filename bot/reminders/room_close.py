"""A circle or team is over: a last word in its room, then the bot goes and nobody is let in."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, _
from bot.reminders.kinds import Kind
from bot.store import rooms
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Takes the link back, says goodbye and leaves, in this order."""
    room = await rooms.by_id(db, reminder.subject_id)
    if room is None or room.state != "open":
        return []
    if room.url:
        await rooms.call(db, room, "revokeChatInviteLink", now, invite_link=room.url)
    await rooms.call(db, room, "leaveChat", now, last=True)
    await rooms.close(db, room)
    if room.kind == "channel":
        return []
    text = _("I am leaving this group now. Thank you, and all the best to everybody here.")
    return [Say(0, text, room=room.id)]


KIND = Kind(rooms.CLOSE_KIND, due, timedelta(days=30), at_night=True)
