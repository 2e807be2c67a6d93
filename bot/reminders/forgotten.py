"""Who was forgotten, or never agreed to be remembered, goes altogether once all is said."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.store import erase, forms, networks, people, reminders
from bot.store.db import Db
from bot.store.reminders import Reminder

NAME = "forgotten"
UNDECIDED = timedelta(days=7)
"""How long somebody may think about what they were asked to agree to."""

SOON = timedelta(minutes=1)


async def later(db: Db, person_id: int, at: datetime) -> None:
    """Has a person who has not agreed to anything by then forgotten."""
    await reminders.schedule(db, NAME, person_id, at, tag=f"{at:%Y%m%d%H%M%S%f}")


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Forgets the person, unless they stayed; says nothing."""
    person = await people.by_id(db, reminder.subject_id)
    stays = person is None or person.consented_at is not None or person.is_owner
    if stays or await networks.memberships(db, reminder.subject_id):
        return []
    open_form = await forms.of(db, reminder.subject_id)
    if open_form is not None and open_form.updated_at + UNDECIDED > now:
        await later(db, reminder.subject_id, open_form.updated_at + UNDECIDED)
    elif await erase.unsaid(db, reminder.subject_id):
        await later(db, reminder.subject_id, now + SOON)
    else:
        await erase.remove(db, reminder.subject_id)
    return []


KIND = Kind(name=NAME, due=due, useful_for=timedelta(days=3650), at_night=True)
