"""A session of a group that is over: those who lead are asked who came."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, When, _, button, stacked
from bot.reminders.kinds import Kind
from bot.store import groups, meetings, sessions
from bot.store.db import Db
from bot.store.reminders import Reminder
from bot.together import leads


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Asks one who leads, unless it has been said."""
    session = await meetings.by_id(db, reminder.subject_id)
    if session is None or session.state not in ("agreed", "held"):
        return []
    if await sessions.marks(db, session.id):  # those who lead have begun to say it
        return []
    group = await groups.of(db, reminder.person_id or 0, session.match_id)
    if group is None or not group.me.present or not leads(group):
        return []
    text = _("Your group was to meet on {when}. Who came?", when=When(session.starts_at))
    way = button(_("Say who came"), "session.who", session.id)
    return [Say(group.me.person.id, text, stacked(way))]


KIND = Kind(name="session_who", due=due, useful_for=timedelta(days=14))
