"""A circle or team at a coordinator's desk: who of one's own side is in it, and ending it."""

from __future__ import annotations

from bot.coordinators.desk import Desk, desk, refused
from bot.domain.replies import (
    Listed,
    Say,
    Value,
    When,
    _,
    button,
    lines,
    ngettext,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.domain.tracks import title
from bot.router import Routes, Turn, too_old
from bot.seats import NEWS
from bot.store import exchanges, groups, matches, meetings
from bot.store.groups import BY_HAND, Group


async def _opened(turn: Turn, match_id: int) -> tuple[Desk, Group] | list[Say]:
    """An open group with somebody of one's own side, held; else what to say instead."""
    match = await matches.by_id(turn.db, match_id)
    exchange = None if match is None else await exchanges.by_id(turn.db, match.exchange_id)
    at = None if exchange is None else await desk(turn, exchange.network_id, Right.PAIRS)
    if at is None:
        return [refused(turn)]
    group = await groups.held(turn.db, match_id)
    if group is None or all(each.side.id != at.side.id for each in group.seats):
        return [too_old(turn)]
    if group.match.state not in matches.OPEN:
        over = _("This group is over. /pairs shows the open ones.")
        return [turn.say(over, edit=True)]
    return at, group


async def show(turn: Turn, match_id: int) -> list[Say]:
    """One group: its people by number, those of one's own side by name."""
    found = await _opened(turn, match_id)
    if isinstance(found, list):
        return found
    at, group = found
    ways = stacked(
        button(_("End this group"), "pairs.gend", match_id),
        button(_("Back"), "pairs.groups", at.network.id, 0),
    )
    return [turn.say(await _card(turn, at, group), ways, edit=True)]


async def _card(turn: Turn, at: Desk, group: Group) -> Value:
    match, exchange = group.match, group.exchange
    planned = await meetings.of_match(turn.db, match.id)
    held = [each for each in planned if each.state == "held"]
    ahead = [each for each in planned if each.state == "agreed" and each.starts_at > turn.now]
    own = [each.name for each in group.seats if at.sees(each.member)]
    return lines(
        _("<b>{activity}</b>", activity=title(exchange.name, exchange.track, exchange.format)),
        ngettext("{n} person", "{n} people", len(group.seats)),
        _("Of your side: {names}", names=Listed(tuple(own))) if own else None,
        _("Begun: {when}", when=When(match.active_at)) if match.active_at else _("Not begun yet"),
        _("Sessions held: {many}", many=len(held)),
        _("Next session: {when}", when=When(ahead[0].starts_at)) if ahead else None,
    )


async def end(turn: Turn, match_id: int) -> list[Say]:
    """Asks whether to end it."""
    found = await _opened(turn, match_id)
    if isinstance(found, list):
        return found
    text = paragraphs(
        _("End this group? Sessions that are planned are cancelled."),
        _("All in it are told kindly, by day, and are among the first in the next round."),
    )
    ways = stacked(
        button(_("Yes, end it"), "pairs.gended", match_id),
        button(_("No, go back"), "pairs.group", match_id),
    )
    return [turn.say(text, ways, edit=True)]


async def ended(turn: Turn, match_id: int) -> list[Say]:
    """Ends it; nobody in it chose that, so all go first next time."""
    found = await _opened(turn, match_id)
    if isinstance(found, list):
        return found
    at, group = found
    state = "declined" if group.match.state == "proposed" else "closed"
    first = [each.member.id for each in group.seats]
    await groups.end(turn.db, group, state, turn.now, BY_HAND, first)
    await groups.call(turn.db, group, NEWS, turn.now, state, *group.seats)
    await at.note(turn, "pairs.group_ended", str(match_id))
    back = stacked(button(_("Back"), "pairs.groups", at.network.id, 0))
    return [turn.say(_("The group has ended. All in it are told."), back, edit=True)]


ROUTES = Routes(
    {},
    {"pairs.group": show, "pairs.gend": end, "pairs.gended": ended},
    right=Right.PAIRS,
)
