"""Circles of many people: one after the other first, then better and better.

Whoever could sit with the fewest sits first. Then those around somebody left out are seated anew,
all at once and exactly (`circle_exact.py`), as long as there is effort left (a large neighbourhood
search). At last two of a side change places wherever the circles score higher for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random

from bot.domain.matching.circles.around import seatable
from bot.domain.matching.circles.exact import best_seats
from bot.domain.matching.circles.first import first_circles, from_line
from bot.domain.matching.circles.people import Group, People, bits, group_of
from bot.domain.matching.circles.score import Scale

EXACT = 60
"""Up to so many people are seated all at once."""

NEAR, GUESTS = 3, 8
"""So many circles, with so many people left out, are seated anew in a step."""

STEPS, A_STEP = 15, 0.05
"""So many steps are made for an effort of 1, and how long each may take CP-SAT."""

ALL_AT_ONCE = 0.2
"""How long CP-SAT may take for an effort of 1, all at once."""

TRIES = 2_500
"""So many changes of places are scored for an effort of 1."""


def seat(people: People, know: Sequence[Group], effort: float, seed: int) -> list[Group]:
    """The circles worth most (`circle_exact.worth`) as far as the effort goes."""
    pool = seatable(people)
    if not pool or len(people.sides) == 1:
        return []
    circles = from_line(people, first_circles(people, pool, know), pool)
    if pool.bit_count() <= EXACT:
        return best_seats(people, pool, circles, effort * ALL_AT_ONCE, seed)
    rng = Random(seed)
    for _step in range(int(effort * STEPS)):
        left = pool & ~sum(circles)
        if not left and all(_full(people, each) for each in circles):
            break
        circles = _seated_anew(people, circles, left, know, rng)
    return from_line(people, circles, pool)


def _full(people: People, circle: Group) -> bool:
    return set(people.counts(circle)) == {people.shape.size}


def _seated_anew(
    people: People, circles: Sequence[Group], left: Group, know: Sequence[Group], rng: Random
) -> list[Group]:
    """The circles after those nearest to somebody are broken up, with some who are left out.

    Somebody left out, or else in a circle that isn't full.
    """
    odd = left or sum(each for each in circles if not _full(people, each))
    one = rng.choice(list(bits(odd)))
    known = {each: (know[one] & each).bit_count() + 2 * rng.random() for each in circles}
    near = sorted(circles, key=lambda each: -known[each])[:NEAR]
    others = list(bits(left & know[one]))
    guests = rng.sample(others, min(GUESTS, len(others)))
    pool = sum(near) | group_of(guests) | left & 1 << one
    anew = best_seats(people, pool, near, A_STEP, rng.randrange(2**31))
    return [each for each in circles if each not in near] + anew


def change_places(
    scale: Scale, circles: Sequence[Group], know: Sequence[Group], effort: float, seed: int
) -> list[Group]:
    """The circles after two of a side, or all of it, changed places wherever that scored higher.

    A circle's score counts for each of its members; so nobody is left who could gain that way,
    unless the effort runs out.
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
    """Two circles by index as they would stand if two of a side, or whole sides, changed places."""
    for side in people.sides.values():
        seated = list(bits(side & sum(circles)))
        rng.shuffle(seated)
        yield from _one_for_one(people, circles, know, seated)
        for here, there in combinations(range(len(circles)), 2):
            moved = side & (circles[here] | circles[there])
            changed = {here: circles[here] ^ moved, there: circles[there] ^ moved}
            if all(map(people.may_sit, changed.values())):
                yield changed


def _one_for_one(
    people: People, circles: Sequence[Group], know: Sequence[Group], seated: Sequence[int]
) -> Iterator[dict[int, Group]]:
    where = {each: at for at, circle in enumerate(circles) for each in bits(circle)}
    for one, other in combinations(seated, 2):
        here, there = where[one], where[other]
        moved = 1 << one | 1 << other
        changed = {here: circles[here] ^ moved, there: circles[there] ^ moved}
        if here == there or _strange(changed[there], one, know):
            continue
        if all(map(people.may_sit, changed.values())):
            yield changed
            if circles[here] == changed[here]:  # whoever asked for the change made it
                where[one], where[other] = there, here


def _strange(circle: Group, one: int, know: Sequence[Group]) -> bool:
    """Somebody in the circle could not sit with them anyway; soon found out."""
    return bool(circle & ~know[one] & ~(1 << one))
