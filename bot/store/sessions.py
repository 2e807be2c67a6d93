"""Sessions of circles and teams: meetings with a number, an arrangement, and who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import Table, select

from bot.domain.sessions import Arrangement
from bot.store import meetings, reminders
from bot.store.db import Db
from bot.store.groups import Group, Seat
from bot.store.meetings import Meeting
from bot.store.tables import attendance
from bot.store.tables import meetings as rows

TO_COME = ("session_day", "session_hour")
AFTER = ("session_log", "session_who")
REMINDERS = (*TO_COME, *AFTER)
"""The reminders of a session; their subject is the meeting."""

PLAN, END = "session_next", "session_end"
"""The reminders that the next session is to be planned, and that the last is over, of a match."""

ENDS_AFTER = timedelta(days=3)
"""So long after its last session a group is over, whether its leads said who came or not."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Whether a member came to a session, as one of its leads says."""

    table: ClassVar[Table] = attendance
    id: int
    meeting_id: int
    member_id: int
    came: bool
    by_id: int | None
    at: datetime


async def of_match(db: Db, match_id: int) -> list[Meeting]:
    """A circle's or team's sessions but the cancelled ones, by their time."""
    return [each for each in await meetings.of_match(db, match_id) if each.number is not None]


async def propose(
    db: Db, match_id: int, number: int, starts_at: datetime, minutes: int, by: int, now: datetime
) -> Meeting:
    """A time for a session, by a lead, in place of any other that nobody has agreed to."""
    await meetings.cancel_proposed(db, match_id)
    meeting_id = await meetings.add(db, match_id, "proposed", starts_at, minutes, by, now)
    arranged = Arrangement(agreed=frozenset([by]))
    await db.change(rows, meeting_id, number=number, agenda=arranged.as_json())
    found = await meetings.by_id(db, meeting_id)
    if found is None:
        raise LookupError(f"meeting {meeting_id} is gone")
    return found


async def arrange(db: Db, meeting_id: int, arranged: Arrangement) -> None:
    """What is known of a session from now on."""
    await db.change(rows, meeting_id, agenda=arranged.as_json())


async def cancel(db: Db, meeting_id: int) -> None:
    """The session does not take place, and nothing reminds of it."""
    await meetings.set_state(db, meeting_id, "cancelled")
    await reminders.cancel(db, meeting_id, *REMINDERS)


async def marks(db: Db, meeting_id: int) -> dict[int, bool]:
    """Who came to a session and who didn't, by member, as far as its leads have said."""
    query = select(attendance).where(attendance.c.meeting_id == meeting_id)
    return {each.member_id: each.came for each in await db.all(Mark, query)}


async def mark(
    db: Db, meeting_id: int, member_id: int, by: int, now: datetime, *, came: bool
) -> None:
    """A lead says whether a member came; the last word counts."""
    where = (attendance.c.meeting_id == meeting_id, attendance.c.member_id == member_id)
    known = await db.one(Mark, select(attendance).where(*where))
    values = {"came": came, "by_id": by, "at": now}
    if known is None:
        await db.add(attendance, meeting_id=meeting_id, member_id=member_id, **values)
    else:
        await db.change(attendance, known.id, **values)


def leaders(group: Group) -> list[Seat]:
    """Those who plan a group's sessions: who leads it and is here, or else everybody who is."""
    here = [each for each in group.seats if each.present]
    return [each for each in here if each.leads] or here


async def ask_to_plan(db: Db, group: Group, at: datetime) -> None:
    """Has those who lead a group plan its next session, unless they have by then."""
    for each in leaders(group):
        tag = f"{at:%Y%m%d%H%M%S%f}"
        await reminders.schedule(db, PLAN, group.match.id, at, each.person.id, tag)


async def remind(db: Db, group: Group, session: Meeting, now: datetime) -> None:
    """Has everybody reminded of a session that was agreed, and asked about it afterwards."""
    end = session.starts_at + timedelta(minutes=session.minutes)
    due = {
        "session_day": session.starts_at - timedelta(days=1),
        "session_hour": session.starts_at - timedelta(hours=1),
        "session_log": end + timedelta(minutes=10),
    }
    for seat in group.seats:
        for kind, at in due.items():
            if at > now:
                await reminders.schedule(db, kind, session.id, at, seat.person.id)
    for seat in leaders(group):
        await reminders.schedule(db, "session_who", session.id, end, seat.person.id)
    await ask_to_plan(db, group, end + timedelta(days=1))
    await reminders.schedule(db, END, group.match.id, end + ENDS_AFTER, tag=str(session.id))
