"""Something that somebody waits for was closed."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, _
from bot.reminders.kinds import Kind
from bot.router import go
from bot.store import enrolments, exchanges, networks
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """A kind word to who is still in line there."""
    exchange = await exchanges.by_id(db, reminder.subject_id)
    if exchange is None or exchange.state == "open" or reminder.person_id is None:
        return []
    member = await networks.membership(db, reminder.person_id, exchange.network_id)
    enrolled = member and await enrolments.of(db, member.id, exchange.id)
    if not enrolled or enrolled.state not in {"waiting", "skipping"}:
        return []
    text = _(
        "An activity you were waiting for has come to its end for now. That says nothing about "
        "you, and there is nothing you need to do. Thank you for your patience."
    )
    return [Say(reminder.person_id, text, ((go(_("Where you stand"), "match"),),))]


KIND = Kind("activity_closed", due, useful_for=timedelta(days=3))
