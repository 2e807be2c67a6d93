"""A pause that has come to its end."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot import away
from bot.domain.replies import Say, _, button, stacked
from bot.reminders.kinds import Kind
from bot.store import networks, reminders
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Brings the member back and tells them; their partners hear of it by day: `partner_back`."""
    member = await networks.member(db, reminder.subject_id)
    if member is None or member.state != "paused":
        return []
    if member.paused_until is None or member.paused_until > now:
        return []
    for pairing in await away.comes_back(db, member, now):
        partner_id, tag = pairing.partner.person.id, f"{now:%Y%m%d%H%M%S%f}"
        await reminders.schedule(db, "partner_back", pairing.match.id, now, partner_id, tag)
    text = _("Your pause is over, and your place was kept. Would you like to go on?")
    ways = stacked(
        button(_("Yes, see where I stand"), "match.all"), button(_("Pause longer"), "pause.menu")
    )
    return [Say(member.person_id, text, ways)]


KIND = Kind(name="pause_over", due=due, useful_for=timedelta(days=3650))
