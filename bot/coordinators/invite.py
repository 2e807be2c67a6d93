"""/invite: links that let people into a side of the network, and taking them back."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.coordinators.desk import ROLES, Desk, choose, desk, refused
from bot.coordinators.invite_poster import picture_of, poster_of
from bot.domain.limits import LINKS
from bot.domain.replies import (
    Command,
    File,
    Plain,
    Say,
    Text,
    Value,
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
from bot.store import exchanges, invites, networks
from bot.store.invites import PAGE, Invite
from bot.store.networks import Side

TITLES: dict[str, Text] = {
    "participant": _("Participants"),
    "facilitator": _("A facilitator for circles and teams"),
    "coordinator": _("A coordinator"),
    "safeguarding": _("A safeguarding contact"),
    "observer": _("An observer"),
}
DAYS = (7, 30, 90)


def uses_for(role: str) -> tuple[int, ...]:
    """How often a link may be used: those that give insight are for few."""
    return (1, 10, 50, 200) if role == "participant" else (1, 10)


async def _roles(turn: Turn, at: Desk) -> list[str]:
    """Whom they may invite; facilitators only where any lead."""
    leads = any(each.settled.leads for each in await exchanges.open_in(turn.db, at.network.id))
    reads = at.me.may(Right.NAME_CONTACTS)
    may = {"coordinator": at.owns, "facilitator": leads, "safeguarding": reads}
    return [role for role in TITLES if may.get(role, True)]


async def invite(turn: Turn) -> list[Say]:
    """/invite: for which network, then for whom."""
    return await choose(turn, _("Which network?"), "invite.role", _ask_role, Right.INVITE)


async def role(turn: Turn, network_id: int) -> list[Say]:
    """Asks for whom the link is."""
    found = await desk(turn, network_id, Right.INVITE)
    return [refused(turn)] if found is None else await _ask_role(turn, found)


async def _ask_role(turn: Turn, at: Desk) -> list[Say]:
    roles = await _roles(turn, at)
    ways = (button(TITLES[each], "invite.side", at.network.id, each) for each in roles)
    listed = button(_("Links in use"), "invite.list", at.network.id)
    return [turn.say(_("Whom would you like to invite?"), stacked(*ways, listed), edit=True)]


async def side(turn: Turn, network_id: int, role: str) -> list[Say]:
    """Asks for the side, where there is a choice."""
    at = await desk(turn, network_id, Right.INVITE)
    if at is None:
        return [refused(turn)]
    if role not in await _roles(turn, at):
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
    allowed = role in await _roles(turn, may[0])
    return _ask_uses(turn, may[1], role) if allowed else [too_old(turn)]


def _ask_uses(turn: Turn, to: Side, role: str) -> list[Say]:
    each = (
        button(ngettext("{n} person", "{n} people", n), "invite.days", to.id, role, n)
        for n in uses_for(role)
    )
    back = ((button(_("Back"), "invite.role", to.network_id),),)
    return [turn.say(_("How many people may use the link?"), (*in_rows(each, 2), *back), edit=True)]


async def days(turn: Turn, side_id: int, role: str, uses: int) -> list[Say]:
    """Asks for how long the link works."""
    may = await _may(turn, side_id)
    if may is None:
        return [refused(turn)]
    if role not in await _roles(turn, may[0]) or uses not in uses_for(role):
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
    at, to = may
    allowed = role in await _roles(turn, at)
    if not allowed or uses not in uses_for(role) or days not in DAYS:
        return [too_old(turn)]
    until = turn.now + timedelta(days=days)
    made = (at.network.id, to.id, role, uses, until, turn.me.id, turn.now)
    token = await invites.create(turn.db, *made)
    await at.note(turn, "invites.made", role=role, uses=uses)
    return [_made(turn, at, to, role, uses, until, token)]


def _made(turn: Turn, at: Desk, to: Side, role: str, uses: int, until: datetime, token: str) -> Say:
    link = _link(turn, token)
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
    ways = stacked(
        button(_("Poster to print"), "invite.poster", token),
        button(_("Links in use"), "invite.list", at.network.id),
    )
    return turn.say(text, ways, file=File("invitation.png", picture_of(link), picture=True))


def _link(turn: Turn, token: str) -> str:
    return f"https://t.me/{turn.here.username}?start={token}"


async def poster(turn: Turn, token: str) -> list[Say]:
    """The invitation as a page to print, in the language of its side."""
    found = await invites.by_token(turn.db, token)
    if found is None or not found.good(turn.now):
        return [too_old(turn)]
    may = await _may(turn, found.side_id)
    if may is None:
        return [refused(turn)]
    text = _("Open it in a browser and print it. It names neither the network nor a side.")
    return [turn.say(text, file=poster_of(_link(turn, token), may[1].language))]


async def listed(turn: Turn, network_id: int) -> list[Say]:
    """The links that still work, each with a button to take it back."""
    return await more(turn, network_id, 0)


async def more(turn: Turn, network_id: int, after: int) -> list[Say]:
    """The same, those after one."""
    at = await desk(turn, network_id, Right.INVITE)
    return [refused(turn)] if at is None else [await _list(turn, at, after)]


async def _list(turn: Turn, at: Desk, after: int = 0) -> Say:
    sides = {each.id: each for each in await networks.sides_of(turn.db, at.network.id)}
    side = None if at.owns else at.side.id
    found = await invites.page(turn.db, at.network.id, side, turn.now, after)
    back = button(_("New invitation"), "invite.role", at.network.id)
    if not found:
        return turn.say(_("No link is in use."), stacked(back), edit=True)
    shown = found[:PAGE]
    told = (_line(n, each, sides[each.side_id]) for n, each in enumerate(shown, 1))
    text = paragraphs(_("<b>Links in use</b>"), lines(*told), _("Tap one to take it back."))
    ways = (
        button(_("Take back link {n}", n=n), "invite.revoke", each.id)
        for n, each in enumerate(shown, 1)
    )
    last = button(_("Next page"), "invite.more", at.network.id, shown[-1].id)
    rows = (*in_rows(ways, 2), *stacked(last if len(found) > PAGE else None, back))
    return turn.say(text, rows, edit=True)


def _line(n: int, each: Invite, to: Side) -> Value:
    left = ngettext(
        "{at}. {side} · {role} · {n} use left, until {when}",
        "{at}. {side} · {role} · {n} uses left, until {when}",
        each.uses_left,
        at=n,
        side=to.name,
        role=ROLES[each.role],
        when=When(each.expires_at),
    )
    opened = ngettext("Opened {n} time.", "Opened {n} times.", each.opened)
    return lines(left, opened)


async def revoke(turn: Turn, invite_id: int) -> list[Say]:
    """Takes a link back."""
    found = await invites.by_id(turn.db, invite_id)
    if found is None:
        return [too_old(turn)]
    may = await _may(turn, found.side_id)
    if may is None:
        return [refused(turn)]
    if found.good(turn.now):
        await invites.revoke(turn.db, invite_id, turn.now)
        await may[0].note(turn, "invites.revoked")
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
        "invite.poster": poster,
        "invite.list": listed,
        "invite.more": more,
        "invite.revoke": revoke,
    },
    right=Right.INVITE,
    limits={"invite.make": LINKS},
)
