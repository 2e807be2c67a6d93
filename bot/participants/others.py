"""Whom somebody is or was in a match with, whatever became of it; and who keeps what they have.

Who threatened and then left can be blocked and reported still, and so can those they left behind.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.domain.exchange import GROUPED
from bot.domain.replies import Value, _
from bot.router import Turn
from bot.store import blocks, exchanges, matches, pairings, reports, roster
from bot.store.matches import Match, Matched
from bot.store.networks import Member

IN_IT = ("yes", "left")
"""What those of a circle or team said who are in it, or were."""

LEFT = _("Somebody who has left")
FORGOTTEN = _("Somebody who had everything deleted")


@dataclass(frozen=True, slots=True)
class Others:
    """Whom somebody is in a match with: member ids and names; `together` in a circle or team.

    `who` lacks those who were forgotten: nothing says any more who they were.
    """

    me: Member
    who: tuple[tuple[int, Value], ...]
    together: bool = False


async def others_of(turn: Turn, match_id: int) -> Others | None:
    """Whom this person is or was in a match with; None where they were never in it."""
    match, seats = await matches.by_id(turn.db, match_id), await _seats(turn, match_id)
    me = next((each for each, _said in seats.values() if each.person_id == turn.me.id), None)
    exchange = None if match is None else await exchanges.by_id(turn.db, match.exchange_id)
    if match is None or me is None or exchange is None:
        return None
    if exchange.format not in GROUPED:
        return Others(me, await _partner(turn, match, seats, me))
    there = {id_: each for id_, (each, said) in seats.items() if said.answer in IN_IT}
    if match.state == "proposed" or me.id not in there:
        return None
    who = [(id_, each.name or LEFT) for id_, each in there.items() if id_ != me.id]
    return Others(me, tuple(who), together=True)


async def _partner(
    turn: Turn, match: Match, seats: Mapping[int, tuple[Member, Matched]], me: Member
) -> tuple[tuple[int, Value], ...]:
    pairing = await pairings.of(turn.db, turn.me.id, match.id)
    known = pairing is not None and match.state == "active"
    name = pairing.partner.shown if pairing and known else _("The other person")
    return tuple((id_, name) for id_ in seats if id_ != me.id)


async def _seats(turn: Turn, match_id: int) -> dict[int, tuple[Member, Matched]]:
    """Everybody there ever was in a match and is still known, by member id."""
    said = await matches.parties(turn.db, match_id)
    who = await roster.by_ids(turn.db, {each.member_id for each in said})
    return {each.member_id: (who[each.member_id], each) for each in said if each.member_id in who}


async def keepers(turn: Turn, match_id: int, reader_ids: Collection[int]) -> set[int]:
    """Which of these people keep what this person sent them: it may be what they report.

    All of them once the match is over, or this person has left it; else those with whom there is
    a block or an open report.
    """
    match, seats = await matches.by_id(turn.db, match_id), await _seats(turn, match_id)
    mine = [(each, said) for each, said in seats.values() if each.person_id == turn.me.id]
    over = match is None or match.state != "active" or not mine or mine[0][1].answer == "left"
    if over or mine[0][0].state == "left":
        return set(reader_ids)
    apart = await blocks.between(turn.db, turn.me.id, reader_ids)
    resting = await reports.resting(turn.db, match_id, mine[0][0].id)
    return apart | {seats[each][0].person_id for each in resting if each in seats}
