"""How a proposal of a group ended, or that a group is over: told to each by day."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.pauses import pause_or_stay
from bot.domain.replies import Say, Value, _, button, paragraphs, stacked
from bot.reminders.kinds import Kind
from bot.seats import NEWS, NOT_NOW_FIRST, people
from bot.store import groups
from bot.store.db import Db
from bot.store.groups import BY_HAND, Group
from bot.store.reminders import Reminder

LATE = _(
    "The time to answer the place we suggested in a group is over, and that is all right. "
    "Would you like to pause for a while?"
)


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """What somebody who was asked for a place should know."""
    found = await groups.of(db, reminder.person_id or 0, reminder.subject_id, out=True)
    if found is None or not found.me.present or found.me.said.answer in ("no", "left"):
        return []
    return [_said(found)]


def _said(found: Group) -> Say:
    person_id, state = found.me.person.id, found.match.state
    if state == "closed":
        return Say(person_id, ENDED if found.match.why == BY_HAND else OVER)
    if not found.me.place.taken and state in ("active", "expired"):
        return Say(person_id, LATE, pause_or_stay())
    if state == "active":
        ways = stacked(button(_("Show"), "group.show", found.match.id))
        return Say(person_id, _begins(found), ways)
    return Say(person_id, NOT_NOW_FIRST if found.me.place.taken else NOT_NOW)


def _begins(found: Group) -> Value:
    begins = _("Your circle begins: enough people have taken their place.")
    if found.exchange.format == "team":
        begins = _("Your team begins: enough people have taken their place.")
    follows = _("Those who lead it look for a time to meet. I will tell you.")
    return paragraphs(begins, people(found), follows)


NOT_NOW = _(
    "The group we suggested will not begin this time. "
    "You need not do anything: your place in line is kept."
)
ENDED = _(
    "A coordinator has ended a group you were in. That says nothing about you. "
    "You will be among the first when we try again."
)
OVER = _(
    "A group you were in has ended, as too few people were left. That says nothing about you. "
    "You will be among the first when we try again."
)

KIND = Kind(NEWS, due, useful_for=timedelta(days=7))
