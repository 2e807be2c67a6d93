"""A session of a group a day ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, When, _, button, lines, paragraphs, stacked
from bot.domain.sessions import Arrangement
from bot.reminders.kinds import Kind
from bot.store import groups, meetings
from bot.store.db import Db
from bot.store.reminders import Reminder
from bot.together import about, bullets, to_sessions


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Reminds of the session, what it is about, and asks who has not said whether they can come."""
    session = await meetings.by_id(db, reminder.subject_id)
    if session is None or session.state != "agreed":
        return []
    group = await groups.of(db, reminder.person_id or 0, session.match_id)
    if group is None or not group.me.present or session.starts_at <= now + timedelta(minutes=30):
        return []
    points = about(group, session.number or 1, session)
    text = paragraphs(
        _("A reminder: your group meets on {when}.", when=When(session.starts_at)),
        _("<tg-spoiler>{points}</tg-spoiler>", points=lines(*bullets(points))) if points else None,
    )
    asked = Arrangement.of(session.agenda).can.get(group.me.member.id) is None
    ways = stacked(
        button(_("I can come"), "session.can", session.id, 1) if asked else None,
        button(_("I cannot come"), "session.can", session.id, 0) if asked else None,
        to_sessions(group.match.id),
    )
    return [Say(group.me.person.id, text, ways)]


KIND = Kind(name="session_day", due=due, useful_for=timedelta(hours=24))
