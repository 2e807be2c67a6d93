"""People to the matching's process and pairs, or groups, back into rows, a page at a time.

Between two pages everybody else has their turn: to read, open and pack 200 people takes some
hundredths of a second, and a network may have 200,000.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.coordinators.candidates import candidate
from bot.delivery.child import Child
from bot.domain.exchange import GROUPED
from bot.store import blocks, drafts, forbidden, line, networks, pairs, rounds, seating
from bot.store.db import Db, Store
from bot.store.exchanges import Exchange
from bot.store.rounds import Round

PEOPLE, PAIRS, DROPPED = 200, 2000, 1000
"""How many are read, or dropped, at once."""


Page = Callable[[Db, int, int, int], Awaitable[tuple[list[tuple[int, int]], int | None]]]


class Unwanted(Exception):
    """The round is no longer to be matched."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted while it is stored; `sides` has the side of everybody who waited.

    `own` counts the pairs, or the seats in groups, that people of each side have.
    """

    sides: Mapping[int, int]
    place: Counter[str] = field(default_factory=Counter)
    own: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, some: Sequence[Mapping[str, Any]]) -> None:
        """Counts pairs, groups, or people who are left out."""
        self.place[kind] += len(some)
        for each in some:
            if kind == "pairs":
                self.own.update(self._sides(each["one"], each["other"]))
            elif kind == "groups":
                self.own.update(Counter(str(seat["side"]) for seat in each["seats"]))
            else:
                self.left.update(self._sides(each["member"]))

    def _sides(self, *member_ids: int) -> set[str]:
        return {str(self.sides[each]) for each in member_ids}

    def counts(self) -> dict[str, Any]:
        """The numbers of a round's result."""
        people = Counter(map(str, self.sides.values()))
        many = {"pairs": self.place["pairs"], "groups": self.place["groups"]}
        return {**many, "people": people, "own": self.own, "left": self.left}


async def feed(store: Store, child: Child, exchange: Exchange, now: datetime) -> dict[int, int]:
    """Tells the process who waits and who met before; the side of each who waits, by member."""
    queue = await line.of(store, exchange.id)
    async with store.read() as db:
        network = await networks.by_id(db, exchange.network_id)
    taken_out = frozenset[str]() if network is None else network.taken_out
    for at in range(0, len(queue), PEOPLE):
        ids = [each.member_id for each in queue[at : at + PEOPLE]]
        async with store.read() as db:
            who = await line.members_in(db, exchange.id, ids)
        waiting = [who[id_] for id_ in ids if id_ in who]
        await child.send("people", [candidate(each, exchange, now, taken_out) for each in waiting])
        await asyncio.sleep(0)
    await _pairs(store, child, exchange, "met", pairs.page)
    await _pairs(store, child, exchange, "apart", forbidden.page)
    await _pairs(store, child, exchange, "apart", blocks.page)
    rules, seed, settled = exchange.asks.as_json(), int(now.timestamp()), exchange.settled
    if exchange.format in GROUPED:
        await child.send("circles", rules, seed, settled.size, settled.leads)
    else:
        await child.send("match", rules, seed)
    return {each.member_id: each.side_id for each in queue}


async def _pairs(store: Store, child: Child, exchange: Exchange, kind: str, page: Page) -> None:
    """Tells who met before, or who is kept apart."""
    last: int | None = 0
    while last is not None:
        async with store.read() as db:
            found, last = await page(db, exchange.network_id, last, PAIRS)
        await child.send(kind, found)
        await asyncio.sleep(0)


async def bring(
    store: Store,
    child: Child,
    found: Round,
    sides: Mapping[int, int],
    tell: Callable[[float], Awaitable[None]],
) -> dict[str, Any]:
    """Stores what the process finds, and tells how far it is; the round's result.

    Raises Unwanted where the round is no longer being matched.
    """
    tally = Tally(sides)
    while True:
        kind, some = await child.hear()
        if kind == "progress":
            await tell(some)
        elif kind == "done":
            return {**some, **tally.counts()}
        else:
            await _store(store, found, kind, tally.place[kind], some)
            tally.add(kind, some)
            await asyncio.sleep(0)


ADD = {"pairs": drafts.add_pairs, "groups": seating.add, "left": drafts.add_left}


async def _store(
    store: Store, found: Round, kind: str, first: int, some: Sequence[Mapping[str, Any]]
) -> None:
    async with store.begin() as db:
        if await rounds.held(db, found.id, "matching") is None:
            raise Unwanted
        await ADD[kind](db, found.id, first, some)


async def forget(store: Store, found: Round) -> None:
    """Drops what an earlier attempt at this round has stored."""
    more = True
    while more:
        async with store.begin() as db:
            more = await drafts.clear(db, found.id, DROPPED)
            more |= await seating.clear(db, found.id, DROPPED)
        await asyncio.sleep(0)
