"""People to seat in circles, and what a circle is by the definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from bot.domain.matching.circles import Circle, Circles, NoCircle, Unseated, circles
from bot.domain.matching.circles.people import PairIds, Shape
from bot.domain.matching.pair import (
    common_formats,
    fit,
    may_meet,
    same_answers,
    spoken,
)
from bot.domain.matching.rules import Rules
from bot.domain.matching.types import BEST, Candidate, Why

EVENINGS = frozenset({18, 19, 42, 43})
SPOTS = {"Kos": (36.9, 27.3), "Bodrum": (37.0, 27.4), "Rhodes": (36.4, 28.2)}
MUSTS = (Why.LANGUAGE, Why.FORMAT, Why.ANSWERS, Why.HOURS, NoCircle.LEADS, Why.NOBODY)
Case = tuple[list[Candidate], Shape, Rules, PairIds, PairIds]


def one(id_: int, side: int, **more: Any) -> Candidate:
    told = {"languages": {"en": 2}, "hours": EVENINGS, "formats": frozenset({"online"})}
    return Candidate(id_, side, **(told | more))


def some(*sides: int, **more: Any) -> list[Candidate]:
    """So many people of each side, ids from 1 on."""
    of = [side for side, count in enumerate(sides) for _ in range(count)]
    return [one(id_, side, **more) for id_, side in enumerate(of, 1)]


def subsets(*values: Any) -> st.SearchStrategy[frozenset[Any]]:
    return st.frozensets(st.sampled_from(values), min_size=1)


@st.composite
def candidates(draw: st.DrawFn, id_: int, sides: int, varied: frozenset[str]) -> Candidate:
    """Somebody who differs from others in some ways only, so that circles can be filled."""
    told: dict[str, Any] = {
        "languages": draw(
            st.dictionaries(st.sampled_from(("aa", "bb")), st.integers(1, 3), min_size=1)
        ),
        "hours": draw(st.sampled_from([EVENINGS, frozenset({18, 19}), frozenset({19, 42, 43})])),
        "formats": draw(subsets("online", "in_person")),
        "answers": draw(st.sampled_from([{"q": "no"}, {"q": "yes", "r": "no"}, {"r": "yes"}])),
        "paused": draw(st.booleans()),
        "offers": draw(st.sampled_from([frozenset({"room"}), frozenset()])),
    }
    return one(
        id_,
        draw(st.integers(0, sides - 1)),
        place=draw(st.sampled_from(["", "Kos", " kos", "Bodrum", "Rhodes", "Nowhere"])),
        interests=draw(subsets("food", "music")),
        opinions=draw(st.dictionaries(st.sampled_from("xy"), st.integers(-2, 2))),
        needs=frozenset({"room"}),
        waited=draw(st.integers(0, 2)),
        first=draw(st.booleans()),
        leads=draw(st.booleans()),
        **{name: value for name, value in told.items() if name in varied},
    )


def pairs_of(ids: Sequence[int], most: int) -> st.SearchStrategy[PairIds]:
    return st.frozensets(st.sampled_from(list(map(frozenset, combinations(ids, 2)))), max_size=most)


@st.composite
def cases(draw: st.DrawFn, most: int = 9) -> Case:
    ids = range(1, 1 + draw(st.sampled_from([0, 4, most - 2, most - 1, most])))
    names = ("languages", "hours", "formats", "answers", "paused", "offers")
    varied = draw(st.frozensets(st.sampled_from(names)))
    sides = draw(st.integers(2, 3))
    who = [draw(candidates(id_, sides, varied)) for id_ in ids]
    shape = Shape(draw(st.integers(2, 4)), draw(st.booleans()), draw(st.integers(1, 3)))
    rules = Rules(
        least_level=draw(st.integers(1, 2)),
        same=("q",) if "answers" in varied else (),
        fit="offers" in varied,
        spots=SPOTS,
        agree=draw(st.booleans()),
        needs=10,
        level=10,
        distance=10,
        alike=draw(st.sampled_from([{}, {"q": 10.0}])),
        mixed=draw(st.sampled_from([{}, {"r": 10.0}])),
    )
    named = [-1, 0, *ids]
    return who, shape, rules, draw(pairs_of(named, 3)), draw(pairs_of(named, 3))


def may_sit(who: Sequence[Candidate], case: Case, upto: int = len(MUSTS)) -> bool:
    """The musts of a circle told plainly; only the first of MUSTS, if asked."""
    everybody, shape, rules, _met, forbidden = case
    sides = {each.side for each in everybody}
    counts = [sum(each.side == side for each in who) for side in sides]
    least, most = min(counts), max(counts)
    if least < max(2, shape.size - 1) or most > min(shape.size, least) + 1 or len(sides) < 2:
        return False
    two = list(combinations(who, 2))
    musts = (
        set.intersection(*(set(spoken(each, rules)) for each in who)),
        set.intersection(*(set(common_formats(a, b, rules)) for a, b in two)),
        all(
            same_answers(a, b, rules) and (a.side == b.side or not rules.fit or fit(a, b))
            for a, b in two
        ),
        len(frozenset.intersection(*(each.hours for each in who))) >= shape.least_hours,
        not shape.leads or {each.side for each in who if each.leads} == sides,
        not any({a.id, b.id} in forbidden for a, b in two),
    )
    return all(musts[:upto])


def all_circles(case: Case, upto: int = len(MUSTS)) -> list[frozenset[int]]:
    """Every circle there could be, by place in the line."""
    line = sorted((each for each in case[0] if not each.paused), key=urgency)
    return [
        frozenset(at)
        for count in range(4, len(line) + 1)
        for at in combinations(range(len(line)), count)
        if may_sit([line[each] for each in at], case, upto)
    ]


def urgency(each: Candidate) -> tuple[bool, int]:
    return not each.first, -each.waited


def packings(
    found: Sequence[frozenset[int]], taken: frozenset[int] = frozenset()
) -> Iterator[list[frozenset[int]]]:
    yield []
    for at, circle in enumerate(found):
        if not circle & taken:
            for more in packings(found[at + 1 :], taken | circle):
                yield [circle, *more]


def worth(packed: Iterable[frozenset[int]], case: Case) -> tuple[int, list[int], int]:
    line = sorted((each for each in case[0] if not each.paused), key=urgency)
    sides = {each.side for each in case[0]}
    packed = list(packed)
    seated = sorted(at for circle in packed for at in circle)
    uneven = sum(
        abs(sum(line[at].side == side for at in circle) - case[1].size)
        for circle in packed
        for side in sides
    )
    return len(seated), [-at for at in seated], -uneven


def run(case: Case, **more: Any) -> Circles:
    who, shape, rules, met, forbidden = case
    return circles(who, shape, met, forbidden, rules, **more)


def members(circle: Circle) -> list[int]:
    return [each for own in circle.members.values() for each in own]


def check(case: Case, found: Circles) -> None:
    """Whatever is found, every must holds, by the definition of two, and everybody is told of."""
    who, shape, rules = case[:3]
    person = {each.id: each for each in who}
    for circle in found.circles:
        sit = [person[each] for each in members(circle)]
        assert may_sit(sit, case)
        for a, b in combinations(sit, 2):
            # Two of one side are asked as if they were of two, where nothing need be offered.
            other = replace(b, side=a.side + 1) if a.side == b.side else b
            of_two = replace(rules, least_hours=shape.least_hours, fit=rules.fit and b is other)
            assert may_meet(a, other, of_two)
            assert set(circle.formats) <= set(common_formats(a, b, rules))
        assert all(circle.language in spoken(each, rules) for each in sit)
        assert set(circle.hours) == frozenset.intersection(*(each.hours for each in sit))
        assert circle.formats
        assert circle.score == sum(circle.terms.values())
        assert 0 <= circle.score <= BEST
        assert all(person[lead].leads for lead in circle.leads.values())
        assert all(circle.leads[side] in circle.members[side] for side in circle.leads)
        assert set(circle.leads) == (set(circle.members) if shape.leads else set())
    seated = [each for circle in found.circles for each in members(circle)]
    told = seated + [each.id for each in found.left_out]
    assert sorted(told) == sorted(each.id for each in who if not each.paused)
    check_places(who, found.left_out)


def check_places(who: Sequence[Candidate], left_out: Sequence[Unseated]) -> None:
    person = {each.id: each for each in who}
    order = [each.id for each in sorted(who, key=urgency)]
    assert [each.id for each in left_out] == sorted((e.id for e in left_out), key=order.index)
    for side in {each.side for each in who}:
        places = [each.place for each in left_out if person[each.id].side == side]
        assert places == list(range(1, len(places) + 1))
