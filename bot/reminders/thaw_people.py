"""What a freeze has held for people comes after it, some people a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.reminders.paging import STEP, after
from bot.store import freezes, reminders
from bot.store.db import Db
from bot.store.reminders import Reminder
from bot.store.tables import reminders as rows

APART = timedelta(minutes=1)


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Lets go of what was held for the next people; says nothing itself."""
    freeze = await freezes.by_id(db, reminder.subject_id)
    if freeze is None or freeze.step < freezes.RESUMED:
        return []
    some = await freezes.members_of(db, freeze, after(reminder), STEP)
    whose = [member.person_id for member in some]
    await reminders.release(db, rows.c.person_id.in_(whose), now)
    if len(some) == STEP:
        tag = str(some[-1].id)
        await reminders.schedule(db, KIND.name, freeze.id, now + APART, tag=tag)
    else:  # those who moved away meanwhile; for whom it still rests, it is held again
        await reminders.release(db, rows.c.person_id.in_(freezes.people_of(freeze)), now)
    return []


KIND = Kind("thaw_people", due, timedelta(days=3650), at_night=True)
