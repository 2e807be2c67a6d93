"""A time for a session: suggested, proposed by one who leads, agreed to by those of each side."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby

from bot.domain.calendar import local_day
from bot.domain.calm import RESTS
from bot.domain.limits import CANCELS, PROPOSALS
from bot.domain.meetings import Plan, obstacle, open_times
from bot.domain.replies import (
    File,
    Rows,
    Say,
    Text,
    WeekdayName,
    When,
    ZoneName,
    _,
    button,
    in_rows,
    paragraphs,
    stacked,
)
from bot.domain.sessions import Arrangement, settled, suiting_most
from bot.i18n import Tongue
from bot.participants.arrangements import TITLE, event_file
from bot.participants.plans import hour_buttons, party
from bot.participants.sessions import screen, session_ahead
from bot.router import Routes, Turn, too_old
from bot.store import freezes, meetings, sessions
from bot.store import kept as kept_by
from bot.store.groups import Group, Seat
from bot.store.meetings import Meeting
from bot.together import in_group, leads, next_number, tell, to_sessions, with_back

TOO_LATE = _("That time no longer suits everybody. Please choose another.")


async def _leading(turn: Turn, match_id: int) -> Group | list[Say]:
    """The group, if this person plans its sessions; else what to say instead."""
    group = await in_group(turn, match_id)
    if isinstance(group, list):
        return group
    return await _rests(turn, group) or group


async def _rests(turn: Turn, group: Group) -> list[Say]:
    """What to say where this person plans nothing now: a freeze on anybody here holds it all."""
    if not leads(group):
        return [too_old(turn)]
    for each in group.seats:
        if await freezes.of_person(turn.db, each.person.id):
            return [turn.say(RESTS, with_back(group.match.id))]
    return []


async def _plan(turn: Turn, group: Group) -> Plan:
    """What a session has to suit: everybody who is here, their calendars, what they agreed to."""
    here = [group.me, *group.present]
    ids = [each.member.id for each in here]
    taken = tuple(
        (each.starts_at, each.starts_at + timedelta(minutes=each.minutes))
        for each in await meetings.agreed_by(turn.db, ids, turn.now)
        if each.match_id != group.match.id
    )
    kept = await kept_by.of_members(turn.db, ids)
    parties = [party(each, kept.get(each.member.id, frozenset())) for each in here]
    them = parties[1] if len(parties) > 1 else parties[0]
    return Plan(parties[0], them, group.policy, taken, tuple(parties[2:]))


async def times(turn: Turn, match_id: int) -> list[Say]:
    """Times that suit everybody, or as many as can be."""
    group = await _leading(turn, match_id)
    if isinstance(group, list):
        return group
    plan = await _plan(turn, group)
    found, most = suiting_most(plan, turn.now)
    city = ZoneName(turn.me.zone or "UTC")
    text = _suit(most, len(plan.all)) if found else _("I found no time that is open to everybody.")
    rows = hour_buttons(match_id, found, action="session.at")
    days = button(_("Another day or hour"), "session.days", match_id) if found else None
    clock = _("They are in {city} time.", city=city) if found else None
    return [turn.say(paragraphs(text, clock), (*rows, *with_back(match_id, days)), edit=True)]


def _suit(most: int, many: int) -> Text:
    if most == many:
        return _("These times suit everybody.")
    return _("No time suits everybody. These suit {n} of {many}.", n=most, many=many)


async def days(turn: Turn, match_id: int) -> list[Say]:
    """The days on which everybody could meet, whether they ticked them or not."""
    group = await _leading(turn, match_id)
    if isinstance(group, list):
        return group
    found = open_times(await _plan(turn, group), turn.now)
    each = (
        button(
            _("{weekday}, {date}", weekday=WeekdayName(day.weekday(), "abbreviated"), date=day),
            "session.hours",
            match_id,
            day.toordinal(),
        )
        for day, _hours in groupby(found, lambda at: local_day(at, group.me.zone))
    )
    text = _("Which day? Days of rest and holidays of every side are left out.")
    back = stacked(button(_("Back"), "session.times", match_id))
    return [turn.say(text, (*in_rows(each, 2), *back), edit=True)]


async def hours(turn: Turn, match_id: int, ordinal: int) -> list[Say]:
    """The full hours of a day (its proleptic ordinal) at which it is day for everybody."""
    group = await _leading(turn, match_id)
    if isinstance(group, list):
        return group
    zone = group.me.zone
    found = [
        at
        for at in open_times(await _plan(turn, group), turn.now)
        if local_day(at, zone).toordinal() == ordinal
    ]
    if not found:
        return [too_old(turn)]
    whole = [at for at in found if at.minute == 0] or found
    city = ZoneName(turn.me.zone or "UTC")
    text = _("At what time? These are in {city} time, and by day for everybody.", city=city)
    rows: Rows = hour_buttons(match_id, whole, 2, "session.at")
    back = stacked(button(_("Back"), "session.days", match_id))
    return [turn.say(text, (*rows, *back), edit=True)]


async def at(turn: Turn, match_id: int, minute: int) -> list[Say]:
    """Proposes the time on a button: minutes since 1970 in UTC."""
    group = await _leading(turn, match_id)
    if isinstance(group, list):
        return group
    if minute * 60 > (turn.now + timedelta(days=366)).timestamp():
        return [too_old(turn)]
    start = datetime.fromtimestamp(minute * 60, UTC)
    for each in await meetings.coming(turn.db, match_id, turn.now):
        if each.starts_at == start:
            return await _agreeing(turn, group, each)
    if obstacle(await _plan(turn, group), start, turn.now):
        return [turn.say(TOO_LATE, with_back(match_id))]
    return await _propose(turn, group, start)


async def _propose(turn: Turn, group: Group, start: datetime) -> list[Say]:
    number = await next_number(turn.db, group, turn.now)
    if number > group.exchange.settled.sessions:
        return [too_old(turn)]
    length, me = group.policy.meeting_minutes, group.me.member.id
    session = await sessions.propose(turn.db, group.match.id, number, start, length, me, turn.now)
    if _settled(group, session):
        return await _arranged(turn, group, session)
    others = [each for each in sessions.leaders(group) if each.id != group.me.id]
    news = _("A time for your next session is proposed: {when}.", when=When(start))
    return [await screen(turn, group), *tell(others, news, to_sessions(group.match.id))]


def _settled(group: Group, session: Meeting) -> bool:
    sides = {each.member.id: each.side.id for each in sessions.leaders(group)}
    return settled(Arrangement.of(session.agenda).agreed, sides)


async def agree(turn: Turn, meeting_id: int) -> list[Say]:
    """Agrees to a time that another one who leads has proposed."""
    found = await session_ahead(turn, meeting_id)
    if isinstance(found, list):
        return found
    group, session = found
    return await _rests(turn, group) or await _agreeing(turn, group, session)


async def _agreeing(turn: Turn, group: Group, session: Meeting) -> list[Say]:
    known = Arrangement.of(session.agenda)
    if session.state == "agreed" or group.me.member.id in known.agreed:
        return [await screen(turn, group)]
    if obstacle(await _plan(turn, group), session.starts_at, turn.now):
        return [turn.say(TOO_LATE, with_back(group.match.id))]
    now = replace(known, agreed=known.agreed | {group.me.member.id})
    await sessions.arrange(turn.db, session.id, now)
    session = replace(session, agenda=now.as_json())
    if _settled(group, session):
        return await _arranged(turn, group, session)
    return [await screen(turn, group)]


async def _arranged(turn: Turn, group: Group, session: Meeting) -> list[Say]:
    """The time holds, in place of any other, and everybody is told."""
    for other in await meetings.coming(turn.db, group.match.id, turn.now):
        if other.id != session.id:
            await sessions.cancel(turn.db, other.id)
    await meetings.set_state(turn.db, session.id, "agreed")
    await sessions.remind(turn.db, group, session, turn.now)
    mine = _told(group, group.me, session, turn.now)
    return [mine, *(_told(group, each, session, turn.now) for each in group.present)]


def _told(group: Group, seat: Seat, session: Meeting, now: datetime) -> Say:
    text = _(
        "It is agreed: your group meets on {when}. The file is for your calendar and names nobody. "
        "Can you come?",
        when=When(session.starts_at),
    )
    ways = stacked(
        button(_("I can come"), "session.can", session.id, 1),
        button(_("I cannot come"), "session.can", session.id, 0),
        to_sessions(group.match.id),
    )
    title = Tongue(seat.person.language).label(TITLE)
    return Say(
        seat.person.id, text, ways, file=File("meeting.ics", event_file(session, title, now))
    )


async def drop(turn: Turn, meeting_id: int) -> list[Say]:
    """Asks whether to cancel a session."""
    found = await session_ahead(turn, meeting_id)
    if isinstance(found, list):
        return found
    group, session = found
    if not leads(group):
        return [too_old(turn)]
    text = _("Cancel the session on {when}?", when=When(session.starts_at))
    ways = stacked(
        button(_("Yes, cancel it"), "session.sure", session.id),
        button(_("No, keep it"), "session.show", group.match.id),
    )
    return [turn.say(text, ways, edit=True)]


async def sure(turn: Turn, meeting_id: int) -> list[Say]:
    """Cancels an agreed session, or takes one's own proposal back."""
    found = await session_ahead(turn, meeting_id)
    if isinstance(found, list):
        return found
    group, session = found
    if not leads(group):
        return [too_old(turn)]
    mine = group.me.member.id in Arrangement.of(session.agenda).agreed
    if session.state == "proposed" and not mine:
        return [await screen(turn, group)]
    await sessions.cancel(turn.db, session.id)
    now = await screen(turn, group)
    if session.state == "proposed":
        return [now]
    when = When(session.starts_at)
    news = _("The session on {when} has to be cancelled. You will hear of another time.", when=when)
    return [now, *tell(group.present, news, to_sessions(group.match.id))]


ROUTES = Routes(
    buttons={
        "session.times": times,
        "session.days": days,
        "session.hours": hours,
        "session.at": at,
        "session.agree": agree,
        "session.drop": drop,
        "session.sure": sure,
    },
    limits={"session.at": PROPOSALS, "session.sure": CANCELS},
)
