"""One's meetings and partners so far."""

from __future__ import annotations

from bot.domain.replies import (
    Command,
    Say,
    Text,
    Value,
    When,
    _,
    button,
    in_rows,
    lines,
    paragraphs,
)
from bot.router import Routes, Turn
from bot.store import groups, logs, meetings, networks, pairings
from bot.store.meetings import Meeting

PAGE = 8
SHOWN = 200
"""Characters of one's own note."""


async def history(turn: Turn) -> list[Say]:
    """/history: the latest page."""
    return [await _page(turn, 0)]


async def page(turn: Turn, number: int) -> list[Say]:
    """Another page, 0 the latest."""
    return [await _page(turn, min(number, 10_000))]


async def _page(turn: Turn, number: int) -> Say:
    mine = [each.id for each in await networks.memberships(turn.db, turn.me.id)]
    found = await meetings.seen_by(turn.db, mine, PAGE + 1, number * PAGE)
    if not found:
        return turn.say(_("There are no meetings here yet. /meet plans one."), edit=number > 0)
    told = [await _line(turn, each) for each in found[:PAGE]]
    ways = []
    if number:
        ways.append(button(_("Newer"), "history.page", number - 1))
    if len(found) > PAGE:
        ways.append(button(_("Older"), "history.page", number + 1))
    text = paragraphs(_("<b>Your meetings</b>"), lines(*told))
    return turn.say(text, in_rows(ways, 2), edit=True)


async def _line(turn: Turn, meeting: Meeting) -> Value:
    whom = await _with(turn, meeting)
    if whom is None:
        return _("• With somebody who has left, {when}", when=When(meeting.starts_at))
    name, member_id = whom
    log = await logs.of_member(turn.db, meeting.id, member_id)
    told = _told(meeting, name, past=meeting.starts_at <= turn.now)
    if log is None or not log.note:
        return told
    note = log.note if len(log.note) <= SHOWN else log.note[: SHOWN - 1] + "…"
    return lines(told, _("<i>{note}</i>", note=note))


async def _with(turn: Turn, meeting: Meeting) -> tuple[Value, int] | None:
    """With whom it is, and as which member; None where the partner has left."""
    pairing = await pairings.of(turn.db, turn.me.id, meeting.match_id)
    if pairing is not None and pairing.partner.member.state != "left":
        return pairing.partner.shown, pairing.me.member.id
    group = await groups.of(turn.db, turn.me.id, meeting.match_id, out=True)
    return None if group is None else (_("a group"), group.me.member.id)


def _told(meeting: Meeting, name: Value, *, past: bool) -> Text:
    when = When(meeting.starts_at)
    if meeting.state == "held":
        return _("• With {name}, {when}", name=name, when=when)
    if meeting.state == "missed":
        return _("• With {name}, {when}: it did not take place", name=name, when=when)
    if meeting.state == "proposed":
        return _("• With {name}, {when}: proposed", name=name, when=when)
    if past:
        return _("• With {name}, {when}: nobody has told me how it went", name=name, when=when)
    return _("• With {name}, {when}: agreed", name=name, when=when)


MENU = (Command("history", _("See your meetings and partners")),)
ROUTES = Routes({"history": history}, {"history.page": page})
