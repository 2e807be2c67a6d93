"""The bench measures the same people by the same rules for every method."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from bot.domain.matching import Candidate, match
from bot.domain.matching.pair import may_meet, terms
from tests.bench import rivals, years
from tests.bench.crowd import STATEMENTS, crowd, density
from tests.bench.rivals import RULES


def test_a_crowd_is_always_the_same_and_as_large_as_asked() -> None:
    people = crowd(90, ratio=1 / 3, sides=3)
    assert people == crowd(90, ratio=1 / 3, sides=3)
    assert people != crowd(90, seed=4, ratio=1 / 3, sides=3)
    assert Counter(each.side for each in people) == {0: 90, 1: 30, 2: 30}


def test_a_crowd_is_skewed() -> None:
    people = crowd(2000, ratio=1 / 3)
    assert 0.03 < density(people, RULES, sample=5000) < 0.15
    assert {each.capacity for each in people} == {1, 2, 3}
    slots = sorted(len(each.hours) for each in people)
    assert slots[len(slots) // 3] <= 7 < 40 < slots[-1]


def test_the_tables_say_what_the_matching_says_of_each_pair() -> None:
    people = crowd(60, ratio=0.7)
    met = frozenset({frozenset((people[a].id, people[a + 1].id)) for a in range(0, 100, 2)})
    of = rivals.table(people, met)
    for row, one in enumerate(of.one):
        for column, other in enumerate(of.other):
            new = frozenset((one.id, other.id)) not in met
            points = sum(terms(one, other, RULES, len(STATEMENTS)).values())
            assert of.allowed[row, column] == (new and may_meet(one, other, RULES))
            assert of.score[row, column] == points


@pytest.mark.parametrize("method", years.METHODS)
def test_every_method_keeps_to_the_musts(method: str) -> None:
    of = rivals.table(crowd(120, ratio=1 / 3))
    found = years.METHODS[method](of, frozenset(), 1)
    assert len(found) == len(set(found)) > 10
    assert all(of.allowed[each] for each in found)
    for side, room in enumerate(of.room):
        partners = Counter(each[side] for each in found)
        assert all(count <= room[at] for at, count in partners.items())


@pytest.mark.parametrize("ratio", [1.0, 1 / 3])
def test_the_engine_and_the_dense_assignment_agree(ratio: float) -> None:
    people = crowd(150, ratio=ratio)
    best = rivals.dense(people)
    proven = match(people).certificate
    assert (proven.people, proven.score) == (best.worth.people, best.worth.points)
    assert rivals.dense(people, line=False).worth.people == best.worth.people


def test_the_dense_assignment_puts_the_line_before_the_score() -> None:
    """One waits longer but fits worse, and there is one partner for two."""
    partner = Candidate(1, 1, {"en": 3}, frozenset(range(8)), frozenset({"online"}))
    partner = replace(partner, interests=frozenset({"music"}))
    fits = replace(partner, id=2, side=0)
    waits = replace(fits, id=3, waited=9, interests=frozenset())
    people = [partner, fits, waits]
    of = rivals.table(people)
    ((row, _),) = rivals.dense(people).found
    assert of.one[row].id == waits.id
    ((row, _),) = rivals.greedy(of)
    assert of.one[row].id == fits.id
