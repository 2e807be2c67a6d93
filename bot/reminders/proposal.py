"""A proposal that came at night or on a day of rest, told when it may be."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.proposals import proposal_say
from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.store import pairings
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """The proposal, if it is still open and not answered yet."""
    if reminder.person_id is None:
        return []
    found = await pairings.of(db, reminder.person_id, reminder.subject_id)
    if found is None or found.match.state != "proposed" or found.match.expires_at <= now:
        return []
    if found.me.said.answer or not found.me.present:
        return []
    match, told = found.match, found.match.reasons or {}
    beside = await pairings.goes_on(db, found, found.me)
    return [
        proposal_say(reminder.person_id, match.id, told, match.expires_at, one_of_several=beside)
    ]


KIND = Kind("proposal", due, useful_for=timedelta(days=3))
