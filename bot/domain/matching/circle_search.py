"""Circles of many people: one after the other first, then better and better.

Whoever could sit with the fewest sits first. Then those around somebody left out are seated anew,
all at once and exactly (`circle_exact.py`), as long as there is effort left (a large neighbourhood
search). At last two of a side change places wherever the circles score higher for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from random import Random

from bot.domain.matching.circle_around import around, seatable
from bot.domain.matching.circle_exact import best_seats
from bot.domain.matching.circle_people import Group, People, bits, group_of
from bot.domain.matching.circle_score import Scale

EXACT = 60
"""Up to so many people are seated all at once."""

ANEW, GUESTS, A_STEP = 40, 8, 0.2
"""So many seated people, with so many left out, are seated anew in a step of so much effort."""

TRIES = 5_000
"""So many changes of places are scored for an effort of 1."""


def seat(people: People, know: Sequence[Group], effort: float, seed: int) -> list[Group]:
    """The circles worth most (`circle_exact.worth`) as far as the effort goes."""
    pool = seatable(people)
    if not pool:
        return []
    circles = _one_by_one(people, pool, know)
    circles = _made_room(people, circles, pool, know)
    circles = _from_line(people, circles, pool)
    if pool.bit_count() <= EXACT:
        return best_seats(people, pool, circles, effort, seed)
    rng = Random(seed)
    for _step in range(int(effort / A_STEP)):
        left = pool & ~sum(circles)
        odd = left or sum(each for each in circles if not _full(people, each))
        if not odd:
            break
        circles = _seated_anew(people, circles, left, know, rng.choice(list(bits(odd))), rng)
    return circles


def _full(people: People, circle: Group) -> bool:
    return set(people.counts(circle)) == {people.shape.size}


def _one_by_one(people: People, pool: Group, know: Sequence[Group]) -> list[Group]:
    """Circles one after the other, each around who has the fewest to sit with; then the rest."""
    circles: list[Group] = []

    def by_choice(group: Group) -> list[int]:
        return sorted(bits(group), key=lambda one: know[one].bit_count())

    for wanted in (people.shape.size, people.shape.fewest):
        for one in by_choice(pool):
            found = around(people, pool, one, wanted, by_choice) if pool >> one & 1 else None
            if found is not None:
                circles.append(found)
                pool &= ~found
    for one in by_choice(pool):
        may = (at for at, each in enumerate(circles) if people.may_sit(each | 1 << one))
        if (at := next(may, None)) is not None:
            circles[at] |= 1 << one
    return circles


def _made_room(
    people: People, circles: Sequence[Group], pool: Group, know: Sequence[Group]
) -> list[Group]:
    """More circles around those left out, with one of each circle that can spare them."""
    found = list(circles)
    for one in sorted(bits(pool & ~sum(circles)), key=lambda one: know[one].bit_count()):
        left = pool & ~sum(found)
        if not left >> one & 1:
            continue
        spare, apart = 0, list(people.apart)
        for circle in found:
            for each in bits(circle):
                if people.even(circle ^ 1 << each) and people.led(circle ^ 1 << each):
                    spare |= 1 << each
                    apart[each] |= circle

        def order(group: Group, left: Group = left) -> list[int]:
            return sorted(bits(group), key=lambda one: (not left >> one & 1, know[one].bit_count()))

        new = around(replace(people, apart=apart), left | spare, one, people.shape.fewest, order)
        if new:
            found = [*(each & ~new for each in found), new]
    return found


def _from_line(people: People, circles: Sequence[Group], pool: Group) -> list[Group]:
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


def _seated_anew(
    people: People,
    circles: Sequence[Group],
    left: Group,
    know: Sequence[Group],
    one: int,
    rng: Random,
) -> list[Group]:
    """The circles after those near somebody are broken up, with some who are left out."""
    near: list[Group] = []
    room = ANEW
    known = {each: (know[one] & each).bit_count() + 2 * rng.random() for each in circles}
    for each in sorted(circles, key=lambda circle: -known[circle]):
        room -= each.bit_count()
        if room >= 0 or not near:
            near.append(each)
    others = list(bits(left & know[one]))
    guests = rng.sample(others, min(GUESTS, len(others)))
    pool = sum(near) | group_of(iter(guests)) | left & 1 << one
    anew = best_seats(people, pool, near, A_STEP, rng.randrange(2**31))
    return [each for each in circles if each not in near] + anew


def change_places(
    scale: Scale, circles: Sequence[Group], know: Sequence[Group], effort: float, seed: int
) -> list[Group]:
    """The circles after two of a side changed places wherever that scored higher in all.

    A circle's score counts for each of its members.
    """
    found, tries, better = list(circles), int(effort * TRIES), True
    score = [_score(scale, each) for each in found]
    rng = Random(seed)
    while better:
        better = False
        for changed in _changes(scale.people, found, know, rng):
            if not tries:
                return found
            tries -= 1
            gained = {at: _score(scale, circle) for at, circle in changed.items()}
            if sum(gained.values()) > sum(score[at] for at in changed):
                for at, circle in changed.items():
                    found[at], score[at] = circle, gained[at]
                better = True
    return found


def _score(scale: Scale, circle: Group) -> int:
    return scale.points(circle) * circle.bit_count()


def _changes(
    people: People, circles: Sequence[Group], know: Sequence[Group], rng: Random
) -> Iterator[dict[int, Group]]:
    """Two circles by index with somebody of each changed for another, and so on for each two."""
    where = {each: at for at, circle in enumerate(circles) for each in bits(circle)}
    seated = sorted(where)
    rng.shuffle(seated)
    for side in people.sides.values():
        for one, other in combinations([each for each in seated if side >> each & 1], 2):
            here, there = where[one], where[other]
            both = 1 << one | 1 << other
            changed = {here: circles[here] ^ both, there: circles[there] ^ both}
            if here == there or _strange(changed[there], one, know):
                continue
            if not _strange(changed[here], other, know) and all(
                map(people.may_sit, changed.values())
            ):
                yield changed
                if circles[here] == changed[here]:
                    where[one], where[other] = there, here


def _strange(circle: Group, one: int, know: Sequence[Group]) -> bool:
    """Somebody in the circle could not sit with them anyway; soon found out."""
    return bool(circle & ~know[one] & ~(1 << one))
