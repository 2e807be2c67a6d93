"""/safeguard: what people of one's own side told about a risk, for its safeguarding contacts alone.

No coordinator reads a report, and the log says of none whom it is from.
"""

from __future__ import annotations

from typing import Any, cast

from bot.coordinators.desk import Desk, choose, desk, refused
from bot.coordinators.people import named
from bot.domain.covered import in_words
from bot.domain.parcels import Kind, Parcel
from bot.domain.replies import (
    Button,
    Command,
    Hour,
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
from bot.router import Routes, Turn, go, too_old
from bot.store import networks, reports, roster
from bot.store.networks import Member
from bot.store.reports import PAGE, Report

FILTERS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "open": (_("Not closed"), ("new", "taken")),
    "new": (_("New"), ("new",)),
    "taken": (_("Taken"), ("taken",)),
    "closed": (_("Closed"), ("closed",)),
}
STATES: dict[str, Text] = {
    "new": _("new"),
    "taken": _("taken"),
    "closed": _("closed"),
}


async def safeguard(turn: Turn) -> list[Say]:
    """/safeguard: of which network, then the reports that are not closed."""
    return await choose(turn, _("Which network?"), "safeguard.of", _first, Right.SAFEGUARD)


async def _first(turn: Turn, at: Desk) -> list[Say]:
    return await _page(turn, at, "open", 0)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """The reports of one's own side that are not closed."""
    return await page(turn, network_id, "open", 0)


async def page(turn: Turn, network_id: int, state: str, before: int) -> list[Say]:
    """Reports in a state, those before one."""
    at = await desk(turn, network_id, Right.SAFEGUARD)
    if at is None:
        return [refused(turn)]
    return [too_old(turn)] if state not in FILTERS else await _page(turn, at, state, before)


async def _page(turn: Turn, at: Desk, state: str, before: int) -> list[Say]:
    name, states = FILTERS[state]
    found = await reports.page(turn.db, at.me, states, before)
    counts = await reports.counts(turn.db, at.me)
    whose = await roster.by_ids(turn.db, {each.member_id for each in found})
    many = sum(counts.get(each, 0) for each in states)
    text = paragraphs(
        _("<b>Reports of risk</b>: {state}", state=name),
        ngettext("{n} report", "{n} reports", many),
    )
    shown = found[:PAGE]
    args = at.network.id, state
    ways: tuple[Button | None, ...] = (
        *(_way(each, whose[each.member_id]) for each in shown if each.member_id in whose),
        button(_("The latest"), "safeguard.page", *args, 0) if before else None,
        button(_("Earlier"), "safeguard.page", *args, shown[-1].id) if len(found) > PAGE else None,
    )
    others = (
        button(text, "safeguard.page", at.network.id, each, 0)
        for each, (text, _states) in FILTERS.items()
        if each != state
    )
    return [turn.say(text, (*stacked(*ways), *in_rows(others, 2)), edit=True)]


def _way(each: Report, member: Member) -> Button:
    text = _("{when}: {name}", when=Hour(each.at), name=named(member))
    return button(text, "safeguard.show", each.id)


async def _opened(
    turn: Turn, report_id: int, *, hold: bool = False
) -> tuple[Desk, Report, Member] | list[Say]:
    """A report of one's own side, and from whom it is; else what to say instead."""
    report = await reports.by_id(turn.db, report_id, hold=hold)
    at = None if report is None else await desk(turn, report.network_id, Right.SAFEGUARD)
    member = None if report is None else await networks.member(turn.db, report.member_id)
    if report is None or at is None or member is None or report.side_id != at.side.id:
        return [refused(turn)]
    if report.about_id == at.me.id:
        return [refused(turn)]
    return at, report, member


async def show(turn: Turn, report_id: int) -> list[Say]:
    """A report, its words behind a spoiler."""
    found = await _opened(turn, report_id)
    return found if isinstance(found, list) else [await _card(turn, *found)]


async def _card(turn: Turn, at: Desk, report: Report, member: Member) -> Say:
    by = await networks.member(turn.db, report.taken_by) if report.taken_by else None
    words: Value = report.said or _("nothing more was said")
    added = len(report.messages)
    text = paragraphs(
        lines(
            _("<b>A report of risk</b>"),
            _("State: {state}", state=STATES[report.state]),
            _("Told: {when}", when=When(report.at)),
            _("Looked after by: {name}", name=named(by)) if by else None,
        ),
        _("<tg-spoiler>{name}: {words}</tg-spoiler>", name=named(member), words=words),
        ngettext("They added {n} message.", "They added {n} messages.", added) if added else None,
    )
    here = member.state != "left"
    ways = stacked(
        button(_("Write to them"), "ask.answer", member.id) if here else None,
        button(_("Show what they added"), "safeguard.files", report.id) if added else None,
        button(_("I look after it"), "safeguard.take", report.id)
        if report.state != "closed" and report.taken_by != at.me.id
        else None,
        button(_("Close it"), "safeguard.close", report.id) if report.state != "closed" else None,
        button(_("Open it again"), "safeguard.take", report.id)
        if report.state == "closed"
        else None,
        button(_("Back"), "safeguard.of", at.network.id),
    )
    return turn.say(text, ways, edit=True)


async def files(turn: Turn, report_id: int) -> list[Say]:
    """The messages that were added, each as it was; pictures as long as Telegram has them."""
    found = await _opened(turn, report_id)
    if isinstance(found, list):
        return found
    return [_added(turn, each) for each in found[1].messages] or [too_old(turn)]


def _added(turn: Turn, message: dict[str, Any]) -> Say:
    place, card = message.get("place"), message.get("card")
    parcel = Parcel(
        cast("Kind", message["kind"]),
        0,
        file=message["file"],
        place=(place[0], place[1]) if place else None,
        card=(card[0], card[1]) if card else None,
    )
    said = in_words(parcel) or message["text"]
    words = _("<tg-spoiler>{words}</tg-spoiler>", words=said)
    if not parcel.file:
        return turn.say(words)
    return turn.say(words if said else "", parcel=parcel)


async def take(turn: Turn, report_id: int) -> list[Say]:
    """Whoever presses looks after the report from now on."""
    return await _set(turn, report_id, "taken")


async def close(turn: Turn, report_id: int) -> list[Say]:
    """Nothing more is to be done about the report."""
    return await _set(turn, report_id, "closed")


async def _set(turn: Turn, report_id: int, state: str) -> list[Say]:
    found = await _opened(turn, report_id, hold=True)
    if isinstance(found, list):
        return found
    at, report, member = found
    mine = at.me.id if state == "taken" else report.taken_by or at.me.id
    told: list[Say] = []
    if (report.state, report.taken_by) != (state, mine):
        await reports.set_state(turn.db, report.id, state, mine, turn.now)
        await at.note(turn, f"safeguard.{state}")
        news = _("There is news for you.")
        told = [Say(member.person_id, news, stacked(go(_("Show"), "reports")))]
    now = await reports.by_id(turn.db, report.id)
    return [await _card(turn, at, now or report, member), *told]


MENU = (Command("safeguard", _("What your side told about risks"), for_coordinators=True),)
ROUTES = Routes(
    {"safeguard": safeguard},
    {
        "safeguard.of": of,
        "safeguard.page": page,
        "safeguard.show": show,
        "safeguard.files": files,
        "safeguard.take": take,
        "safeguard.close": close,
    },
    right=Right.SAFEGUARD,
)
