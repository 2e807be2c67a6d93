"""Members on a pause, and back from one."""

from __future__ import annotations

from datetime import datetime

from bot.store import reminders, roster
from bot.store.db import Db
from bot.store.networks import Member

KIND = "pause_over"


async def begin(db: Db, member: Member, until: datetime | None, state: str) -> None:
    """An active member is "paused" by their own wish, until a date if there is one, or "held"."""
    await reminders.cancel(db, member.id, KIND)
    await roster.set_state(db, member.id, state, until)
    if until is not None:
        tag = f"{until:%Y%m%d%H%M%S%f}"
        await reminders.schedule(db, KIND, member.id, until, member.person_id, tag)


async def finish(db: Db, member: Member) -> None:
    """A paused or held member is back."""
    await reminders.cancel(db, member.id, KIND)
    await roster.set_state(db, member.id, "active")
