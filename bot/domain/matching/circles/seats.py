"""Circles: groups of a few people from each side who meet together.

What is optimised, in this order: most people in a circle; the line, from its head (first, then
rounds waited, then named earlier); circles as even as can be, so that one more or one less sits
only where it takes somebody in; the highest total score, each circle's for all its members.

Up to some 60 people who could sit in any circle, the first three are proven best unless the effort
runs out; beyond, and for the score, they are what a search finds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from bot.domain.matching.checks import checked
from bot.domain.matching.circles.around import around, friends
from bot.domain.matching.circles.people import Group, People, Shape, bits, people
from bot.domain.matching.circles.score import Scale, hours, language
from bot.domain.matching.circles.search import change_places, seat
from bot.domain.matching.crowd import PairIds, in_line
from bot.domain.matching.pair import common_formats
from bot.domain.matching.rules import Rules
from bot.domain.matching.types import BadInput, Candidate, Why

EFFORT = 20.0
"""About the seconds that 2,000 people may take; half to seat most people, half for the score."""


class NoCircle(StrEnum):
    """Why somebody is in no circle, where `Why` has no word for it."""

    FEW = "few"  # fewer wait on some side than a circle needs
    LEADS = "leads"  # in no circle for them would somebody of each side facilitate


@dataclass(frozen=True, slots=True)
class Circle:
    """People who meet together; `members` and who `leads` by side, by id.

    `language` is the one they speak best together, `hours` are those of the week all have. `score`
    is 0 to BEST, `terms` what each term brought to it.
    """

    members: Mapping[int, tuple[int, ...]]
    language: str
    hours: tuple[int, ...]
    formats: tuple[str, ...]
    leads: Mapping[int, int]
    score: int
    terms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Unseated:
    """Somebody in no circle, why, and their place (from 1) among those left out of their side.

    `Why` tells here of circles: LANGUAGE that no circle could be filled with people who all speak a
    language they speak, and so on; LINE that one could, but others came first.
    """

    id: int
    why: Why | NoCircle
    place: int


@dataclass(frozen=True, slots=True)
class Circles:
    """A round of circles, and who is in none."""

    circles: Sequence[Circle] = ()
    left_out: Sequence[Unseated] = ()


def circles(
    candidates: Sequence[Candidate],
    shape: Shape,
    met: PairIds = frozenset(),
    forbidden: PairIds = frozenset(),
    rules: Rules | None = None,
    seed: int = 0,
    effort: float = EFFORT,
) -> Circles:
    """The best circles of these candidates, each of them in one at the most.

    A circle has people of every side named, may they be paused. Any two of different sides in it
    may meet by `pair.may_meet`; what two must share, all share together. `met` and `forbidden` are
    sets of two ids: those who met before may sit together, but new faces score higher; those
    forbidden never sit together. `effort` is about the seconds it may take with many people.

    The same input with the same `seed`, which only settles ties and where the search goes first,
    gives the same circles. Raises BadInput.
    """
    rules = (rules or Rules()).checked()
    _check(met, forbidden, effort)
    checked(candidates)
    line = in_line(candidates)
    who = people(line, shape.checked(), rules, met, forbidden)
    if not who.who:
        return Circles()
    scale = Scale.of(who, rules)
    know = friends(who)
    seated = seat(who, know, effort / 2, seed)
    best = change_places(scale, seated, know, effort / 2, seed)
    found = sorted(best, key=lambda each: each & -each)
    return Circles([_told(scale, each) for each in found], _left_out(who, sum(found)))


def _check(met: PairIds, forbidden: PairIds, effort: float) -> None:
    for name, pairs in (("met", met), ("forbidden", forbidden)):
        if any(len(pair) != 2 for pair in pairs):
            raise BadInput(name, "not two different people")
    if not 0 < effort < math.inf:
        raise BadInput("effort", f"{effort} is not a time to search")


def _told(scale: Scale, group: Group) -> Circle:
    """A circle as it is told to others."""
    who = [scale.people.who[at] for at in bits(group)]
    of_sides = {side: [each for each in who if each.side == side] for side in scale.people.sides}
    lead = {
        side: next(each.id for each in own if each.leads)
        for side, own in of_sides.items()
        if scale.people.shape.leads
    }
    formats = [set(common_formats(*two, scale.rules)) for two in combinations(who, 2)]
    terms = scale.terms(group)
    return Circle(
        members={side: tuple(each.id for each in own) for side, own in of_sides.items()},
        language=language(who, scale.rules)[0],
        hours=hours(who),
        formats=tuple(sorted(set.intersection(*formats))),
        leads=lead,
        score=sum(terms.values()),
        terms=terms,
    )


def _left_out(people: People, seated: Group) -> list[Unseated]:
    found, places = [], dict.fromkeys(people.sides, 0)
    steps = list(_steps(people))
    for at in bits(people.everybody & ~seated):
        one = people.who[at]
        places[one.side] += 1
        found.append(Unseated(one.id, _why(people, steps, at), places[one.side]))
    return found


def _why(
    people: People, steps: Sequence[tuple[Why | NoCircle, People]], one: int
) -> Why | NoCircle:
    """Why somebody is in no circle: the first must that leaves none around them."""
    counts = people.counts(people.everybody)
    if len(counts) < 2 or 0 in counts:
        return Why.NOBODY
    if min(counts) < people.shape.fewest:
        return NoCircle.FEW
    for why, less in steps:
        if around(less, less.everybody, one, less.shape.fewest) is None:
            return why
    return Why.LINE


def _steps(people: People) -> Iterator[tuple[Why | NoCircle, People]]:
    """The people under one must more at a time, and why somebody is left out for it."""
    free = replace(people, shape=replace(people.shape, leads=False), apart=[0] * len(people.who))
    for upto, kind in enumerate(people.kinds, 1):
        if kind.why == Why.ANSWERS:
            free = replace(free, apart=people.unfit)
        yield kind.why, replace(free, kinds=people.kinds[:upto])
    yield NoCircle.LEADS, replace(people, apart=people.unfit)
    yield Why.NOBODY, people
