"""A task that is to be done tomorrow."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, _, button, paragraphs, stacked
from bot.reminders.kinds import Kind
from bot.store import groups, tasks
from bot.store.db import Db
from bot.store.reminders import Reminder
from bot.together import words_of


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Reminds whoever took it, if it is still theirs to do."""
    task = await tasks.by_id(db, reminder.subject_id)
    if task is None or task.state != "taken":
        return []
    group = await groups.of(db, reminder.person_id or 0, task.match_id)
    if group is None or not group.me.present or group.match.state != "active":
        return []
    if task.member_id != group.me.member.id:
        return []
    text = paragraphs(
        _("A reminder of something you took on in your group:"),
        _("<tg-spoiler>{words}</tg-spoiler>", words=words_of(group, task)),
    )
    return [Say(group.me.person.id, text, stacked(button(_("Show"), "task.show", task.id)))]


KIND = Kind(name=tasks.DUE, due=due, useful_for=timedelta(days=2))
