"""A proposal somebody has not answered for a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, When, _, button, stacked
from bot.reminders.kinds import Kind
from bot.store import pairings
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Says once that an answer is awaited, if it still is."""
    pairing = await pairings.of(db, reminder.person_id or 0, reminder.subject_id)
    if pairing is None or pairing.match.state != "proposed":
        return []
    if pairing.me.said.answer or not pairing.me.present:
        return []
    until = When(pairing.match.expires_at)
    text = _("There is somebody you could meet. Your answer is awaited until {when}.", when=until)
    ways = stacked(button(_("Show"), "match.show", pairing.match.id))
    return [Say(pairing.me.person.id, text, ways)]


KIND = Kind(name="proposal_nudge", due=due, useful_for=timedelta(days=2))
