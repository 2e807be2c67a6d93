"""A session of a group an hour ahead: agreed to, so it is said at night too."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, When, _, stacked
from bot.domain.sessions import Arrangement
from bot.reminders.kinds import Kind
from bot.store import groups, meetings
from bot.store.db import Db
from bot.store.reminders import Reminder
from bot.together import to_sessions


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Reminds of the session those who have not said that they cannot come."""
    session = await meetings.by_id(db, reminder.subject_id)
    if session is None or session.state != "agreed" or session.starts_at <= now:
        return []
    group = await groups.of(db, reminder.person_id or 0, session.match_id)
    if group is None or not group.me.present:
        return []
    if Arrangement.of(session.agenda).can.get(group.me.member.id) is False:
        return []
    text = _("Your group meets soon: {when}.", when=When(session.starts_at))
    return [Say(group.me.person.id, text, stacked(to_sessions(group.match.id)))]


KIND = Kind(name="session_hour", due=due, useful_for=timedelta(hours=1), at_night=True)
