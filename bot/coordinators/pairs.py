"""/pairs: what became of the introductions of one's own side, and ending one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

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
    lines,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.partners import NOTHING_ELSE
from bot.router import Routes, Turn
from bot.store import exchanges, matches, meetings, networks, pairings
from bot.store.matches import Match
from bot.store.pairings import Half, Pairing

PAGE = 10


@dataclass(frozen=True, slots=True)
class Seen:
    """A pair at a coordinator's desk: `pair.me` is the one of their own side."""

    at: Desk
    pair: Pairing
    quiet: bool


async def pairs(turn: Turn) -> list[Say]:
    """/pairs: of which network, then the open introductions of one's side."""
    return await choose(turn, _("Which network?"), "pairs.of", _first, Right.PAIRS)


async def _first(turn: Turn, at: Desk) -> list[Say]:
    return await page(turn, at.network.id, 0)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """The open introductions of one's side in this network."""
    return await page(turn, network_id, 0)


async def page(turn: Turn, network_id: int, after: int) -> list[Say]:
    """Open introductions, those after one."""
    at = await desk(turn, network_id, Right.PAIRS)
    if at is None:
        return [refused(turn)]
    ids = [each.id for each in await exchanges.open_in(turn.db, network_id)]
    found = await matches.open_in(turn.db, ids, at.side.id, PAGE + 1, after)
    if not found and not after:
        return [turn.say(_("Nobody of your side is being introduced at the moment."), edit=True)]
    seen = [await _seen(turn, at, each) for each in found[:PAGE]]
    shown = [each for each in seen if each is not None]
    text = paragraphs(
        _("<b>{side}</b>: open introductions", side=at.side.name),
        lines(
            *(_("• {name}: {state}", name=each.pair.me.name, state=_state(each)) for each in shown)
        ),
    )
    last = found[PAGE - 1].id if len(found) > PAGE else 0
    turns: tuple[Button | None, ...] = (
        button(_("First page"), "pairs.page", network_id, 0) if after else None,
        button(_("Next page"), "pairs.page", network_id, last) if last else None,
    )
    ways = (button(each.pair.me.name, "pairs.show", each.pair.match.id) for each in shown)
    return [turn.say(text, stacked(*ways, *turns), edit=True)]


async def _seen(turn: Turn, at: Desk, match: Match, *, hold: bool = False) -> Seen | None:
    """The pair as this desk may see it; None if nobody of its side is in it."""
    for party in await matches.parties(turn.db, match.id):
        member = await networks.member(turn.db, party.member_id)
        if member is not None and at.sees(member):
            pair = await pairings.of(turn.db, member.person_id, match.id, hold=hold)
            return None if pair is None else Seen(at, pair, await _quiet(turn, at, pair.match))
    return None


async def _quiet(turn: Turn, at: Desk, match: Match) -> bool:
    """Whether an active pair has nothing ahead, and nothing behind since the time allowed."""
    if match.state != "active" or match.active_at is None:
        return False
    planned = await meetings.of_match(turn.db, match.id)
    last = max([match.active_at, *(each.starts_at for each in planned)])
    return turn.now - last > timedelta(days=at.network.settled.silent_days)


def _state(seen: Seen) -> Text:
    """A word on how it stands. What the other one answered stays on their side."""
    if seen.quiet:
        return _("gone quiet")
    if seen.pair.match.state == "active":
        return _("introduced")
    return (
        _("said yes, waiting") if seen.pair.me.said.answer == "yes" else _("asked, no answer yet")
    )


async def _opened(turn: Turn, match_id: int, *, hold: bool = False) -> Seen | Say:
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
    seen = await _opened(turn, match_id)
    if isinstance(seen, Say):
        return [seen]
    ways = stacked(
        button(_("End this introduction"), "pairs.end", match_id),
        button(_("Back"), "pairs.of", seen.at.network.id),
    )
    return [turn.say(await _card(turn, seen), ways, edit=True)]


async def _card(turn: Turn, seen: Seen) -> Value:
    match = seen.pair.match
    planned = await meetings.of_match(turn.db, match.id)
    held = [each for each in planned if each.state == "held"]
    ahead = [each for each in planned if each.state == "agreed" and each.starts_at > turn.now]
    proposed = match.state == "proposed"
    return lines(
        _("<b>{name}</b>, with a partner on the other side", name=seen.pair.me.name),
        _("State: {state}", state=_state(seen)),
        _("Asked: {when}", when=When(match.proposed_at)),
        _("Answers are possible until {when}", when=When(match.expires_at)) if proposed else None,
        _("Introduced: {when}", when=When(match.active_at)) if match.active_at else None,
        _("Meetings held: {many}", many=len(held)),
        _("Last met: {when}", when=When(held[-1].starts_at)) if held else None,
        _("Next meeting: {when}", when=When(ahead[0].starts_at)) if ahead else None,
    )


async def end(turn: Turn, match_id: int) -> list[Say]:
    """Asks whether to end an introduction."""
    seen = await _opened(turn, match_id)
    if isinstance(seen, Say):
        return [seen]
    text = _(
        "End the introduction of {name}? Both are told kindly, wait for somebody new, "
        "and are not introduced to each other again.",
        name=seen.pair.me.name,
    )
    ways = stacked(
        button(_("Yes, end it"), "pairs.ended", match_id),
        button(_("No, go back"), "pairs.show", match_id),
    )
    return [turn.say(text, ways, edit=True)]


async def ended(turn: Turn, match_id: int) -> list[Say]:
    """Ends an introduction; both go first next time, as neither chose it."""
    seen = await _opened(turn, match_id, hold=True)
    if isinstance(seen, Say):
        return [seen]
    pair = seen.pair
    await pairings.end(turn.db, pair, "closed", turn.now, "coordinator", pair.member_ids)
    others = [await _told(turn, pair, half) for half in pair.halves if half.present]
    ways = stacked(button(_("Back"), "pairs.of", seen.at.network.id))
    return [turn.say(_("The introduction has ended. Both are told."), ways, edit=True), *others]


async def _told(turn: Turn, pair: Pairing, half: Half) -> Say:
    follows = _("You are in line for somebody new, and will be among the first.")
    if await pairings.goes_on(turn.db, pair, half):
        follows = NOTHING_ELSE
    text = _("A coordinator has ended an introduction you were in. You need not do anything.")
    return Say(half.person.id, paragraphs(text, follows))


MENU = (Command("pairs", _("The introductions of your side"), for_coordinators=True),)
ROUTES = Routes(
    {"pairs": pairs},
    {
        "pairs.of": of,
        "pairs.page": page,
        "pairs.show": show,
        "pairs.end": end,
        "pairs.ended": ended,
    },
    right=Right.PAIRS,
)
