"""A meeting that is over: how was it?"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, When, _, button, in_rows, stacked
from bot.reminders.kinds import Kind
from bot.store import logs, meetings, pairings
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Asks a member whether they met, if they have not said so already."""
    meeting = await meetings.by_id(db, reminder.subject_id)
    if meeting is None or meeting.state in {"proposed", "cancelled"}:
        return []
    pairing = await pairings.of(db, reminder.person_id or 0, meeting.match_id)
    if pairing is None or not pairing.me.present:
        return []
    if await logs.of_member(db, meeting.id, pairing.me.member.id):
        return []
    text = _(
        "You had a conversation planned for {when}. Did you meet?", when=When(meeting.starts_at)
    )
    answers = (
        button(_("Yes"), "log.met", meeting.id, "yes"),
        button(_("No"), "log.met", meeting.id, "no"),
    )
    several = await pairings.has_several(db, pairing.me.person.id)
    show = stacked(button(_("Show"), "match.show", pairing.match.id) if several else None)
    return [Say(pairing.me.person.id, text, (*in_rows(answers, 2), *show))]


KIND = Kind(name="meeting_log", due=due, useful_for=timedelta(days=14))
