"""/funding: what joint work in a network lacks, and what people pledge to it."""

from __future__ import annotations

from bot.coordinators.desk import Desk, choose, desk, refused
from bot.domain.funding import SORTS
from bot.domain.replies import (
    Button,
    Command,
    Say,
    Text,
    Value,
    _,
    button,
    lines,
    ngettext,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.router import Routes, Turn
from bot.store import exchanges, needs, roster
from bot.store.needs import Need, Pledge
from bot.store.networks import PRESENT, Member

PAGE, SHORT, SHOWN = 8, 30, 20
NEEDS: dict[str, Text] = {
    "proposed": _("not confirmed yet"),
    "open": _("open"),
    "met": _("met"),
    "closed": _("closed"),
}
PLEDGES: dict[str, Text] = {
    "offered": _("offered"),
    "accepted": _("accepted"),
    "given": _("given, as they say"),
    "received": _("received"),
    "declined": _("declined"),
    "dropped": _("taken back"),
}


async def funding(turn: Turn) -> list[Say]:
    """/funding: of which network, then its needs."""
    return await choose(turn, _("Which network?"), "funding.of", _first, Right.PUBLISH)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """The newest needs of a network."""
    return await page(turn, network_id, 0)


async def page(turn: Turn, network_id: int, before: int) -> list[Say]:
    """Those before one."""
    at = await desk(turn, network_id, Right.PUBLISH)
    return [refused(turn)] if at is None else await _page(turn, at, before)


async def _first(turn: Turn, at: Desk) -> list[Say]:
    return await _page(turn, at, 0)


async def _page(turn: Turn, at: Desk, before: int) -> list[Say]:
    found = await needs.of_network(turn.db, at.network.id, before, PAGE + 1)
    counts = await needs.counts(turn.db, [each.id for each in found])
    text = paragraphs(
        _("<b>{network}</b>: needs of joint work", network=at.network.name),
        _("Those in the work tell and confirm them; both sides accept what is offered.")
        if found
        else _("None so far."),
    )
    ways: tuple[Button | None, ...] = (
        *(_named(each, counts.get(each.id, 0)) for each in found[:PAGE]),
        button(_("Next page"), "funding.page", at.network.id, found[PAGE - 1].id)
        if len(found) > PAGE
        else None,
        button(_("First page"), "funding.of", at.network.id) if before else None,
    )
    return [turn.say(text, stacked(*ways), edit=True)]


def _named(each: Need, pledged: int) -> Button:
    words = each.words if len(each.words) <= SHORT else f"{each.words[: SHORT - 1]}…"
    text = _(
        "{what} ({state}, {offers})",
        what=words,
        state=NEEDS[each.state],
        offers=ngettext("{n} offer", "{n} offers", pledged),
    )
    return button(text, "funding.show", each.id)


async def _opened(turn: Turn, need_id: int) -> tuple[Desk, Need] | None:
    found = await needs.by_id(turn.db, need_id, hold=True)
    exchange = None if found is None else await exchanges.by_id(turn.db, found.exchange_id)
    at = None if exchange is None else await desk(turn, exchange.network_id, Right.PUBLISH)
    return None if found is None or at is None else (at, found)


async def show(turn: Turn, need_id: int) -> list[Say]:
    """A need and what is pledged to it; names are of one's own side only."""
    opened = await _opened(turn, need_id)
    if opened is None:
        return [refused(turn)]
    at, found = opened
    pledged = await needs.pledges_to(turn.db, found.id)
    ids = {*found.holder_ids, *(each.member_id for each in pledged)}
    whose = await roster.by_ids(turn.db, ids)
    text = paragraphs(
        _("<b>{sort}</b>: {words}", sort=SORTS[found.sort], words=found.words),
        _("State: {state}", state=NEEDS[found.state]),
        lines(*(_by(at, whose.get(id_), found) for id_ in found.holder_ids)),
        lines(*(_line(at, each, whose.get(each.member_id)) for each in pledged[-SHOWN:])),
        found.outcome and _("What became of it: {words}", words=found.outcome),
    )
    open_ = found.state != "closed"
    ways = stacked(
        button(_("Close it"), "funding.close", found.id) if open_ else None,
        button(_("Back"), "funding.of", at.network.id),
    )
    return [turn.say(text, ways, edit=True)]


def _by(at: Desk, member: Member | None, need: Need) -> Value:
    told = member is not None and member.id == need.made_by
    if told:
        return _("Told by {name}", name=_name(at, member))
    return _("Confirmed by {name}", name=_name(at, member))


def _name(at: Desk, member: Member | None) -> Value:
    if member is None or not at.sees(member) or not member.name:
        return _("somebody")
    return member.name


def _line(at: Desk, pledge: Pledge, member: Member | None) -> Text:
    """A pledge without its words, which are for the two who speak for the need."""
    return _("• {name}: {state}", name=_name(at, member), state=PLEDGES[pledge.state])


async def close(turn: Turn, need_id: int) -> list[Say]:
    """Asks whether to close a need."""
    opened = await _opened(turn, need_id)
    if opened is None:
        return [refused(turn)]
    text = _("Close this need? Nobody can offer anything any more; who did is told.")
    ways = stacked(
        button(_("Yes, close it"), "funding.closed", need_id),
        button(_("No, go back"), "funding.show", need_id),
    )
    return [turn.say(text, ways, edit=True)]


async def closed(turn: Turn, need_id: int) -> list[Say]:
    """Closes a need, whatever it lacks still; those it concerns are told."""
    opened = await _opened(turn, need_id)
    if opened is None:
        return [refused(turn)]
    at, found = opened
    if found.state == "closed":
        return await show(turn, need_id)
    await needs.set_state(turn.db, need_id, "closed", turn.now)
    givers = await needs.release(turn.db, need_id, turn.now, "offered", "accepted")
    await at.note(turn, "funding.closed", str(need_id))
    whom = await roster.by_ids(turn.db, {*givers, *found.holder_ids})
    news = _("A need of joint work was closed by the coordinators. /needs shows where you stand.")
    told = [Say(each.person_id, news) for each in whom.values() if each.state in PRESENT]
    return [*await show(turn, need_id), *told]


MENU = (Command("funding", _("What joint work lacks and gets"), for_coordinators=True),)
ROUTES = Routes(
    {"funding": funding},
    {
        "funding.of": of,
        "funding.page": page,
        "funding.show": show,
        "funding.close": close,
        "funding.closed": closed,
    },
    right=Right.PUBLISH,
)
