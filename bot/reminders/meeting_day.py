"""A meeting a day ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, When, _, button, stacked
from bot.reminders.kinds import Kind
from bot.store import meetings, pairings
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Reminds of the meeting, if it still stands."""
    meeting = await meetings.by_id(db, reminder.subject_id)
    if (
        meeting is None
        or meeting.state != "agreed"
        or meeting.starts_at <= now + timedelta(minutes=30)
    ):
        return []
    pairing = await pairings.of(db, reminder.person_id or 0, meeting.match_id)
    if pairing is None or not pairing.me.present:
        return []
    text = _("A reminder: you have a conversation on {when}.", when=When(meeting.starts_at))
    ways = stacked(button(_("Show"), "match.show", meeting.match_id))
    return [Say(pairing.me.person.id, text, ways)]


KIND = Kind(name="meeting_day", due=due, useful_for=timedelta(hours=24))
