"""A point of a programme a day ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, When, _, button, stacked
from bot.reminders.kinds import Kind
from bot.store import pairings, programme
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Reminds of the point, if it still stands."""
    item = await programme.by_id(db, reminder.subject_id)
    if item is None or item.state != "agreed" or item.starts_at <= now:
        return []
    pairing = await pairings.of(db, reminder.person_id or 0, item.match_id)
    if pairing is None or pairing.match.state != "active" or not pairing.me.present:
        return []
    text = _("A reminder: something of your programme is on {when}.", when=When(item.starts_at))
    ways = stacked(button(_("See the programme"), "programme.show", item.match_id))
    return [Say(pairing.me.person.id, text, ways)]


KIND = Kind(name="programme_day", due=due, useful_for=timedelta(hours=20))
