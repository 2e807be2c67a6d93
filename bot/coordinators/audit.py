"""/audit: what those who run the network did, the newest first; names of one's own side only."""

from __future__ import annotations

from collections.abc import Mapping

from bot.coordinators.audit_words import AREAS, BY, ITSELF, WHAT
from bot.coordinators.desk import Desk, choose, desk, refused
from bot.domain.replies import (
    Button,
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
    stacked,
)
from bot.domain.rights import Right
from bot.router import Routes, Turn, too_old
from bot.store import audit as log
from bot.store import networks, roster
from bot.store.audit import PAGE, Entry
from bot.store.networks import Member, Side

OF_SIDE = "side"
"""What a filter by side begins with; the side's position follows."""


async def audit(turn: Turn) -> list[Say]:
    """/audit: of which network, then what was done last."""
    return await choose(turn, _("Which network?"), "audit.of", _first, Right.AUDIT)


async def _first(turn: Turn, at: Desk) -> list[Say]:
    return await _page(turn, at, "all", 0)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """What was done last in this network."""
    return await page(turn, network_id, "all", 0)


async def page(turn: Turn, network_id: int, what: str, before: int) -> list[Say]:
    """What was done before an entry: all of it, by one side, or of one kind."""
    at = await desk(turn, network_id, Right.AUDIT)
    return [refused(turn)] if at is None else await _page(turn, at, what, before)


async def _page(turn: Turn, at: Desk, what: str, before: int) -> list[Say]:
    sides = await networks.sides_of(turn.db, at.network.id)
    one = {f"{OF_SIDE}{each.position}": each for each in sides}.get(what)
    if what != "all" and one is None and what not in AREAS:
        return [too_old(turn)]
    side_id, area = one.id if one else 0, what if what in AREAS else ""
    found = await log.page(turn.db, at.network.id, before, side_id=side_id, area=area)
    shown = found[:PAGE]
    whose = await roster.by_ids(turn.db, {each.member_id for each in shown if each.member_id})
    named = {each.id: each for each in sides}
    head: Value = AREAS.get(what) or (one.name if one else _("everything"))
    text = paragraphs(
        _("<b>What was done</b>: {which}", which=head),
        *(_line(at, each, whose, named) for each in shown),
        None if shown else _("Nothing yet."),
    )
    args = at.network.id, what
    ways: tuple[Button | None, ...] = (
        button(_("The latest"), "audit.page", *args, 0) if before else None,
        button(_("Earlier"), "audit.page", *args, shown[-1].id) if len(found) > PAGE else None,
        button(_("Show only…"), "audit.only", at.network.id),
    )
    return [turn.say(text, stacked(*ways), edit=True)]


def _line(at: Desk, each: Entry, whose: Mapping[int, Member], sides: Mapping[int, Side]) -> Value:
    known = WHAT.get(each.what)
    done = known or _("did something: {what}", what=each.what)
    # A row id tells a reader nothing; a code does, of one's own people: others are not followed.
    coded = each.subject and not each.subject.isdigit() and each.side_id == at.side.id
    about = _("{what} ({subject})", what=done, subject=each.subject) if coded else done
    return lines(When(each.at), _("{who} {what}", who=_who(at, each, whose, sides), what=about))


def _who(at: Desk, each: Entry, whose: Mapping[int, Member], sides: Mapping[int, Side]) -> Value:
    member = whose.get(each.member_id or 0)
    if member is not None and at.sees(member) and member.name:
        return member.name
    side = sides.get(each.side_id or 0)
    if side is None:
        return _("The bot") if each.what in ITSELF else _("Somebody")
    by: Text = BY.get(member.role, BY[""]) if member else BY[""]
    return Text(by.id, {"side": side.name})


async def only(turn: Turn, network_id: int) -> list[Say]:
    """Asks for a side or a kind."""
    at = await desk(turn, network_id, Right.AUDIT)
    if at is None:
        return [refused(turn)]
    sides = await networks.sides_of(turn.db, network_id)
    of_sides = (
        button(each.name, "audit.page", network_id, f"{OF_SIDE}{each.position}", 0)
        for each in sides
    )
    of_kinds = (button(text, "audit.page", network_id, area, 0) for area, text in AREAS.items())
    rows = (
        *in_rows(of_sides, 2),
        *in_rows(of_kinds, 2),
        (button(_("Everything"), "audit.page", network_id, "all", 0),),
    )
    return [turn.say(_("What would you like to see?"), rows, edit=True)]


MENU = (Command("audit", _("What was done in the network"), for_coordinators=True),)
ROUTES = Routes(
    {"audit": audit},
    {"audit.of": of, "audit.page": page, "audit.only": only},
    right=Right.AUDIT,
)
