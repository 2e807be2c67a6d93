"""/pairs: what became of the introductions of one's own side; circles and teams beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

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
    ngettext,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.domain.tracks import title
from bot.router import Routes, Turn, too_old
from bot.store import exchanges, introduced, matches, meetings, pairings, roster
from bot.store.introduced import Together
from bot.store.matches import Match
from bot.store.meetings import Meeting
from bot.store.pairings import Pairing

PAGE = 10
FILTERS: dict[str, Text] = {
    "all": _("All"),
    "waits": _("Waiting for an answer"),
    "active": _("Introduced"),
    "quiet": _("Gone quiet"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A pair at a coordinator's desk: `pair.me` is the one of their own side."""

    at: Desk
    pair: Pairing
    planned: list[Meeting]
    quiet: bool


def _silent_since(turn: Turn, at: Desk) -> datetime:
    return turn.now - timedelta(days=at.network.settled.silent_days)


async def pairs(turn: Turn) -> list[Say]:
    """/pairs: of which network, then the open introductions of one's side."""
    return await choose(turn, _("Which network?"), "pairs.of", _first, Right.PAIRS)


async def _first(turn: Turn, at: Desk) -> list[Say]:
    return await page(turn, at.network.id, "all", 0)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """The open introductions of one's side in this network."""
    return await page(turn, network_id, "all", 0)


async def page(turn: Turn, network_id: int, state: str, after: int) -> list[Say]:
    """Open introductions, those after one: all, or only those that stand in one way."""
    at = await desk(turn, network_id, Right.PAIRS)
    if at is None:
        return [refused(turn)]
    if state not in FILTERS:
        return [too_old(turn)]
    since = _silent_since(turn, at)
    where = (network_id, at.side.id, state, since, after, PAGE + 1)
    found = await introduced.pairs(turn.db, *where)
    seen = [await _seen(turn, at, each) for each in found[:PAGE]]
    shown = [each for each in seen if each is not None]
    last = found[PAGE - 1].id if len(found) > PAGE else 0
    turns: tuple[Button | None, ...] = (
        button(_("First page"), "pairs.page", network_id, state, 0) if after else None,
        button(_("Next page"), "pairs.page", network_id, state, last) if last else None,
        button(_("Circles and teams"), "pairs.groups", network_id, 0),
    )
    ways = (button(each.pair.me.name, "pairs.show", each.pair.match.id) for each in shown)
    others = (
        button(text, "pairs.page", network_id, each, 0)
        for each, text in FILTERS.items()
        if each != state
    )
    rows = (*stacked(*ways, *turns), *in_rows(others, 2))
    return [turn.say(await _listed(turn, at, state, shown), rows, edit=True)]


async def _listed(turn: Turn, at: Desk, state: str, shown: list[Seen]) -> Value:
    if not shown and state == "all":
        return _("Nobody of your side is being introduced at the moment.")
    head = _("<b>{side}</b>: open introductions", side=at.side.name)
    if state != "all":
        head = _("<b>{side}</b>: {state}", side=at.side.name, state=FILTERS[state])
    many = await roster.in_touch(turn.db, [each.pair.me.member.id for each in shown])
    told = [_line(each, many[each.pair.me.member.id]) for each in shown]
    return paragraphs(head, lines(*told) if told else _("There are none."))


def _line(seen: Seen, many: int) -> Text:
    """A line; who is in several introductions stands there once for each, with their number."""
    if many < 2:
        return _("• {name}: {state}", name=seen.pair.me.name, state=state_of(seen))
    return ngettext(
        "• {name} ({n} introduction): {state}",
        "• {name} ({n} introductions): {state}",
        many,
        name=seen.pair.me.name,
        state=state_of(seen),
    )


async def _seen(turn: Turn, at: Desk, match: Match, *, hold: bool = False) -> Seen | None:
    """The pair as this desk may see it; None if nobody of its side is in it."""
    parties = await matches.parties(turn.db, match.id)
    whose = await roster.by_ids(turn.db, [each.member_id for each in parties])
    for party in parties:
        member = whose.get(party.member_id)
        if member is not None and at.sees(member):
            pair = await pairings.of(turn.db, member.person_id, match.id, hold=hold)
            if pair is None:
                return None
            planned = await meetings.of_match(turn.db, match.id)
            return Seen(at, pair, planned, _quiet(_silent_since(turn, at), pair.match, planned))
    return None


def _quiet(silent_since: datetime, match: Match, planned: list[Meeting]) -> bool:
    """Whether an active pair has nothing ahead, and nothing behind since the time allowed."""
    if match.state != "active" or match.active_at is None:
        return False
    return max([match.active_at, *(each.starts_at for each in planned)]) < silent_since


def state_of(seen: Seen) -> Text:
    """A word on how it stands. What the other one answered stays on their side."""
    if seen.quiet:
        return _("gone quiet")
    if seen.pair.match.state == "active":
        return _("introduced")
    return (
        _("said yes, waiting") if seen.pair.me.said.answer == "yes" else _("asked, no answer yet")
    )


async def opened(turn: Turn, match_id: int, *, hold: bool = False) -> Seen | Say:
    """An open pair this person may see; else what to say instead."""
    match = await (matches.locked if hold else matches.by_id)(turn.db, match_id)
    exchange = None if match is None else await exchanges.by_id(turn.db, match.exchange_id)
    at = None if exchange is None else await desk(turn, exchange.network_id, Right.PAIRS)
    seen = None if match is None or at is None else await _seen(turn, at, match, hold=hold)
    if seen is None:
        return refused(turn)
    if seen.pair.match.state not in matches.OPEN:
        return turn.say(_("This introduction is over. /pairs shows the open ones."), edit=True)
    return seen


async def show(turn: Turn, match_id: int) -> list[Say]:
    """One introduction, the other one unnamed."""
    seen = await opened(turn, match_id)
    if isinstance(seen, Say):
        return [seen]
    ways = stacked(
        button(_("Remind gently"), "pairs.remind", match_id),
        button(_("End this introduction"), "pairs.end", match_id),
        button(_("Never introduce these two again"), "pairs.forbid", match_id),
        button(_("Back"), "pairs.of", seen.at.network.id),
    )
    return [turn.say(_card(turn, seen), ways, edit=True)]


def _card(turn: Turn, seen: Seen) -> Value:
    match, planned = seen.pair.match, seen.planned
    held = [each for each in planned if each.state == "held"]
    ahead = [each for each in planned if each.state == "agreed" and each.starts_at > turn.now]
    proposed = match.state == "proposed"
    return lines(
        _("<b>{name}</b>, with a partner on the other side", name=seen.pair.me.name),
        _("State: {state}", state=state_of(seen)),
        _("Asked: {when}", when=When(match.proposed_at)),
        _("Answers are possible until {when}", when=When(match.expires_at)) if proposed else None,
        _("Introduced: {when}", when=When(match.active_at)) if match.active_at else None,
        _("Last heard from: {when}", when=When(_last_sign(turn, seen))),
        _("Meetings held: {many}", many=len(held)),
        _("Last met: {when}", when=When(held[-1].starts_at)) if held else None,
        _("Next meeting: {when}", when=When(ahead[0].starts_at)) if ahead else None,
    )


def _last_sign(turn: Turn, seen: Seen) -> datetime:
    """When something last happened between the two, or the one of one's own side answered."""
    match = seen.pair.match
    met = [each.starts_at for each in seen.planned if each.starts_at <= turn.now]
    planned = [each.created_at for each in seen.planned]
    own = [match.proposed_at, match.active_at, seen.pair.me.said.answered_at]
    return max([each for each in own if each is not None] + met + planned)


async def groups(turn: Turn, network_id: int, after: int) -> list[Say]:
    """Open circles and teams with people of one's side: how many, and when they meet next."""
    at = await desk(turn, network_id, Right.PAIRS)
    if at is None:
        return [refused(turn)]
    where = (network_id, at.side.id, turn.now, after, PAGE + 1)
    found = await introduced.groups(turn.db, *where)
    shown = [(each, await _name(turn, each)) for each in found[:PAGE]]
    told = [
        _("{n}. {group}", n=n, group=_group(each, name)) for n, (each, name) in enumerate(shown, 1)
    ]
    text = paragraphs(
        _("<b>{side}</b>: circles and teams", side=at.side.name),
        lines(*told) if told else _("There are none."),
    )
    last = found[PAGE - 1].match_id if len(found) > PAGE else 0
    ways = stacked(
        *(
            button(_("{n}. {activity}", n=n, activity=name), "pairs.group", each.match_id)
            for n, (each, name) in enumerate(shown, 1)
        ),
        button(_("Next page"), "pairs.groups", network_id, last) if last else None,
        button(_("Back"), "pairs.of", network_id),
    )
    return [turn.say(text, ways, edit=True)]


async def _name(turn: Turn, each: Together) -> Value:
    exchange = await exchanges.by_id(turn.db, each.exchange_id)
    return "—" if exchange is None else title(exchange.name, exchange.track, exchange.format)


def _group(each: Together, name: Value) -> Value:
    people = ngettext("{name}: {n} person", "{name}: {n} people", each.people, name=name)
    if each.state == "proposed":
        return _("{group}, not begun yet", group=people)
    if each.next_at is None:
        return _("{group}, no session planned", group=people)
    return _("{group}, next on {when}", group=people, when=When(each.next_at))


MENU = (Command("pairs", _("The introductions of your side"), for_coordinators=True),)
ROUTES = Routes(
    {"pairs": pairs},
    {"pairs.of": of, "pairs.page": page, "pairs.show": show, "pairs.groups": groups},
    right=Right.PAIRS,
)
