"""A partner whose pause has come to its end: told by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot import away
from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.store import pairings
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Says that they are back, if both are still there."""
    pairing = await pairings.of(db, reminder.person_id or 0, reminder.subject_id)
    if pairing is None or pairing.match.state != "active" or not pairing.partner.present:
        return []
    return await away.back(db, [replace(pairing, me=pairing.partner, partner=pairing.me)])


KIND = Kind(name="partner_back", due=due, useful_for=timedelta(days=7))
