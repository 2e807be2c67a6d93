"""Circles against the definition of two (`pair.py`), and against all circles there could be."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.matching.circles import Circles, NoCircle, Unseated, circles
from bot.domain.matching.circles.people import Shape, group_of, people
from bot.domain.matching.circles.score import TOGETHER, Scale
from bot.domain.matching.pair import (
    POINTS,
    terms,
)
from bot.domain.matching.rules import Rules
from bot.domain.matching.types import BEST, BadInput, Candidate, Why
from tests.domain.matching.tables import (
    MUSTS,
    Case,
    all_circles,
    cases,
    check,
    members,
    one,
    packings,
    run,
    some,
    urgency,
    worth,
)


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
    for (a, mine), (b, other) in combinations(enumerate(line.who), 2):
        new = mine.side != other.side and {mine.id, other.id} not in met
        brought = terms(mine, other, rules, scale.views.shape[1])
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
