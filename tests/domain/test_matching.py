"""The matching against brute force, and what it says of those left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.matching import (
    BadInput,
    Candidate,
    Reasons,
    Result,
    Rules,
    Why,
    match,
    may_meet,
    week_hours,
)
from bot.domain.matching.musts import Musts
from bot.domain.matching.score import scores
from bot.domain.matching.solve import many_sides
from bot.domain.proposals import proposal_say

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
EVENINGS = frozenset({18, 19, 20, 42, 43, 44})


def one(id_: int, side: int, **more: object) -> Candidate:
    told: dict[str, object] = {
        "languages": frozenset({"en"}),
        "hours": EVENINGS,
        "formats": frozenset({"online"}),
    }
    return Candidate(id_, side, **(told | more))  # type: ignore[arg-type]


def subsets(*values: object) -> st.SearchStrategy[frozenset[object]]:
    return st.frozensets(st.sampled_from(values))


@st.composite
def people(draw: st.DrawFn, sides: int = 2, most: int = 8) -> list[Candidate]:
    return [
        Candidate(
            id=id_,
            side=draw(st.integers(1, sides)),
            languages=draw(subsets("en", "ar", "el")),  # type: ignore[arg-type]
            hours=draw(subsets(8, 9, 10, 160)),  # type: ignore[arg-type]
            formats=draw(subsets("online", "in_person")),  # type: ignore[arg-type]
            place=draw(st.sampled_from(["", "Kos", " kos "])),
            interests=draw(subsets("food", "music")),  # type: ignore[arg-type]
            opinions=draw(st.dictionaries(st.sampled_from("012"), st.integers(-2, 2))),
            waited=draw(st.integers(0, 2)),
            first=draw(st.booleans()),
        )
        for id_ in range(100, 100 + draw(st.integers(0, most)))
    ]


def id_pairs() -> st.SearchStrategy[set[frozenset[int]]]:
    ids = st.integers(100, 109)
    return st.sets(st.frozensets(ids, min_size=2, max_size=2), max_size=4)


def allowed(a: Candidate, b: Candidate, never: set[frozenset[int]], rules: Rules) -> bool:
    """The musts of a pair, in plain words."""
    near = a.place.strip().casefold() == b.place.strip().casefold() != ""
    formats = a.formats & b.formats
    return (
        a.side != b.side
        and bool(a.languages & b.languages)
        and ("online" in formats or ("in_person" in formats and near))
        and len(a.hours & b.hours) >= rules.least_hours
        and frozenset({a.id, b.id}) not in never
    )


def matchings(edges: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Every set of edges that share no end."""
    if not edges:
        yield []
        return
    (a, b), rest = edges[0], edges[1:]
    yield from matchings(rest)
    for others in matchings([each for each in rest if not {a, b} & set(each)]):
        yield [(a, b), *others]


def worth(pairs: list[tuple[int, int]], who: list[Candidate], score: np.ndarray) -> object:
    """How good a matching is: people, the line from its head on, score."""
    line = sorted(range(len(who)), key=lambda at: (not who[at].first, -who[at].waited, at))
    paired = {at for pair in pairs for at in pair}
    served = [at in paired for at in line]
    return len(pairs), served, sum(int(score[a, b]) for a, b in pairs)


def check_best(who: list[Candidate], met: set[frozenset[int]], result: Result) -> None:
    rules = Rules()
    at = {each.id: index for index, each in enumerate(who)}
    edges = [
        (a, b) for a, b in combinations(range(len(who)), 2) if allowed(who[a], who[b], met, rules)
    ]
    found = [tuple(sorted((at[p.one], at[p.other]))) for p in result.pairs]
    assert set(found) <= set(edges)
    score = scores(Musts(who, rules, frozenset(), frozenset()))
    best = max(worth(each, who, score) for each in matchings(edges))  # type: ignore[type-var]
    assert worth(found, who, score) == best  # type: ignore[arg-type]
    everybody = [id_ for p in result.pairs for id_ in (p.one, p.other)]
    everybody += [left.id for left in result.left_out]
    assert sorted(everybody) == sorted(each.id for each in who)


@settings(max_examples=200, deadline=None)
@given(people(), id_pairs(), id_pairs(), st.integers(0, 3))
def test_two_sides_are_matched_as_well_as_brute_force_can(
    who: list[Candidate], met: set[frozenset[int]], forbidden: set[frozenset[int]], seed: int
) -> None:
    result = match(who, met, forbidden, seed=seed)
    check_best(who, met | forbidden, result)
    assert result == match(who, met, forbidden, seed=seed)


@settings(max_examples=60, deadline=None)
@given(people(sides=4, most=7), id_pairs())
def test_more_sides_are_matched_as_well_as_brute_force_can(
    who: list[Candidate], met: set[frozenset[int]]
) -> None:
    check_best(who, met, match(who, met))


@settings(max_examples=100, deadline=None)
@given(people(sides=3), id_pairs())
def test_who_may_meet_is_what_the_musts_say(who: list[Candidate], met: set[frozenset[int]]) -> None:
    rules = Rules()
    wanted = {frozenset({a.id, b.id}) for a, b in combinations(who, 2) if allowed(a, b, met, rules)}
    assert may_meet(who, met) == wanted


@settings(max_examples=100, deadline=None)
@given(people(sides=3), id_pairs())
def test_reasons_are_true(who: list[Candidate], met: set[frozenset[int]]) -> None:
    person = {each.id: each for each in who}
    result = match(who, met)
    for pair in result.pairs:
        a, b, why = person[pair.one], person[pair.other], pair.reasons
        assert set(why.languages) == a.languages & b.languages != set()
        assert set(why.interests) == a.interests & b.interests
        assert set(why.formats) <= a.formats & b.formats
        assert why.formats
        assert why.hours == len(a.hours & b.hours)
        assert 0 <= why.score <= 1000
        assert Reasons.of(json.loads(json.dumps(why.as_json()))) == why
    for left in result.left_out:
        me = person[left.id]
        partners = [p for p in who if allowed(me, p, met, Rules())]
        assert (left.why is Why.LINE) == bool(partners)


def test_each_left_out_is_told_the_true_reason() -> None:
    rest = [one(1, 1), one(2, 2)]
    assert match([one(9, 1)]).left_out[0].why is Why.NOBODY
    cases = {
        Why.LANGUAGE: one(9, 1, languages=frozenset({"el"})),
        Why.FORMAT: one(9, 1, formats=frozenset({"in_person"}), place="Kos"),
        Why.HOURS: one(9, 1, hours=frozenset({18, 100})),
        Why.LINE: one(9, 1),
    }
    for why, person in cases.items():
        assert [(left.id, left.why) for left in match([*rest, person]).left_out] == [(9, why)]
    met = match([*rest, one(9, 1)], met={frozenset({9, 2})})
    assert met.left_out[0].why is Why.MET
    kept_apart = match([*rest, one(9, 1)], forbidden={frozenset({9, 2})})
    assert kept_apart.left_out[0].why is Why.NOBODY


def test_who_goes_first_or_waited_longest_is_served_and_the_rest_know_their_place() -> None:
    line = [one(1, 1), one(2, 1, waited=3), one(3, 1, waited=1), one(4, 1, first=True), one(5, 1)]
    result = match([*line, one(6, 2), one(7, 2)])
    assert {pair.one for pair in result.pairs} == {4, 2}
    assert [(left.id, left.place) for left in result.left_out] == [(3, 1), (1, 2), (5, 3)]


def test_opinions_that_differ_and_shared_interests_make_the_better_pair() -> None:
    me = one(1, 1, interests=frozenset({"food"}), opinions={"0": 2, "1": 1})
    near = one(3, 2, opinions={"0": 2})
    far = one(2, 2, interests=frozenset({"food"}), opinions={"0": -2, "2": 2})
    who = [me, near, one(4, 1), far]
    pair, _other = match(who).pairs
    assert (pair.other, pair.reasons.differ, pair.reasons.interests) == (2, 1, ("food",))
    no_weights = Rules(interests=0, opinions=0, hours=0)
    assert [each.reasons.score for each in match(who, rules=no_weights).pairs] == [0, 0]


@pytest.mark.parametrize(
    ("who", "rules", "field"),
    [
        ([one(1, 1), one(1, 2)], Rules(), "id"),
        ([one(1, 1, hours=frozenset({168}))], Rules(), "hours"),
        ([one(1, 1, waited=-1)], Rules(), "waited"),
        ([], Rules(least_hours=0), "least_hours"),
        ([], Rules(opinions=float("nan")), "opinions"),
        ([], Rules(interests=-1), "interests"),
    ],
)
def test_bad_input_names_its_field(who: list[Candidate], rules: Rules, field: str) -> None:
    with pytest.raises(BadInput) as raised:
        match(who, rules=rules)
    assert raised.value.field == field


def test_out_of_effort_everybody_in_turn_takes_the_best_one_free() -> None:
    edges = np.array([[0, 1], [0, 2], [1, 2], [2, 3]], np.int64)
    score = np.array([1, 5, 9, 9], np.int64)
    rank = np.array([4, 3, 2, 1], np.int64)
    assert many_sides(edges, score, rank, seed=1, effort=0) == [(0, 2)]
    assert many_sides(edges, score, rank, seed=1) == [(0, 1), (2, 3)]


def test_hours_are_those_of_the_coming_week_on_the_clocks_of_the_zone() -> None:
    winter = week_hours(["0-morning"], "Europe/Athens", NOW)
    summer = week_hours(["0-morning"], "Europe/Athens", datetime(2026, 3, 30, tzinfo=UTC))
    assert (winter, summer) == ({7, 8, 9}, {6, 7, 8})
    assert week_hours(["0-morning"], "Pacific/Auckland", NOW) == {164, 165, 166}
    assert week_hours(["0-morning"], "Asia/Kolkata", NOW) == {4, 5}
    assert week_hours(["7-morning", "0-noon", "", "x"], "UTC", NOW) == frozenset()
    assert week_hours(["0-morning"], "Mars/Base", NOW) == frozenset()


def test_a_proposal_has_what_they_share_and_no_empty_lines() -> None:
    told = Reasons(("en",), ("food",), ("in_person", "online"), 2, 1, 500).as_json()
    said = proposal_say(5, 7, told, NOW)
    assert [row[0].data for row in said.buttons] == ["match.yes:7", "match.no:7", "match.ask:7"]
    assert said.to == 5
    assert proposal_say(5, 7, {}).text != said.text
