"""The clocks of proposals stood still in a freeze: there is so much longer to answer them."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.reminders.paging import STEP, after
from bot.store import freezes, reminders
from bot.store.db import Db
from bot.store.reminders import Reminder

CLOCKS = ("proposal_expiry", "proposal_nudge", "group_expiry", "group_nudge")


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Moves the next proposals by as long as they rested; says nothing itself."""
    freeze = await freezes.by_id(db, reminder.subject_id)
    if freeze is None or freeze.step < freezes.RESUMED:
        return []
    some = await freezes.proposals_in(db, freeze, after(reminder), STEP)
    for each in some:
        by = freezes.length(freeze, each.proposed_at)
        await freezes.extend(db, each, by)
        await reminders.delay(db, each.id, by, *CLOCKS)
    if len(some) == STEP:
        await reminders.schedule(db, KIND.name, freeze.id, now, tag=str(some[-1].id))
    else:  # only then: what has been held of a proposal must not come before its clock is set
        await reminders.schedule(db, "thaw_people", freeze.id, now)
    return []


KIND = Kind("thaw_proposals", due, timedelta(days=3650), at_night=True)
