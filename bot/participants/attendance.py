"""After a session: those who lead say who came, one tap each, and what comes next."""

from __future__ import annotations

from bot.domain.replies import (
    Button,
    Rows,
    Say,
    Text,
    When,
    _,
    button,
    in_rows,
    paragraphs,
    stacked,
)
from bot.domain.sessions import came
from bot.participants.sessions import OPEN_FOR
from bot.router import Routes, Turn, too_old
from bot.store import groups, meetings, sessions
from bot.store.groups import Group, Seat
from bot.store.meetings import Meeting
from bot.together import finished, leads, next_number, to_sessions

NOT_YET = _("That session is still ahead. I will ask you afterwards.")


async def _over(turn: Turn, meeting_id: int) -> tuple[Group, Meeting] | list[Say]:
    """A session that has begun and its group, locked, for who leads it; else what to say."""
    known = await meetings.by_id(turn.db, meeting_id)
    group = None
    if known is not None and known.number is not None:
        group = await groups.of(turn.db, turn.me.id, known.match_id, hold=True)
    session = await meetings.by_id(turn.db, meeting_id)
    if group is None or session is None or not leads(group):
        return [too_old(turn)]
    late = session.starts_at <= turn.now - OPEN_FOR
    if late or session.state not in ("agreed", "held", "missed"):
        return [too_old(turn)]
    return (group, session) if session.starts_at <= turn.now else [turn.say(NOT_YET)]


async def who(turn: Turn, meeting_id: int) -> list[Say]:
    """Everybody in the group, each with a button."""
    found = await _over(turn, meeting_id)
    return found if isinstance(found, list) else [await _screen(turn, *found)]


async def _screen(turn: Turn, group: Group, session: Meeting) -> Say:
    marked = await sessions.marks(turn.db, session.id)
    text = paragraphs(
        _("Who came to session {n}, {when}?", n=session.number or 0, when=When(session.starts_at)),
        _("Tap each who was there; another tap takes it back. Then press Done."),
    )
    names = (_tick(session, each, marked.get(each.member.id)) for each in group.seats)
    ways: Rows = (
        *in_rows(names, 2),
        *stacked(
            button(_("Done"), "session.done", session.id),
            button(_("It did not take place"), "session.missed", session.id),
            to_sessions(group.match.id),
        ),
    )
    return turn.say(text, ways, edit=True)


def _tick(session: Meeting, seat: Seat, there: bool | None) -> Button:
    label: Text = _("✓ {name}", name=seat.name) if there else _("{name}", name=seat.name)
    return button(label, "session.tick", session.id, seat.member.id)


async def tick(turn: Turn, meeting_id: int, member_id: int) -> list[Say]:
    """Somebody was there, or was not after all."""
    found = await _over(turn, meeting_id)
    if isinstance(found, list):
        return found
    group, session = found
    if member_id not in {each.member.id for each in group.seats}:
        return [await _screen(turn, group, session)]
    there = not (await sessions.marks(turn.db, session.id)).get(member_id, False)
    me = group.me.member.id
    await sessions.mark(turn.db, session.id, member_id, me, turn.now, came=there)
    return [await _screen(turn, group, session)]


async def done(turn: Turn, meeting_id: int) -> list[Say]:
    """Those who were not tapped were not there."""
    found = await _over(turn, meeting_id)
    if isinstance(found, list):
        return found
    group, session = found
    marked = await sessions.marks(turn.db, session.id)
    members = [each.member.id for each in group.seats]
    if not came(marked, members)[0]:
        text = _("Nobody is tapped yet. If nobody met, press that it did not take place.")
        return [turn.say(text), await _screen(turn, group, session)]
    me = group.me.member.id
    for member_id in members:
        if member_id not in marked:
            await sessions.mark(turn.db, session.id, member_id, me, turn.now, came=False)
    await meetings.set_state(turn.db, session.id, "held")
    return await _next(turn, group)


async def missed(turn: Turn, meeting_id: int) -> list[Say]:
    """Nobody met; the same session is tried again."""
    found = await _over(turn, meeting_id)
    if isinstance(found, list):
        return found
    group, session = found
    await meetings.set_state(turn.db, session.id, "missed")
    return await _next(turn, group)


async def _next(turn: Turn, group: Group) -> list[Say]:
    """What follows: the next session, or the end."""
    if group.match.state != "active":
        return [turn.say(_("Noted. Thank you."), edit=True)]
    if told := await finished(turn.db, group, turn.now):
        return [turn.say(_("Noted. That was the last session."), edit=True), *told]
    number = await next_number(turn.db, group, turn.now)
    text = _("Noted. Shall we find a time for session {n}?", n=number)
    find = button(_("Find a time"), "session.times", group.match.id)
    return [turn.say(text, stacked(find, to_sessions(group.match.id)), edit=True)]


ROUTES = Routes(
    buttons={
        "session.who": who,
        "session.tick": tick,
        "session.done": done,
        "session.missed": missed,
    }
)
