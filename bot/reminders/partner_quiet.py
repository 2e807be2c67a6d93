"""A partner who did not answer when both were asked about a next time."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, _, button, stacked
from bot.reminders.kinds import Kind
from bot.store import meetings, pairings
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Asks whether to wait or to be introduced to somebody new."""
    pairing = await pairings.of(db, reminder.person_id or 0, reminder.subject_id)
    if pairing is None or pairing.match.state != "active" or not pairing.me.present:
        return []
    ahead = await meetings.coming(db, pairing.match.id, now)
    if any(each.state == "agreed" for each in ahead):
        return []
    ways = stacked(
        button(_("Wait"), "match.wait", pairing.match.id),
        button(_("Somebody new"), "match.leave", pairing.match.id),
    )
    text = _("It is still quiet. Would you like to wait, or be introduced to somebody new?")
    return [Say(pairing.me.person.id, text, ways)]


KIND = Kind(name="partner_quiet", due=due, useful_for=timedelta(days=7))
