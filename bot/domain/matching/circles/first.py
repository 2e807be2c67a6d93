"""The first circles of many people, one after the other; others are made better from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.matching.circles.around import around
from bot.domain.matching.circles.people import Group, People, bits

TRIES = 200
"""After so many a circle is given up: there may be an easier one."""


def first_circles(people: People, pool: Group, know: Sequence[Group]) -> list[Group]:
    """Circles of those in `pool`, who all could sit in some; `know` are `circle_around.friends`."""
    circles = _one_by_one(people, pool, know)
    for one in by_choice(pool & ~sum(circles), know):
        circles = _made_room(people, circles, pool, know, one)
    return circles


def by_choice(group: Group, know: Sequence[Group], sooner: Group = 0) -> list[int]:
    """The `sooner` ones first, then who has the fewest to sit with."""
    return sorted(bits(group), key=lambda one: (not sooner >> one & 1, know[one].bit_count()))


def _one_by_one(people: People, pool: Group, know: Sequence[Group]) -> list[Group]:
    """Circles each around who has the fewest to sit with; then the rest, where they may join."""
    circles: list[Group] = []
    for wanted in (people.shape.size, people.shape.fewest):
        for one in by_choice(pool, know):
            found = None
            if pool >> one & 1:
                found = around(
                    people, pool, one, wanted, lambda group: by_choice(group, know), TRIES
                )
            if found is not None:
                circles.append(found)
                pool &= ~found
    for one in by_choice(pool, know):
        may = (at for at, each in enumerate(circles) if people.may_sit(each | 1 << one))
        if (at := next(may, None)) is not None:
            circles[at] |= 1 << one
    return circles


def _made_room(
    people: People, circles: Sequence[Group], pool: Group, know: Sequence[Group], one: int
) -> list[Group]:
    """With one circle more around somebody left out, of others and one of each that can spare them.

    The same circles if there is none.
    """
    left = pool & ~sum(circles)
    if not left >> one & 1:
        return list(circles)
    spare, apart = 0, list(people.apart)
    for circle in circles:
        for each in bits(circle):
            if people.even(circle ^ 1 << each) and people.led(circle ^ 1 << each):
                spare |= 1 << each
                apart[each] |= circle
    new = around(
        replace(people, apart=apart),
        left | spare,
        one,
        people.shape.fewest,
        lambda group: by_choice(group, know, sooner=left),
        TRIES,
    )
    return list(circles) if new is None else [*(each & ~new for each in circles), new]


def from_line(people: People, circles: Sequence[Group], pool: Group) -> list[Group]:
    """Those left out take the places of people of their side who are later in line, if they may."""
    found = list(circles)
    for one in bits(pool):
        if not sum(found) >> one & 1 and (swap := next(_swaps(people, found, one), None)):
            found[swap[0]] = swap[1]
    return found


def _swaps(people: People, circles: Sequence[Group], one: int) -> Iterator[tuple[int, Group]]:
    """Which circle could have somebody in the place of another of their side, later in line."""
    later = next(side for side in people.sides.values() if side >> one & 1) >> one << one
    for at, circle in enumerate(circles):
        for other in bits(circle & later):
            if people.may_sit(swapped := circle ^ 1 << other ^ 1 << one):
                yield at, swapped
