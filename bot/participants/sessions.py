"""The sessions of a circle or team: what is planned, what it is about, who can come."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.replies import (
    Button,
    Listed,
    Say,
    Text,
    Value,
    When,
    _,
    button,
    lines,
    ngettext,
    paragraphs,
    stacked,
)
from bot.domain.sessions import Arrangement
from bot.forms import Flow, start
from bot.participants.sure import asked_first
from bot.router import Routes, Turn, too_old
from bot.store import logs, meetings, sessions
from bot.store.db import Db
from bot.store.groups import Group
from bot.store.meetings import Meeting
from bot.together import about, bullets, in_group, leads, next_number, to_group, to_sessions

OPEN_FOR = timedelta(days=14)
"""So long after a session its leads may still say who came."""

MOST_LINES = 8


async def section(db: Db, group: Group, now: datetime) -> tuple[Value, tuple[Button, ...]]:
    """What a group's page says of its sessions, and the way to them."""
    number, many = await next_number(db, group, now), group.exchange.settled.sessions
    ahead = await ahead_of(db, group, now)
    text: Value = _("Session {n} of {many}: no time is set yet.", n=number, many=many)
    if ahead is not None and ahead.state == "agreed":
        text = _("Session {n} of {many}: {when}", n=number, many=many, when=When(ahead.starts_at))
    return text, (button(_("Sessions"), "session.show", group.match.id),)


async def ahead_of(db: Db, group: Group, now: datetime) -> Meeting | None:
    """The session ahead: the one agreed, or else the one proposed."""
    found = await meetings.coming(db, group.match.id, now)
    numbered = [each for each in found if each.number is not None]
    agreed = [each for each in numbered if each.state == "agreed"]
    return next(iter(agreed or numbered), None)


async def show(turn: Turn, match_id: int) -> list[Say]:
    """The sessions as they stand."""
    group = await in_group(turn, match_id)
    return group if isinstance(group, list) else [await screen(turn, group)]


async def screen(turn: Turn, group: Group) -> Say:
    """What is planned, what it is about and what can be done."""
    number = await next_number(turn.db, group, turn.now)
    found = await sessions.of_match(turn.db, group.match.id)
    ahead = await ahead_of(turn.db, group, turn.now)
    past = [each for each in found if each.starts_at <= turn.now and each.state != "proposed"]
    agenda = about(group, number, ahead)
    many = group.exchange.settled.sessions
    text = paragraphs(
        _("<b>Session {n} of {many}</b>", n=number, many=many),
        _planned(group, ahead),
        lines(_("What it is about:"), *bullets(agenda)) if agenda else None,
        _who_can(group, ahead) if ahead and ahead.state == "agreed" else None,
        lines(*(_over(each) for each in past)) if past else None,
    )
    ways = (
        *_ways(group, ahead),
        *[way for each in past for way in await _after(turn, group, each)],
    )
    return turn.say(text, stacked(*ways, to_group(group.match.id)), edit=True)


def _planned(group: Group, ahead: Meeting | None) -> Text:
    if ahead is not None and ahead.state == "agreed":
        return _("You meet on {when}.", when=When(ahead.starts_at))
    if not leads(group):
        return _("No time is set yet. Those who lead the group look for one; I will tell you.")
    if ahead is None:
        return _("No time is set yet. Please look for one.")
    when = When(ahead.starts_at)
    if group.me.member.id in Arrangement.of(ahead.agenda).agreed:
        return _(
            "You agreed to {when}. Somebody who leads of another side has to agree.", when=when
        )
    return _("Proposed by somebody else who leads: {when}.", when=when)


def _who_can(group: Group, session: Meeting) -> Value:
    said = Arrangement.of(session.agenda).can
    can = sum(said.get(each.member.id, False) for each in group.seats)
    away = [each.name for each in group.seats if said.get(each.member.id) is False]
    counted = ngettext("{n} has said that they can come.", "{n} have said that they can come.", can)
    if not away:
        return counted
    names = _("<tg-spoiler>Cannot come: {names}</tg-spoiler>", names=Listed(tuple(away)))
    return lines(counted, names)


def _over(session: Meeting) -> Text:
    values: dict[str, Value] = {"n": session.number or 0, "when": When(session.starts_at)}
    if session.state == "missed":
        return _("Session {n}, {when}: it did not take place", **values)
    return _("Session {n}, {when}", **values)


def _ways(group: Group, ahead: Meeting | None) -> tuple[Button | None, ...]:
    match_id, plans = group.match.id, leads(group)
    if ahead is None:
        return (button(_("Find a time"), "session.times", match_id) if plans else None,)
    if ahead.state == "proposed":
        return _of_proposal(group, ahead) if plans else ()
    said = Arrangement.of(ahead.agenda).can.get(group.me.member.id)
    return (
        button(_("I can come"), "session.can", ahead.id, 1) if said is not True else None,
        button(_("I cannot come"), "session.can", ahead.id, 0) if said is not False else None,
        button(_("Change what it is about"), "session.about", ahead.id) if plans else None,
        button(_("Find another time"), "session.times", match_id) if plans else None,
        button(_("Cancel the session"), "session.drop", ahead.id) if plans else None,
    )


def _of_proposal(group: Group, ahead: Meeting) -> tuple[Button, ...]:
    another = button(_("Find another time"), "session.times", group.match.id)
    if group.me.member.id in Arrangement.of(ahead.agenda).agreed:
        return (another, button(_("Take my proposal back"), "session.sure", ahead.id))
    return (button(_("Agree to this time"), "session.agree", ahead.id), another)


async def _after(turn: Turn, group: Group, session: Meeting) -> list[Button]:
    """Of a session that has begun: to say who came, and how it was, as long as that is open."""
    ways = []
    recent = session.starts_at > turn.now - OPEN_FOR
    n = session.number or 0
    if recent and leads(group):
        ways.append(button(_("Who came to session {n}?", n=n), "session.who", session.id))
    if recent and await logs.of_member(turn.db, session.id, group.me.member.id) is None:
        ways.append(button(_("Tell how session {n} was", n=n), "session.log", session.id))
    return ways


async def session_ahead(turn: Turn, meeting_id: int) -> tuple[Group, Meeting] | list[Say]:
    """A session still ahead and its group, locked; else what to say instead."""
    known = await meetings.by_id(turn.db, meeting_id)
    if known is None or known.number is None:
        return [too_old(turn)]
    group = await in_group(turn, known.match_id)
    if isinstance(group, list):
        return group
    session = await meetings.by_id(turn.db, meeting_id)
    if session is None or session.state not in meetings.OPEN or session.starts_at <= turn.now:
        sorry = _("That time is past or no longer proposed. This is where you stand:")
        return [turn.say(sorry, stacked(to_sessions(group.match.id)))]
    return group, session


async def can(turn: Turn, meeting_id: int, word: int) -> list[Say]:
    """Takes a member's word on whether they can come."""
    found = await session_ahead(turn, meeting_id)
    if isinstance(found, list):
        return found
    group, session = found
    if word not in (0, 1) or session.state != "agreed":
        return [too_old(turn)]
    said = Arrangement.of(session.agenda).with_word(group.me.member.id, can=bool(word))
    await sessions.arrange(turn.db, session.id, said)
    return [await screen(turn, group)]


async def agenda(turn: Turn, meeting_id: int) -> list[Say]:
    """Asks those who lead what a session is about."""
    found = await session_ahead(turn, meeting_id)
    if isinstance(found, list):
        return found
    group, session = found
    if not leads(group):
        return [too_old(turn)]
    return await start(turn, AGENDA, {"meeting": session.id, "match": group.match.id})


async def _form(_turn: Turn, _answers: Answers) -> Form:
    ask = _("What is the session about? Write one point a line. Everybody in the group reads it.")
    step = Step("words", ask, Words(800, paragraphs=True), _("Points"))
    return Form("agenda", asked_first(step), review=False)


async def _written(turn: Turn, answers: Answers) -> list[Say]:
    found = await session_ahead(turn, int(answers["meeting"]))
    if isinstance(found, list):
        return found
    group, session = found
    if not leads(group):
        return [too_old(turn)]
    points = [line.strip() for line in str(answers["words"]).splitlines() if line.strip()]
    known = Arrangement.of(session.agenda)
    told = Arrangement(tuple(points[:MOST_LINES]), known.agreed, known.can)
    await sessions.arrange(turn.db, session.id, told)
    return [await screen(turn, group)]


AGENDA = Flow("agenda", _form, _written)
FLOWS = (AGENDA,)
ROUTES = Routes(
    buttons={"session.show": show, "session.can": can, "session.about": agenda},
)
