"""A circle around somebody, found if there is one; and who could sit in any."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np

from bot.domain.matching.circles.people import Group, Kind, People, bits

Order: TypeAlias = Callable[[Group], Iterable[int]]
Enough: TypeAlias = Callable[[Group], bool]
TRIES = 20_000


def around(
    people: People, pool: Group, one: int, wanted: int, order: Order = bits, tries: int = TRIES
) -> Group | None:
    """A circle of somebody with others in `pool`, `wanted` of each side; None if there is none.

    Others are taken in the given order. None, too, if after so many `tries` none was found: with
    very many who are apart from one another that can be.
    """
    left = iter(range(tries))

    def enough(group: Group) -> bool:
        some_left = next(left, None) is not None
        return some_left and min(people.counts(group)) >= wanted and people.led(group)

    me = 1 << one
    for group in _sharing(people.kinds, one, pool & ~people.apart[one] | me, enough):
        if (found := _filled(people, me, group & ~me, wanted, order, enough)) is not None:
            return found
    return None


def _sharing(kinds: Sequence[Kind], one: int, pool: Group, enough: Enough) -> Iterator[Group]:
    """The groups in `pool` who share what they must with somebody, and among each other."""
    if not kinds:
        yield pool
        return
    has = [kinds[0].has[thing] for thing in bits(kinds[0].of[one])]
    for group in _having(has, kinds[0].need, pool, enough):
        yield from _sharing(kinds[1:], one, group, enough)


def _having(has: Sequence[Group], need: int, pool: Group, enough: Enough) -> Iterator[Group]:
    """The groups in `pool` who have `need` things in common, those many have in common first."""
    if not enough(pool):
        return
    shared = [who for who in has if not pool & ~who]
    if len(shared) >= need:
        yield pool
        return
    rest = sorted((who for who in has if pool & ~who), key=lambda who: -(pool & who).bit_count())
    seen = set()
    for at, who in enumerate(rest):
        if pool & who not in seen:
            seen.add(pool & who)
            yield from _having([*shared, *rest[at:]], need, pool & who, enough)


def _filled(
    people: People, circle: Group, pool: Group, wanted: int, order: Order, enough: Enough
) -> Group | None:
    """A circle filled from `pool` with people who aren't apart, who leads before who doesn't."""
    if not enough(circle | pool):
        return None
    short = (side for side in people.sides.values() if (circle & side).bit_count() < wanted)
    side = next(short, None)
    if side is None:
        return circle
    lead = people.shape.leads and not circle & side & people.leaders
    for each in order(pool & side & people.leaders if lead else pool & side):
        pool &= ~(1 << each)
        left = pool & ~people.apart[each]
        if (found := _filled(people, circle | 1 << each, left, wanted, order, enough)) is not None:
            return found
    return None


def seatable(people: People) -> Group:
    """Those who could sit in some circle."""
    found = 0
    for one in bits(people.everybody):
        if not found >> one & 1:
            found |= around(people, people.everybody, one, people.shape.fewest) or 0
    return found


def friends(people: People) -> list[Group]:
    """For each person, those they could sit with if there were only the two."""
    count = len(people.who)
    may = np.ones((count, count), np.bool_)
    for kind in people.kinds:
        marks = np.zeros((count, len(kind.has)), np.float32)
        for thing, who in enumerate(kind.has):
            marks[list(bits(who)), thing] = 1
        may &= marks @ marks.T >= kind.need
    rows = np.packbits(may, axis=1, bitorder="little")
    known = [int.from_bytes(row.tobytes(), "little") for row in rows]
    return [who & ~people.apart[one] & ~(1 << one) for one, who in enumerate(known)]
