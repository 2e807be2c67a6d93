"""A session of a group that is over: how was it?"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, When, _, button, in_rows
from bot.reminders.kinds import Kind
from bot.store import groups, logs, meetings
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Asks a member whether they were there, if they have not said so already."""
    session = await meetings.by_id(db, reminder.subject_id)
    if session is None or session.state not in ("agreed", "held"):
        return []
    group = await groups.of(db, reminder.person_id or 0, session.match_id)
    if group is None or not group.me.present:
        return []
    if await logs.of_member(db, session.id, group.me.member.id):
        return []
    text = _("Your group was to meet on {when}. Were you there?", when=When(session.starts_at))
    answers = (
        button(_("Yes"), "session.met", session.id, "yes"),
        button(_("No"), "session.met", session.id, "no"),
    )
    return [Say(group.me.person.id, text, in_rows(answers, 2))]


KIND = Kind(name="session_log", due=due, useful_for=timedelta(days=14))
