"""Circles against the definition of two (`pair.py`), and against all circles there could be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.matching.circles import Circle, Circles, NoCircle, Unseated, circles
from bot.domain.matching.circles.people import PairIds, Shape, group_of, people
from bot.domain.matching.circles.score import TOGETHER, Scale
from bot.domain.matching.pair import (
    POINTS,
    common_formats,
    fit,
    may_meet,
    same_answers,
    spoken,
    terms,
)
from bot.domain.matching.rules import Rules
from bot.domain.matching.types import BEST, BadInput, Candidate, Why

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


@settings(max_examples=150, deadline=None)
@given(cases())
def test_few_are_seated_as_well_as_can_be(case: Case) -> None:
    found = run(case, effort=50)
    check(case, found)
    line = [each.id for each in sorted((e for e in case[0] if not e.paused), key=urgency)]
    mine = [frozenset(map(line.index, members(circle))) for circle in found.circles]
    assert worth(mine, case) == max(worth(each, case) for each in packings(all_circles(case)))


def true_why(case: Case, one: Candidate) -> Why | NoCircle:
    """Why somebody is in no circle, from all circles there could be under fewer musts."""
    counts = [
        sum(each.side == side and not each.paused for each in case[0])
        for side in {each.side for each in case[0]}
    ]
    if len(counts) < 2 or 0 in counts:
        return Why.NOBODY
    if min(counts) < max(2, case[1].size - 1):
        return NoCircle.FEW
    line = [each.id for each in sorted((e for e in case[0] if not e.paused), key=urgency)]
    for upto, why in enumerate(MUSTS, 1):
        if not any(line.index(one.id) in circle for circle in all_circles(case, upto)):
            return why
    return Why.LINE


@settings(max_examples=60, deadline=None)
@given(cases(most=8))
def test_who_is_left_out_is_told_the_true_reason(case: Case) -> None:
    person = {each.id: each for each in case[0]}
    for each in run(case).left_out:
        assert each.why == true_why(case, person[each.id])


@settings(max_examples=40, deadline=None)
@given(cases(), st.permutations(range(100, 109)))
def test_ids_are_only_names(case: Case, names: list[int]) -> None:
    who, shape, rules = case[:3]
    new = {each.id: name for each, name in zip(who, names, strict=False)} | {-1: -1, 0: 0}
    renamed = [replace(each, id=new[each.id]) for each in who]
    pairs = [frozenset(frozenset(new[each] for each in two) for two in all_) for all_ in case[3:]]
    found = circles(renamed, shape, *pairs, rules)
    assert [members(each) for each in found.circles] == [
        [new[each] for each in members(circle)] for circle in run(case).circles
    ]


@settings(max_examples=60, deadline=None)
@given(cases())
def test_a_score_is_made_of_what_each_two_bring_and_all_together(case: Case) -> None:
    who, shape, rules, met, forbidden = case
    line = people(sorted(who, key=urgency), shape, rules, met, forbidden)
    assume(line.who)
    scale = Scale.of(line, rules)
    for (a, one), (b, other) in combinations(enumerate(line.who), 2):
        new = one.side != other.side and {one.id, other.id} not in met
        brought = terms(one, other, rules, scale.views.shape[1])
        alone = sum(each for name, each in brought.items() if name not in TOGETHER)
        assert scale.pairs[a, b] == new * alone
        assert scale.new[a, b] == new
    for circle in all_circles((*case[:3], met, forbidden)):
        group = group_of(circle)
        told = scale.terms(group)
        assert 0 <= scale.points(group) // (POINTS // BEST) - sum(told.values()) <= len(told)


def crowd(count: int, seed: int = 1, sides: int = 2, times: int = 4) -> list[Candidate]:
    """People with little time, of whom many but not all find a circle."""
    rng = Random(seed)
    return [
        one(
            id_,
            rng.randrange(sides),
            languages={
                rng.choice(("aa", "bb", "bb")): rng.randint(1, 3),
                rng.choice(("cc", "dd", "ee")): 2,
            },
            hours=frozenset(h + at for h in rng.sample(range(0, 160, 8), times) for at in (0, 1)),
            interests=frozenset(rng.sample(["food", "music", "sea", "art"], 2)),
            opinions={each: rng.randint(-2, 2) for each in "xyz"},
            leads=rng.random() < 0.5,
            waited=rng.randrange(3),
        )
        for id_ in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    ("sides", "shape"), [(2, Shape(3)), (2, Shape(4, leads=True)), (3, Shape(2)), (2, Shape(6))]
)
def test_many_are_seated_so_that_all_musts_hold(sides: int, shape: Shape) -> None:
    rng = Random(2)
    two = [frozenset(rng.sample(range(1, 161), 2)) for _ in range(200)]
    met, forbidden = frozenset(two[:100]), frozenset(two[100:])
    case = (crowd(160, sides=sides), shape, Rules(), met, forbidden)
    found = run(case, effort=0.4)
    check(case, found)
    assert found.circles
    assert found == run(case, effort=0.4)


def seated(found: Circles) -> int:
    return sum(len(members(each)) for each in found.circles)


def test_more_effort_seats_more_and_better() -> None:
    who, shape = crowd(120, times=2), Shape(3)
    little, more = (circles(who, shape, effort=effort) for effort in (1e-6, 2))
    assert seated(more) > seated(little)


def test_many_who_all_can_sit_together_are_all_seated_evenly() -> None:
    found = circles(some(33, 33), Shape(3), effort=1)
    assert [tuple(map(len, each.members.values())) for each in found.circles] == [(3, 3)] * 11
    assert not found.left_out


def test_without_any_effort_there_still_are_circles() -> None:
    case: Case = (some(7, 7), Shape(3), Rules(), frozenset(), frozenset())
    found = run(case, effort=1e-9)
    check(case, found)
    assert found.circles


def sizes(*sides: int, **shape: Any) -> list[tuple[int, ...]]:
    found = circles(some(*sides), Shape(**shape))
    return sorted(tuple(map(len, each.members.values())) for each in found.circles)


@pytest.mark.parametrize(
    ("sides", "size", "circles_are"),
    [
        ((3, 3), 3, [(3, 3)]),
        ((6, 6), 3, [(3, 3), (3, 3)]),
        ((4, 3), 3, [(4, 3)]),
        ((5, 4), 3, [(2, 2), (3, 2)]),
        ((2, 2), 3, [(2, 2)]),
        ((4, 4), 3, [(4, 4)]),
        ((5, 2), 2, [(3, 2)]),
        ((7, 6), 6, [(7, 6)]),
        ((8, 6), 6, [(7, 6)]),
        ((4, 4), 6, []),
        ((2, 2, 2), 2, [(2, 2, 2)]),
        ((3, 2, 3), 2, [(3, 2, 3)]),
        ((4, 4, 1), 3, []),
        ((4,), 2, []),
        ((), 2, []),
    ],
)
def test_circles_are_uneven_only_to_take_somebody_in(
    sides: tuple[int, ...], size: int, circles_are: list[tuple[int, ...]]
) -> None:
    assert sizes(*sides, size=size) == circles_are


def test_the_head_of_the_line_is_seated_first() -> None:
    who = [replace(each, waited=each.id, first=each.id == 2) for each in some(5, 2)]
    assert circles(who, Shape(2)).circles[0].members == {0: (2, 5, 4), 1: (7, 6)}
    assert circles(who, Shape(2)).left_out == [Unseated(3, Why.LINE, 1), Unseated(1, Why.LINE, 2)]


def test_somebody_of_each_side_leads_where_asked() -> None:
    who = [replace(each, leads=each.id in (2, 4)) for each in some(2, 2)]
    (circle,) = circles(who, Shape(2, leads=True)).circles
    assert circle.leads == {0: 2, 1: 4}
    found = circles([replace(each, leads=each.id == 2) for each in who], Shape(2, leads=True))
    assert {each.why for each in found.left_out} == {NoCircle.LEADS}


def test_who_met_sits_together_only_if_need_be() -> None:
    met = frozenset(frozenset(two) for two in [(1, 5), (1, 6), (2, 5), (2, 6), (3, 7), (4, 8)])
    found = circles(some(4, 4, interests=frozenset({"sea"})), Shape(2), met)
    for each in found.circles:
        assert not any({a, b} in met for a, b in combinations(members(each), 2))
    (only,) = circles(some(2, 2), Shape(2), frozenset({frozenset({1, 3})})).circles
    assert only.members == {0: (1, 2), 1: (3, 4)}


def test_each_circle_holds_opinions_from_across() -> None:
    views = [2, 2, -2, -2]
    who = [replace(each, opinions={"x": views[each.id % 4]}) for each in some(4, 4)]
    view = {each.id: each.opinions["x"] for each in who}
    for agree, inside in ((False, {2, -2}), (True, {2})):
        found = circles(who, Shape(2), rules=Rules(interests=0, hours=0, agree=agree))
        of_sides = [own for each in found.circles for own in each.members.values()]
        assert {frozenset(view[each] for each in own) for own in of_sides} >= {frozenset(inside)}
        assert [each.score for each in found.circles] == [BEST, BEST]


def test_a_pause_makes_a_side_no_smaller_than_it_is() -> None:
    who = [*some(2, 2), one(9, 2, paused=True)]
    found = circles(who, Shape(2))
    assert not found.circles
    assert {each.why for each in found.left_out} == {Why.NOBODY}


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("size", {"shape": Shape(1)}),
        ("size", {"shape": Shape(7)}),
        ("least_hours", {"shape": Shape(least_hours=0)}),
        ("least_hours", {"shape": Shape(least_hours=169)}),
        ("id", {"candidates": [one(1, 0), one(1, 1)]}),
        ("hours", {"candidates": [one(1, 0, hours=frozenset({168}))]}),
        ("level", {"candidates": [one(1, 0, languages={"en": 4})]}),
        ("opinions", {"candidates": [one(1, 0, opinions={"x": 3})]}),
        ("waited", {"candidates": [one(1, 0, waited=-1)]}),
        ("met", {"met": frozenset({frozenset({1})})}),
        ("forbidden", {"forbidden": frozenset({frozenset({1, 2, 3})})}),
        ("effort", {"effort": 0.0}),
        ("effort", {"effort": float("nan")}),
        ("hours", {"rules": Rules(hours=float("nan"))}),
    ],
)
def test_nonsense_is_named(field: str, more: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as raised:
        circles(**({"candidates": some(2, 2), "shape": Shape()} | more))
    assert raised.value.field == field
