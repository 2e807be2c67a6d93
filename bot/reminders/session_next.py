"""A group without a time for its next session: those who lead are asked to find one."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, _, button, stacked
from bot.domain.sessions import all_held
from bot.reminders.kinds import Kind
from bot.store import groups, meetings, reminders, sessions
from bot.store.db import Db
from bot.store.reminders import Reminder
from bot.together import leads, numbers, to_sessions


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Asks one who leads, and again after some days, until a session is planned."""
    group = await groups.of(db, reminder.person_id or 0, reminder.subject_id)
    if group is None or group.match.state != "active" or not leads(group):
        return []
    found = numbers(await sessions.of_match(db, group.match.id), now)
    if all_held(found, group.exchange.settled.sessions):
        return []
    if await meetings.coming(db, group.match.id, now):
        return []
    later = now + timedelta(days=group.exchange.settled.session_days)
    tag = f"{later:%Y%m%d%H%M%S%f}"
    await reminders.schedule(db, sessions.PLAN, group.match.id, later, group.me.person.id, tag)
    text = _("Your group has no time for its next session yet. Would you look for one?")
    find = button(_("Find a time"), "session.times", group.match.id)
    return [Say(group.me.person.id, text, stacked(find, to_sessions(group.match.id)))]


KIND = Kind(name=sessions.PLAN, due=due, useful_for=timedelta(days=7))
