"""A proposal whose time is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.store import pairings, reminders
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Ends it; who said yes goes first next time. Each is told by day: `proposal_over`."""
    pairing = await pairings.held(db, reminder.subject_id)
    if pairing is None or pairing.match.state != "proposed":
        return []
    first = [half.member.id for half in pairing.halves if half.said.answer == "yes"]
    await pairings.end(db, pairing, "expired", now, "silence", first)
    for half in pairing.halves:
        await reminders.schedule(db, "proposal_over", pairing.match.id, now, half.person.id)
    return []


KIND = Kind("proposal_expiry", due, timedelta(days=3650), at_night=True, about="match")
