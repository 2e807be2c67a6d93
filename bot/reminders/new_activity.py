"""Something new that somebody could take part in."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, _, button, stacked
from bot.reminders.kinds import Kind
from bot.store import enrolments, exchanges, networks
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Tells of it who still could and has not looked at it yet."""
    exchange = await exchanges.by_id(db, reminder.subject_id)
    if exchange is None or exchange.state != "open" or reminder.person_id is None:
        return []
    member = await networks.membership(db, reminder.person_id, exchange.network_id)
    if member is None or member.state != "active" or not enrolments.open_to(member.role, exchange):
        return []
    if await enrolments.of(db, member.id, exchange.id):
        return []
    text = _("There is something new that you could take part in.")
    ways = stacked(button(_("Show"), "activities.show", exchange.id))
    return [Say(reminder.person_id, text, ways)]


KIND = Kind("new_activity", due, useful_for=timedelta(days=3))
