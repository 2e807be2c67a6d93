"""It could go on: each whom a freeze reached is told so, and chooses for themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.calm import COULD_GO_ON
from bot.domain.replies import Say, _, button, stacked
from bot.reminders.kinds import Kind
from bot.reminders.paging import in_freeze
from bot.store import freezes
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Without a person it falls due for some more people; with one it asks them."""
    freeze = await freezes.by_id(db, reminder.subject_id)
    if freeze is None or freeze.state == "frozen":
        return []
    if reminder.person_id is None:
        return await in_freeze(db, now, reminder, freeze)
    if not await freezes.concerns(db, freeze, reminder.person_id):
        return []
    ways = stacked(
        button(_("I would like to go on"), "rest.ready"),
        button(_("I need more time"), "pause.menu"),
    )
    return [Say(reminder.person_id, COULD_GO_ON, ways)]


KIND = Kind("thaw_word", due, timedelta(days=14), in_freeze=True)
