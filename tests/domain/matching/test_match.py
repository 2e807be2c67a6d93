"""A round against brute force, and what it says of those left out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.matching import (
    BadInput,
    Candidate,
    Certificate,
    Progress,
    Reasons,
    Rules,
    Why,
    match,
    may_meet,
)
from bot.domain.matching.pair import POINTS
from bot.domain.matching.types import BEST
from tests.domain.matching.strangers import (
    Ids,
    allowed,
    id_pairs,
    made,
    one,
    order,
    people,
    rounds,
    rules,
    worth,
)

PER = POINTS // BEST // 1000


def check_best(who: list[Candidate], never: set[Ids], settled: Rules) -> None:
    """The round is the best of all that can be, and the certificate says neither more nor less."""
    result = match(who, never, rules=settled)
    edges = allowed(who, never, settled)
    found = made(result, who)
    assert set(found) <= set(edges)
    scores = {(a, b): worth(who[a], who[b], who, settled) for a, b in edges}
    every = rounds(edges, [each.capacity for each in who])
    best = max(order(each, who, scores) for each in every)  # type: ignore[type-var]
    assert order(found, who, scores) == best
    everybody = {id_ for p in result.pairs for id_ in (p.one, p.other)}
    assert everybody.isdisjoint(left.id for left in result.left_out)
    assert everybody | {left.id for left in result.left_out} == {each.id for each in who}
    proven = result.certificate
    assert (proven.people, proven.most_people) == (len(everybody), len(everybody))
    assert proven.score == sum(scores[pair] for pair in found) // PER
    assert proven.best_score >= proven.score


@settings(max_examples=150, deadline=None)
@given(people(), id_pairs(), rules())
def test_two_sides_are_matched_as_well_as_brute_force_can(
    who: list[Candidate], never: set[Ids], settled: Rules
) -> None:
    check_best(who, never, settled)
    proven = match(who, never, rules=settled).certificate
    assert proven.best_score == proven.score


@settings(max_examples=100, deadline=None)
@given(people(most=6, roomy=True), id_pairs())
def test_who_has_room_for_more_takes_a_second_partner_only_where_somebody_would_have_none(
    who: list[Candidate], never: set[Ids]
) -> None:
    check_best(who, never, Rules())


@settings(max_examples=100, deadline=None)
@given(people(sides=4, most=7), id_pairs(), rules())
def test_more_sides_are_matched_as_well_as_brute_force_can(
    who: list[Candidate], never: set[Ids], settled: Rules
) -> None:
    check_best(who, never, settled)


@settings(max_examples=100, deadline=None)
@given(people(sides=3, most=5, roomy=True), id_pairs())
def test_more_sides_with_room_for_more(who: list[Candidate], never: set[Ids]) -> None:
    check_best(who, never, Rules())


@settings(max_examples=100, deadline=None)
@given(people(sides=3), id_pairs(), id_pairs(), st.integers(0, 3))
def test_the_same_seed_gives_the_same_round(
    who: list[Candidate], met: set[Ids], forbidden: set[Ids], seed: int
) -> None:
    assert match(who, met, forbidden, seed=seed) == match(who, met, forbidden, seed=seed)


@settings(max_examples=150, deadline=None)
@given(people(sides=3), id_pairs(), rules())
def test_reasons_are_true(who: list[Candidate], met: set[Ids], settled: Rules) -> None:
    person = {each.id: each for each in who}
    result = match(who, met, rules=settled)
    for pair in result.pairs:
        a, b, why = person[pair.one], person[pair.other], pair.reasons
        assert a.side < b.side
        assert set(why.languages) <= a.languages.keys() & b.languages.keys()
        assert why.languages
        assert set(why.interests) == a.interests & b.interests
        assert set(why.formats) <= a.formats & b.formats
        assert why.formats
        assert why.hours == len(a.hours & b.hours)
        assert sum(why.terms.values()) == why.score <= BEST
        assert why.terms.keys() == settled.shares().keys()
        assert Reasons.of(json.loads(json.dumps(why.as_json()))) == why
    for left in result.left_out:
        me = person[left.id]
        partners = [
            p for p in who if may_meet(me, p, settled) and frozenset({me.id, p.id}) not in met
        ]
        assert (left.why is Why.LINE) == bool(partners)


def test_each_left_out_is_told_the_true_reason_and_what_would_help() -> None:
    rest = [one(1, 1), one(2, 2)]
    assert match([one(9, 1)]).left_out[0].why is Why.NOBODY
    evening = {"1-evening": frozenset({42, 43}), "2-morning": frozenset({57})}
    cases = (
        (one(9, 1, languages={"el": 3}), Rules(), Why.LANGUAGE, ("en", 1)),
        (one(9, 1, languages={}), Rules(), Why.LANGUAGE, ("en", 1)),
        (
            one(9, 1, formats=frozenset({"in_person"}), place="Kos"),
            Rules(),
            Why.FORMAT,
            ("online", 1),
        ),
        (one(9, 1, hours=frozenset({100}), spare=evening), Rules(), Why.HOURS, ("1-evening", 1)),
        (one(9, 1, hours=frozenset({100})), Rules(), Why.HOURS, None),
        (one(9, 1), Rules(same=("role",)), Why.ANSWERS, None),
        (one(9, 1), Rules(fit=True), Why.ANSWERS, None),
        (one(9, 1), Rules(), Why.LINE, None),
    )
    for person, settled, why, helps in cases:
        told = {left.id: left for left in match([*rest, person], rules=settled).left_out}[9]
        given = None if told.help is None else (told.help.what, told.help.partners)
        assert (told.why, given) == (why, helps)
    met = match([*rest, one(9, 1)], met={frozenset({9, 2})})
    assert met.left_out[0].why is Why.MET
    kept_apart = match([*rest, one(9, 1)], forbidden={frozenset({9, 2})})
    assert kept_apart.left_out[0].why is Why.NOBODY
    nowhere = one(9, 1, formats=frozenset({"online"}), languages={"en": 1})
    in_kos = [one(1, 1), one(2, 2, formats=frozenset({"in_person"}), place="Kos")]
    told = {left.id: left for left in match([*in_kos, nowhere]).left_out}[9]
    assert (told.why, told.help) == (Why.FORMAT, None)


def test_who_goes_first_or_waited_longest_is_served_and_the_rest_know_their_place() -> None:
    line = [one(1, 1), one(2, 1, waited=3), one(3, 1, waited=1), one(4, 1, first=True), one(5, 1)]
    result = match([*line, one(6, 2), one(7, 2)])
    assert {pair.one for pair in result.pairs} == {4, 2}
    assert [(left.id, left.place) for left in result.left_out] == [(3, 1), (1, 2), (5, 3)]


def test_the_smaller_side_takes_as_many_as_it_has_room_for() -> None:
    line = [one(id_, 1) for id_ in range(1, 6)]
    result = match([*line, one(8, 2, capacity=3), one(9, 2)])
    assert {pair.one for pair in result.pairs} == {1, 2, 3, 4}
    assert sorted(pair.other for pair in result.pairs) == [8, 8, 8, 9]
    stored = result.certificate.as_json()
    assert (stored["people"], stored["most_people"], result.certificate.share) == (6, 6, 1)


def test_nobody_is_paired_who_is_paused() -> None:
    result = match([one(1, 1), one(2, 2, paused=True), one(3, 2)])
    assert [(pair.one, pair.other) for pair in result.pairs] == [(1, 3)]
    assert result.left_out == []


def test_opinions_that_differ_and_shared_interests_make_the_better_pair() -> None:
    me = one(1, 1, interests=frozenset({"food"}), opinions={"0": 2, "1": 1})
    near = one(3, 2, opinions={"0": 2})
    far = one(2, 2, interests=frozenset({"food"}), opinions={"0": -2, "2": 2})
    who = [me, near, one(4, 1), far]
    pair, _other = match(who).pairs
    assert (pair.other, pair.reasons.differ, pair.reasons.interests) == (2, 1, ("food",))
    agreeing = Rules(interests=0, hours=0, agree=True)
    assert {(p.one, p.other) for p in match(who, rules=agreeing).pairs} == {(1, 3), (4, 2)}
    no_weights = Rules(interests=0, opinions=0, hours=0)
    assert [each.reasons.score for each in match(who, rules=no_weights).pairs] == [0, 0]


@pytest.mark.parametrize("who", [[], [one(1, 1)], [one(1, 1), one(2, 1)]])
def test_an_empty_side_makes_an_empty_round_with_reasons(who: list[Candidate]) -> None:
    result = match(who)
    assert result.pairs == []
    assert [left.why for left in result.left_out] == [Why.NOBODY] * len(who)
    assert result.certificate == Certificate()
    assert result.certificate.share == 1


def test_everybody_forbidden_makes_an_empty_round_with_reasons() -> None:
    who = [one(1, 1), one(2, 2), one(3, 3)]
    never = {frozenset({a, b}) for a in (1, 2, 3) for b in (1, 2, 3) if a < b}
    assert [left.why for left in match(who, forbidden=never).left_out] == [Why.NOBODY] * 3
    odd = {frozenset({1}), frozenset({1, 77})}
    assert len(match(who[:2], forbidden=odd).pairs) == 1


@pytest.mark.parametrize(
    ("who", "field"),
    [
        ([one(1, 1), one(1, 2)], "id"),
        ([one(1, 1, hours=frozenset({168}))], "hours"),
        ([one(1, 1, spare={"0-evening": frozenset({-1})})], "spare"),
        ([one(1, 1, languages={"English": 2})], "languages"),
        ([one(1, 1, languages={"en": 4})], "level"),
        ([one(1, 1, formats=frozenset({"by post"}))], "formats"),
        ([one(1, 1, opinions={"0": 3})], "opinions"),
        ([one(1, 1, waited=-1)], "waited"),
        ([one(1, 1, capacity=0)], "capacity"),
    ],
)
def test_bad_input_names_its_field(who: list[Candidate], field: str) -> None:
    with pytest.raises(BadInput) as raised:
        match(who)
    assert raised.value.field == field


@pytest.mark.parametrize(
    ("settled", "field"),
    [
        (Rules(least_hours=0), "least_hours"),
        (Rules(least_level=4), "least_level"),
        (Rules(reach_km=float("nan")), "reach_km"),
        (Rules(spots={"Mars": (91, 0)}), "spots"),
        (Rules(opinions=float("nan")), "opinions"),
        (Rules(interests=-1), "interests"),
        (Rules(alike={"age": float("inf")}), "alike"),
        (Rules(same=("age",), mixed={"age": 1}), "mixed"),
    ],
)
def test_rules_that_mean_nothing_name_their_field(settled: Rules, field: str) -> None:
    with pytest.raises(BadInput) as raised:
        match([], rules=settled)
    assert raised.value.field == field


@given(rules())
def test_rules_are_stored_and_read_again(settled: Rules) -> None:
    stored = json.loads(json.dumps(settled.as_json()))
    assert Rules.of(stored | {"of old": 1}) == settled
    shares = settled.checked().shares()
    assert sum(shares.values()) == (100 if shares else 0)


def test_progress_is_told_and_may_end_the_round() -> None:
    heard: list[Progress] = []
    match([one(1, 1), one(2, 2)], progress=heard.append)
    assert heard[-1].share == 1

    class Enough(Exception):
        pass

    def stop(_progress: Progress) -> None:
        raise Enough

    with pytest.raises(Enough):
        match([one(1, 1), one(2, 2)], progress=stop)
