"""A partner who did not answer when both were asked about a next time."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Rows, Say, Text, _, button, stacked
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
    several = await pairings.has_several(db, pairing.me.person.id)
    return [Say(pairing.me.person.id, *(_one_quiet if several else _quiet)(pairing.match.id))]


def _quiet(match_id: int) -> tuple[Text, Rows]:
    text = _("It is still quiet. Would you like to wait, or be introduced to somebody new?")
    return text, stacked(
        button(_("Wait"), "match.wait", match_id),
        button(_("Somebody new"), "match.leave", match_id),
    )


def _one_quiet(match_id: int) -> tuple[Text, Rows]:
    """The same to who has several partners; who it is shows behind a button."""
    text = _("It is still quiet with one of your partners. Would you like to wait, or end this?")
    return text, stacked(
        button(_("Show"), "match.show", match_id),
        button(_("Wait"), "match.wait", match_id),
        button(_("End this introduction"), "match.leave", match_id),
    )


KIND = Kind(name="partner_quiet", due=due, useful_for=timedelta(days=7))
