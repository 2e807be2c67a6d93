"""It is time for a round: the coordinators of every side are told, each by day."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, _, button, stacked
from bot.reminders.kinds import Kind
from bot.store import exchanges, networks, reminders, roster
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Without a person it falls due for each coordinator; with one it tells them."""
    exchange = await exchanges.by_id(db, reminder.subject_id)
    at = None if exchange is None else exchange.next_round_at
    if exchange is None or exchange.state != "open" or at is None or at > now:
        return []
    staff = [
        member
        for side in await networks.sides_of(db, exchange.network_id)
        for member in await roster.coordinators(db, side.id)
    ]
    if reminder.person_id is None:
        for member in staff:
            tag = f"{at:%Y%m%d%H%M}"
            await reminders.schedule(db, "round_due", exchange.id, now, member.person_id, tag)
        return []
    text = _("It is time for the next round of introductions.")
    ways = stacked(button(_("See the preview"), "round.in", exchange.id))
    told = any(member.person_id == reminder.person_id for member in staff)
    return [Say(reminder.person_id, text, ways)] if told else []


KIND = Kind("round_due", due, useful_for=timedelta(days=7), about="exchange")
