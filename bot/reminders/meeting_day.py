"""A meeting a day ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.calm import STILL_PLANNED
from bot.domain.replies import Say, When, _, button, paragraphs, stacked
from bot.partners import opening_of
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
    begin = _("<tg-spoiler>{opening}</tg-spoiler>", opening=await opening_of(db, pairing))
    ways = stacked(button(_("Show"), "match.show", meeting.match_id))
    return [Say(pairing.me.person.id, paragraphs(text, begin), ways)]


KIND = Kind("meeting_day", due, timedelta(hours=24), instead=STILL_PLANNED)
