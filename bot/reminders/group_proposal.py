"""A place in a group that came up at night or on a day of rest, told when it may be."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.groups import place_say
from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.store import groups
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """The place, if it is still open and they have not answered yet."""
    found = await groups.of(db, reminder.person_id or 0, reminder.subject_id)
    if found is None or found.match.state != "proposed" or found.match.expires_at <= now:
        return []
    if not found.me.place.open or not found.me.present:
        return []
    match, exchange = found.match, found.exchange
    told = (exchange.format, exchange.settled, match.reasons or {}, match.expires_at)
    return [place_say(found.me.person.id, match.id, *told, leads=found.me.leads)]


KIND = Kind("group_proposal", due, useful_for=timedelta(days=3))
