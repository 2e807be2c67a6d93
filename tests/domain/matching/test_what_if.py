"""What would help, against brute force: each change made by hand, and every round looked at."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.matching import (
    BadInput,
    Candidate,
    Gain,
    GainKind,
    Rules,
    match,
    what_if,
)
from bot.domain.matching.what_if import MORE_PEOPLE, TOLD, TOLD_OF_A_KIND
from tests.bench.crowd import crowd as a_crowd
from tests.domain.matching.strangers import (
    EVENINGS,
    Ids,
    allowed,
    id_pairs,
    one,
    people,
    rounds,
    rules,
)

module = import_module("bot.domain.matching.what_if")
SPARE = {"0-morning": frozenset({8, 9, 10}), "4-morning": frozenset({100}), "6-evening": EVENINGS}
LANGUAGES = ("ar", "el", "en")


@pytest.fixture
def all_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change that helps is told, however many there are."""
    monkeypatch.setattr(module, "TOLD", 1000)
    monkeypatch.setattr(module, "TOLD_OF_A_KIND", 1000)


@st.composite
def idle(draw: st.DrawFn, sides: int, most: int, *, roomy: bool = False) -> list[Candidate]:
    """People of whom some could have more time."""
    who = draw(people(sides, most, roomy=roomy))
    names = st.frozensets(st.sampled_from(sorted(SPARE)))
    return [replace(each, spare={n: SPARE[n] for n in sorted(draw(names))}) for each in who]


def most_served(who: list[Candidate], never: set[Ids], settled: Rules, real: int) -> int:
    """How many of the first `real` people have a partner in the round in which most have."""
    every = rounds(allowed(who, never, settled), [each.capacity for each in who])
    return max(len({at for pair in each for at in pair if at < real}) for each in every)


def by_hand(who: list[Candidate], never: set[Ids], settled: Rules) -> dict[tuple[str, str], int]:
    """What each time and each language brings."""
    left = {each.id for each in match(who, never, rules=settled).left_out}
    level = max(2, settled.least_level)
    least = settled.least_level

    def speaks(each: Candidate, what: str) -> Candidate:
        if each.id not in left or each.languages.get(what, 0) >= least:
            return each
        return replace(each, languages={**each.languages, what: level})

    def has_time(each: Candidate, what: str) -> Candidate:
        more = each.spare.get(what, frozenset()) if each.id in left else frozenset()
        return replace(each, hours=each.hours | more)

    now = most_served(who, never, settled, len(who))
    changes = {("hours", name): [has_time(each, name) for each in who] for name in SPARE}
    known = {name for each in who for name in each.languages}
    changes |= {("language", name): [speaks(each, name) for each in who] for name in known}
    found = {
        name: most_served(changed, never, settled, len(who)) - now
        for name, changed in changes.items()
    }
    assert min(found.values()) >= 0
    return {name: gain for name, gain in found.items() if gain}


def told(gains: list[Gain]) -> dict[tuple[str, str], int]:
    return {(each.kind.value, each.what): each.people for each in gains}


def check(who: list[Candidate], never: set[Ids], settled: Rules) -> None:
    gains = what_if(who, never, rules=settled)
    assert [each.people for each in gains] == sorted((e.people for e in gains), reverse=True)
    named = [each for each in gains if each.kind is not GainKind.PEOPLE]
    enough = len({each.side for each in who}) > 1
    assert told(named) == (by_hand(who, never, settled) if enough else {})


@pytest.mark.usefixtures("all_told")
@settings(max_examples=100, deadline=None)
@given(idle(2, 7), id_pairs(), rules())
def test_of_two_sides_each_brings_what_brute_force_says(
    who: list[Candidate], never: set[Ids], settled: Rules
) -> None:
    check(who, never, settled)


@pytest.mark.usefixtures("all_told")
@settings(max_examples=60, deadline=None)
@given(idle(2, 6, roomy=True), id_pairs())
def test_with_room_for_more_too(who: list[Candidate], never: set[Ids]) -> None:
    check(who, never, Rules())


@pytest.mark.usefixtures("all_told")
@settings(max_examples=80, deadline=None)
@given(idle(4, 6, roomy=True), id_pairs(), rules())
def test_of_more_sides_each_brings_what_brute_force_says(
    who: list[Candidate], never: set[Ids], settled: Rules
) -> None:
    check(who, never, settled)


@settings(max_examples=60, deadline=None)
@given(idle(3, 9, roomy=True), id_pairs(), id_pairs(), rules(), st.integers(0, 5))
def test_only_gains_are_told_and_few_of_them_and_the_same_for_a_seed(
    who: list[Candidate], met: set[Ids], forbidden: set[Ids], settled: Rules, seed: int
) -> None:
    gains = what_if(who, met, forbidden, settled, seed)
    assert gains == what_if(who, met, forbidden, settled, seed)
    result = match(who, met, forbidden, settled, seed)
    left = {each.id for each in result.left_out}
    idle_people = [each for each in who if each.id in left]
    assert len(gains) <= TOLD
    for each in gains:
        assert 0 < each.people <= len(left)
        assert sum(other.kind is each.kind for other in gains) <= TOLD_OF_A_KIND
        if each.kind is GainKind.HOURS:
            assert each.asked == sum(each.what in one.spare for one in idle_people)
        elif each.kind is GainKind.LANGUAGE:
            level = settled.least_level
            speak = sum(one.languages.get(each.what, 0) >= level for one in idle_people)
            assert each.asked == len(left) - speak
        else:
            assert each.asked == int(each.what) in MORE_PEOPLE


@pytest.mark.usefixtures("all_told")
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_more_people_of_the_smaller_side_bring_a_partner_to_those_who_wait(
    data: st.DataObject,
) -> None:
    sides = data.draw(st.integers(2, 3))
    who = [each for each in data.draw(idle(sides, 5)) if each.side != 1]
    who += [one(90, 1, capacity=data.draw(st.integers(1, 2)))]
    never = data.draw(id_pairs())
    gains = [each for each in what_if(who, never) if each.kind is GainKind.PEOPLE]
    sizes = {side: sum(each.side == side for each in who) for side in {e.side for e in who}}
    if len(sizes) < 2 or max(sizes.values()) == min(sizes.values()):
        assert gains == []
        return
    side = min(sizes, key=lambda each: (sizes[each], each))
    likes = [each for each in who if each.side == side]
    now = most_served(who, never, Rules(), len(who))
    gain = {
        most_served([*who, replace(each, id=200)], never, Rules(), len(who)) - now for each in likes
    }
    assert min(gain) >= 0
    first = {each.people for each in gains if each.what == "1"}
    assert first <= gain - {0}
    assert first or 0 in gain
    assert all(each.side == side for each in gains)


def test_a_time_a_language_and_people_are_told_the_best_first() -> None:
    late = {"1-evening": frozenset({42, 43}), "2-morning": frozenset({57, 58})}
    busy = [one(id_, 1, hours=frozenset({100}), spare=late) for id_ in range(1, 4)]
    greek = [one(id_, 1, languages={"el": 3}) for id_ in (4, 5)]
    who = [*busy, *greek, *(one(id_, 2) for id_ in range(11, 15))]
    assert what_if(who) == [
        Gain(GainKind.HOURS, "1-evening", 3, 6),
        Gain(GainKind.LANGUAGE, "en", 2, 4),
        Gain(GainKind.LANGUAGE, "el", 7, 4),
    ]
    paused = [replace(each, paused=True) for each in who]
    assert what_if([*who[:5], *paused[5:]]) == []


def test_more_people_are_not_counted_themselves() -> None:
    who = [one(id_, 1) for id_ in range(1, 9)] + [one(9, 2, capacity=2)]
    assert what_if(who) == [
        Gain(GainKind.PEOPLE, "5", 5, 6, side=2),
        Gain(GainKind.PEOPLE, "1", 1, 2, side=2),
    ]
    assert what_if(who[:2] + who[8:]) == []


def test_who_speaks_it_too_little_would_speak_it_well_enough() -> None:
    who = [one(1, 1, languages={"en": 1}), one(2, 2, languages={"en": 3})]
    assert what_if(who, rules=Rules(least_level=3)) == [Gain(GainKind.LANGUAGE, "en", 1, 2)]


def test_a_gain_is_stored() -> None:
    stored = {"kind": "people", "what": "5", "asked": 5, "people": 6, "side": 2}
    assert json.loads(json.dumps(Gain(GainKind.PEOPLE, "5", 5, 6, 2).as_json())) == stored


def spared(who: list[Candidate]) -> list[Candidate]:
    """People who could have time on further evenings."""
    week = {f"{day}-evening": frozenset(range(day * 24 + 17, day * 24 + 21)) for day in range(7)}
    return [
        replace(
            each, spare={slot: hours for slot, hours in week.items() if not hours <= each.hours}
        )
        for each in who
    ]


@pytest.mark.parametrize(("ratio", "sides"), [(1.0, 2), (0.4, 2), (0.6, 3)])
def test_of_many_the_promising_ones_are_nearly_the_best(
    ratio: float, sides: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = spared(a_crowd(420, seed=7, ratio=ratio, sides=sides))
    some = what_if(who)
    monkeypatch.setattr(module, "TRY_SOME", 0)
    fewest = what_if(who)
    monkeypatch.setattr(module, "TRY_ALL", len(who))
    every = what_if(who)
    for kind in GainKind:
        best, found, quick = (
            max((each.people for each in gains if each.kind is kind), default=0)
            for gains in (every, some, fewest)
        )
        assert best >= found >= 0.8 * best
        assert best >= quick >= 0.6 * best
        assert sum(each.kind is kind for each in fewest) <= 1


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(BadInput):
        what_if([one(1, 1), one(1, 2)])
    with pytest.raises(BadInput):
        what_if([], rules=Rules(least_hours=0))
