"""Which groups of a round may still be, looked at again: without whom is gone, if that will do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.coordinators.candidates import candidate
from bot.domain.groups import fit_together, leading, shape_of
from bot.store import line, seating
from bot.store.blocks import kept_apart
from bot.store.db import Db
from bot.store.exchanges import Exchange
from bot.store.line import Waiting
from bot.store.seating import DraftedGroup, DraftedSeat


@dataclass(frozen=True, slots=True)
class Forming:
    """A group whose musts hold, its people, and by side the member who leads it."""

    group: DraftedGroup
    people: tuple[Waiting, ...]
    leads: dict[int, int]

    @property
    def of_each(self) -> list[int]:
        """How many there are of each side."""
        return sorted(Counter(member.side_id for _e, member in self.people).values())


async def forming(
    db: Db,
    exchange: Exchange,
    some: Sequence[DraftedGroup],
    now: datetime,
    *,
    hold: bool = False,
) -> list[Forming]:
    """Of these groups those whose musts hold; with `hold` nobody in them can pause.

    Who is not free any more is left out, where the others are still a group without them.
    """
    seats = await seating.seats_of(db, [each.id for each in some])
    ids = {seat.member_id for each in seats.values() for seat in each}
    if not ids:
        return []
    who = await line.members_in(db, exchange.id, ids, hold=hold)
    free = {id_: each for id_, each in who.items() if each[0].state == "waiting"}
    apart = await kept_apart(db, ids)
    found = [_formed(exchange, each, seats[each.id], free, apart, now) for each in some]
    return [each for each in found if each is not None]


def _formed(
    exchange: Exchange,
    group: DraftedGroup,
    seats: Sequence[DraftedSeat],
    free: dict[int, Waiting],
    apart: Collection[frozenset[int]],
    now: datetime,
) -> Forming | None:
    there = [free[seat.member_id] for seat in seats if seat.member_id in free]
    some = [candidate(each, exchange, now) for each in there]
    sides, shape = {seat.side_id for seat in seats}, shape_of(exchange.settled)
    if not fit_together(some, sides, shape, exchange.asks, apart):
        return None
    named = [seat.member_id for seat in seats if seat.leads]
    return Forming(group, tuple(there), leading(some, named, shape))
