"""What a brief says, loaded and summed: nothing of too few people goes into it."""

from __future__ import annotations

from collections import Counter

from bot.coordinators.scope import View
from bot.domain.briefs import TOLD, Brief, OfSide, Outcome, begins
from bot.domain.figures import funnel, shown
from bot.router import Turn
from bot.store import briefs, ledger, stats
from bot.store.stats import Scope


async def gathered(turn: Turn, seen: View, months: int) -> tuple[Scope, Brief]:
    """A brief on what is looked at, of so many months until now (0: of all there was)."""
    since = begins(turn.now, months)
    scope = Scope(*seen.ids, since, turn.now)
    fewest = seen.fewest
    held = await ledger.held(turn.db, scope)
    outcomes, onward = await _outcomes(turn, scope, fewest)
    exchange = seen.exchange
    tracks = [] if exchange else await ledger.tracks(turn.db, scope.network_id)
    brief = Brief(
        network=seen.at.network.name,
        track=exchange.track if exchange else 0,
        shape=exchange.format if exchange else "",
        name=exchange.name if exchange else None,
        tracks=tuple(each.track for each in tracks),
        since=None if since is None else since.date(),
        until=turn.now.date(),
        fewest=fewest,
        sides=await _sides(turn, seen, scope),
        meetings=shown(held.meetings, fewest, held.people),
        hours=shown(round(held.minutes / 60), fewest, held.people),
        onward=onward,
        outcomes=outcomes,
        stories=tuple(await briefs.published(turn.db, scope)),
    )
    return scope, brief


async def _sides(turn: Turn, seen: View, scope: Scope) -> tuple[OfSide, ...]:
    reached = funnel(await stats.reached(turn.db, scope))
    found = {each.id: reached.get(each.id, Counter()) for each in seen.sides}
    return tuple(
        OfSide(each.name, tuple(shown(found[each.id][step], seen.fewest) for step in TOLD))
        for each in seen.sides
    )


def _share(yes: int, many: int, fewest: int) -> int | None:
    """How many said yes, unless that tells of a few that they did, or that they did not."""
    few = 0 < many - yes < fewest
    return None if few else shown(yes, fewest)


async def _outcomes(
    turn: Turn, scope: Scope, fewest: int
) -> tuple[tuple[Outcome, ...], int | None]:
    found = await ledger.came_of_it(turn.db, scope)
    told = tuple(
        Outcome(track, key, _share(each.yes[key], many, fewest), many)
        for track, each in found.items()
        for key, many in each.asked.items()
        if many >= fewest
    )
    people = sum(each.people for each in found.values())
    return told, shown(sum(each.onward for each in found.values()), fewest, people)
