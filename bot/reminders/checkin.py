"""It is time to ask a question of many: it falls due for each, some at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.reminders.paging import STEP
from bot.store import checkins, reminders
from bot.store.checkins import Checkin
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Has it asked of the next people; after the last, settles when it is asked again."""
    found = await checkins.by_id(db, reminder.subject_id)
    if found is None or found.state != "planned":
        return []
    turn, after = map(int, reminder.key.rsplit(":", 2)[1:])
    some = await checkins.some(db, found, after, STEP)
    for member in some:
        answer_id = await checkins.ask(db, found.id, member.id, turn, now)
        await reminders.schedule(db, "checkin_ask", answer_id, now, member.person_id)
    if len(some) == STEP:
        await reminders.schedule(db, "checkin", found.id, now, tag=f"{turn}:{some[-1].id}")
    else:
        await _ended(db, found, turn)
    return []


async def _ended(db: Db, found: Checkin, turn: int) -> None:
    if not found.every_days:
        return await checkins.set_state(db, found.id, "done")
    again = found.due_at + timedelta(days=found.every_days)
    return await checkins.next_time(db, found, turn + 1, again)


KIND = Kind("checkin", due, timedelta(days=14))
