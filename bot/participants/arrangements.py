"""A meeting both agreed to: the file for their calendars, and what will remind them."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from icalendar import Calendar, Event

from bot.domain.replies import File, Say, When, _, button, stacked
from bot.i18n import Tongue
from bot.router import Turn
from bot.store import meetings, pairings, reminders
from bot.store.meetings import Meeting
from bot.store.pairings import Half, Pairing

TITLE = _("Conversation")


async def arranged(turn: Turn, pairing: Pairing, meeting: Meeting) -> list[Say]:
    """Makes a proposed meeting the agreed one, in place of any other, and tells both."""
    db = turn.db
    others = await meetings.coming(db, meeting.match_id, turn.now)
    await pairings.forget_meetings(db, [each for each in others if each.id != meeting.id])
    await meetings.set_state(db, meeting.id, "agreed")
    for half in pairing.halves:
        await _remind(turn, half, meeting)
    await pairings.stirred(db, pairing, turn.now)
    return [_told(half, meeting, turn.now) for half in pairing.halves if half.present]


async def _remind(turn: Turn, half: Half, meeting: Meeting) -> None:
    start = meeting.starts_at
    due = {
        "meeting_day": start - timedelta(days=1),
        "meeting_hour": start - timedelta(hours=1),
        "meeting_log": start + timedelta(minutes=meeting.minutes + 10),
    }
    for kind, at in due.items():
        if at > turn.now:
            await reminders.schedule(turn.db, kind, meeting.id, at, half.person.id)


def _told(half: Half, meeting: Meeting, now: datetime) -> Say:
    text = _(
        "It is agreed: you meet on {when}. The file is for your calendar and names nobody. "
        "I will remind you before it begins.",
        when=When(meeting.starts_at),
    )
    ways = stacked(
        button(_("Write about where and how"), "relay.write", meeting.match_id),
        button(_("Show"), "match.show", meeting.match_id),
    )
    title = Tongue(half.person.language).label(TITLE)
    file = File("meeting.ics", event_file(meeting, title, now))
    return Say(half.person.id, text, ways, file=file)


def event_file(meeting: Meeting, title: str, now: datetime) -> bytes:
    """The meeting as iCalendar (RFC 5545): a title that says little, times in UTC, no names."""
    event = Event()
    event.add("summary", title)
    event.add("uid", str(uuid5(NAMESPACE_OID, str(meeting.id))))
    event.add("dtstamp", now.replace(microsecond=0))
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + timedelta(minutes=meeting.minutes))
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data
