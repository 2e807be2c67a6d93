"""Somebody has not been there for long: what they told is deleted in a month, or they stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain import retention as rules
from bot.domain.replies import Say, _, button, paragraphs, stacked
from bot.reminders.kinds import Kind
from bot.router import go
from bot.store import activity, networks
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Tells them, unless they did something since it was settled."""
    member = await networks.member(db, reminder.subject_id)
    if member is None or member.state not in activity.HERE:
        return []
    network = await networks.by_id(db, member.network_id)
    of = await activity.standing(db, member)
    still = reminder.key == activity.word_key(member, of.since)
    if network is None or not still or not rules.quiet(of, now, network.settled.keep_months):
        return []
    text = paragraphs(
        _("It has been quiet around you for a long time. Thank you for having been with us."),
        _("In a month I delete what you told here, and your place with it."),
        _("Would you like to stay? One tap is enough, and nothing changes."),
    )
    ways = stacked(
        button(_("Yes, I would like to stay"), "retention.keep", member.id),
        go(_("See what is stored"), "mydata"),
    )
    return [Say(member.person_id, text, ways)]


KIND = Kind(activity.WORD, due, useful_for=timedelta(days=3650))
