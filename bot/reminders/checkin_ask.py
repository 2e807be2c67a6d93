"""A question to one person, by day."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.check_buttons import question_say
from bot.domain.checkins import asked
from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.store import checkins, networks, people
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Asks, if it is still meant."""
    row = await checkins.answer(db, reminder.subject_id)
    found = None if row is None else await checkins.by_id(db, row.checkin_id)
    if row is None or found is None or row.state != "asked" or found.state == "stopped":
        return []
    member = await networks.member(db, row.member_id)
    person = None if member is None else await people.by_id(db, member.person_id)
    if member is None or person is None or member.state != "active":
        return []
    if await checkins.asked_since(db, row) or await checkins.wants_none(db, member.id):
        return []
    question = asked(found.kind, found.words, person.language)
    return [question_say(person.id, row.id, found.kind, question)]


KIND = Kind("checkin_ask", due, timedelta(days=7))
