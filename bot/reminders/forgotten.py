"""Who was forgotten, or never agreed to be remembered, goes altogether once all is said."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.store import erase, forms, networks, people
from bot.store.db import Db
from bot.store.reminders import Reminder

SOON = timedelta(minutes=1)


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Forgets the person, unless they stayed; says nothing."""
    person = await people.by_id(db, reminder.subject_id)
    stays = person is None or person.consented_at is not None or person.is_owner
    if stays or await networks.memberships(db, reminder.subject_id):
        return []
    if person is not None and person.state == "hidden":
        await erase.later(db, reminder.subject_id, now + erase.UNDECIDED)
        return []
    open_form = await forms.of(db, reminder.subject_id)
    if open_form is not None and open_form.updated_at + erase.UNDECIDED > now:
        await erase.later(db, reminder.subject_id, open_form.updated_at + erase.UNDECIDED)
    elif await erase.unsaid(db, reminder.subject_id):
        await erase.later(db, reminder.subject_id, now + SOON)
    else:
        await erase.remove(db, reminder.subject_id)
    return []


KIND = Kind(name=erase.KIND, due=due, useful_for=timedelta(days=3650), at_night=True)
