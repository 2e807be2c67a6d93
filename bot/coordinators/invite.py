"""/invite: links that let people into a side of the network, and taking them back."""

from __future__ import annotations

import io
from datetime import timedelta

import segno

from bot.coordinators.desk import ROLES, Desk, choose, desk, refused
from bot.domain.replies import (
    Command,
    File,
    Plain,
    Say,
    Text,
    When,
    _,
    button,
    in_rows,
    lines,
    ngettext,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.router import Routes, Turn, too_old
from bot.store import invites, networks
from bot.store.invites import Invite
from bot.store.networks import Side

TITLES: dict[str, Text] = {
    "participant": _("Participants"),
    "coordinator": _("A coordinator"),
    "safeguarding": _("A safeguarding contact"),
    "observer": _("An observer"),
}
DAYS = (7, 30, 90)


def uses_for(role: str) -> tuple[int, ...]:
    """How often a link may be used: those that give insight are for few."""
    return (1, 10, 50, 200) if role == "participant" else (1, 10)


async def invite(turn: Turn) -> list[Say]:
    """/invite: for which network, then for whom."""
    return await choose(turn, _("Which network?"), "invite.role", _ask_role, Right.INVITE)


async def role(turn: Turn, network_id: int) -> list[Say]:
    """Asks for whom the link is."""
    found = await desk(turn, network_id, Right.INVITE)
    return [refused(turn)] if found is None else await _ask_role(turn, found)


async def _ask_role(turn: Turn, at: Desk) -> list[Say]:
    ways = (button(text, "invite.side", at.network.id, each) for each, text in TITLES.items())
    listed = button(_("Links in use"), "invite.list", at.network.id)
    return [turn.say(_("Whom would you like to invite?"), stacked(*ways, listed), edit=True)]


async def side(turn: Turn, network_id: int, role: str) -> list[Say]:
    """Asks for the side, where there is a choice."""
    at = await desk(turn, network_id, Right.INVITE)
    if at is None:
        return [refused(turn)]
    if role not in TITLES:
        return [too_old(turn)]
    if not at.owns:
        return _ask_uses(turn, at.side, role)
    sides = await networks.sides_of(turn.db, network_id)
    ways = (button(each.name, "invite.uses", each.id, role) for each in sides)
    back = button(_("Back"), "invite.role", network_id)
    return [turn.say(_("To which side?"), stacked(*ways, back), edit=True)]


async def _may(turn: Turn, side_id: int) -> tuple[Desk, Side] | None:
    """The desk and the side, if this person may invite people to that side."""
    found = await networks.side(turn.db, side_id)
    at = None if found is None else await desk(turn, found.network_id, Right.INVITE)
    if found is None or at is None or not (at.owns or at.side.id == found.id):
        return None
    return at, found


async def uses(turn: Turn, side_id: int, role: str) -> list[Say]:
    """Asks for how many people the link is."""
    may = await _may(turn, side_id)
    if may is None:
        return [refused(turn)]
    return [too_old(turn)] if role not in TITLES else _ask_uses(turn, may[1], role)


def _ask_uses(turn: Turn, to: Side, role: str) -> list[Say]:
    each = (
        button(ngettext("{n} person", "{n} people", n), "invite.days", to.id, role, n)
        for n in uses_for(role)
    )
    back = ((button(_("Back"), "invite.role", to.network_id),),)
    return [turn.say(_("How many people may use the link?"), (*in_rows(each, 2), *back), edit=True)]


async def days(turn: Turn, side_id: int, role: str, uses: int) -> list[Say]:
    """Asks for how long the link works."""
    if await _may(turn, side_id) is None:
        return [refused(turn)]
    if role not in TITLES or uses not in uses_for(role):
        return [too_old(turn)]
    each = (
        button(ngettext("{n} day", "{n} days", n), "invite.make", side_id, role, uses, n)
        for n in DAYS
    )
    back = ((button(_("Back"), "invite.uses", side_id, role),),)
    return [turn.say(_("For how long should it work?"), (*in_rows(each, 3), *back), edit=True)]


async def make(turn: Turn, side_id: int, role: str, uses: int, days: int) -> list[Say]:
    """Makes the link, and shows it as text and as a picture to scan."""
    may = await _may(turn, side_id)
    if may is None:
        return [refused(turn)]
    if role not in TITLES or uses not in uses_for(role) or days not in DAYS:
        return [too_old(turn)]
    at, to = may
    until = turn.now + timedelta(days=days)
    token = await invites.create(turn.db, at.network.id, to.id, role, uses, until, turn.me.id)
    link = f"https://t.me/{turn.here.username}?start={token}"
    text = paragraphs(
        _("The invitation is ready:"),
        Plain(link),
        lines(
            _("Side: {side}", side=to.name),
            _("Role: {role}", role=ROLES[role]),
            ngettext("It works for {n} person.", "It works for {n} people.", uses),
            _("It works until {when}.", when=When(until)),
        ),
        _("Whoever has this link can use it, so pass it on only to people you trust."),
    )
    ways = stacked(button(_("Links in use"), "invite.list", at.network.id))
    return [turn.say(text, ways, file=File("invitation.png", picture_of(link), picture=True))]


def picture_of(link: str) -> bytes:
    """A QR code of a link, as PNG."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="png", scale=10, border=4)
    return out.getvalue()


async def listed(turn: Turn, network_id: int) -> list[Say]:
    """The links that still work, each with a button to take it back."""
    at = await desk(turn, network_id, Right.INVITE)
    return [refused(turn)] if at is None else [await _list(turn, at)]


async def _list(turn: Turn, at: Desk) -> Say:
    sides = {each.id: each for each in await networks.sides_of(turn.db, at.network.id)}
    found = [
        each
        for each in await invites.of_network(turn.db, at.network.id, turn.now)
        if at.owns or each.side_id == at.side.id
    ]
    back = button(_("New invitation"), "invite.role", at.network.id)
    if not found:
        return turn.say(_("No link is in use."), stacked(back), edit=True)
    shown = found[-20:]
    told = (_line(n, each, sides[each.side_id]) for n, each in enumerate(shown, 1))
    text = paragraphs(_("<b>Links in use</b>"), lines(*told), _("Tap one to take it back."))
    ways = (
        button(_("Take back link {n}", n=n), "invite.revoke", each.id)
        for n, each in enumerate(shown, 1)
    )
    return turn.say(text, (*in_rows(ways, 2), (back,)), edit=True)


def _line(n: int, each: Invite, to: Side) -> Text:
    return ngettext(
        "{at}. {side} · {role} · {n} use left, until {when}",
        "{at}. {side} · {role} · {n} uses left, until {when}",
        each.uses_left,
        at=n,
        side=to.name,
        role=ROLES[each.role],
        when=When(each.expires_at),
    )


async def revoke(turn: Turn, invite_id: int) -> list[Say]:
    """Takes a link back."""
    found = await invites.by_id(turn.db, invite_id)
    if found is None:
        return [too_old(turn)]
    may = await _may(turn, found.side_id)
    if may is None:
        return [refused(turn)]
    await invites.revoke(turn.db, invite_id, turn.now)
    return [await _list(turn, may[0])]


MENU = (Command("invite", _("Invite people by a link"), for_coordinators=True),)
ROUTES = Routes(
    {"invite": invite},
    {
        "invite.role": role,
        "invite.side": side,
        "invite.uses": uses,
        "invite.days": days,
        "invite.make": make,
        "invite.list": listed,
        "invite.revoke": revoke,
    },
    right=Right.INVITE,
)
