"""The day before a round, to one who waits: in, skip, or pause."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, When, _, button, paragraphs, stacked
from bot.reminders.kinds import Kind
from bot.store import enrolments, exchanges, networks
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Asks, if the round is still to come and they still wait for it."""
    enrolment = await enrolments.by_id(db, reminder.subject_id)
    if enrolment is None or enrolment.state != "waiting":
        return []
    member = await networks.member(db, enrolment.member_id)
    exchange = await exchanges.by_id(db, enrolment.exchange_id)
    at = None if exchange is None else exchange.next_round_at
    if member is None or member.state != "active" or at is None or at <= now:
        return []
    tag = f"{at:%Y%m%d%H%M}"
    text = paragraphs(
        _("The next introductions are planned for {when}.", when=When(at)),
        _("Would you like to take part? If you do nothing, you are in."),
    )
    ways = stacked(
        button(_("Yes, I am in"), "next.stay", enrolment.id, tag),
        button(_("Skip this one"), "next.skip", enrolment.id, tag),
        button(_("Pause for a while"), "pause.menu"),
    )
    return [Say(member.person_id, text, ways)]


KIND = Kind("round_warning", due, useful_for=timedelta(hours=20))
