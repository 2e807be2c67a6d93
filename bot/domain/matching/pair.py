"""Two people: may they be proposed to each other, how good would it be, what do they share.

This is the definition. `crowd.py` says the same of all pairs of a large network at once.
"""

from __future__ import annotations

import math
from collections.abc import Set

from bot.domain.matching.rules import Rules
from bot.domain.matching.types import BEST, Candidate, Reasons

FULL = 10_000
"""A term that is all it can be. A term times its share in percent is in points."""

POINTS = FULL * 100
"""A pair that has all there is to have. All points are whole, so sums of them are exact."""

ENOUGH_HOURS = 8
"""From so many common hours on, the term is full."""

EARTH_KM = 6371.0
OPINION_STEPS = (-1.5, -0.5, 0.5, 1.5)
"""Between the five answers, -2 to 2: two opinions differ by as many points as lie between them."""


def spoken(one: Candidate, rules: Rules) -> dict[str, int]:
    """The languages somebody speaks well enough."""
    return {each: level for each, level in one.languages.items() if level >= rules.least_level}


def common_level(one: Candidate, other: Candidate, rules: Rules) -> int:
    """The level of the common language both speak best, 0 without one."""
    ours, theirs = spoken(one, rules), spoken(other, rules)
    return max((min(ours[each], theirs[each]) for each in ours.keys() & theirs), default=0)


def place_of(one: Candidate) -> str:
    """Somebody's place, as it is compared."""
    return named(one.place)


def named(place: str) -> str:
    """A place's name, as it is compared."""
    return " ".join(place.casefold().split())


def known_spots(rules: Rules) -> dict[str, tuple[float, float]]:
    """Where places are, by their names as they are compared."""
    return {named(place): spot for place, spot in rules.spots.items()}


def kilometres(here: str, there: str, rules: Rules) -> float:
    """The way between two places as the crow flies; infinite where one isn't known."""
    if here == there:
        return 0.0 if here else math.inf
    spots = known_spots(rules)
    if here not in spots or there not in spots:
        return math.inf
    (a, b), (c, d) = (map(math.radians, spots[each]) for each in (here, there))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def nearness(here: str, there: str, rules: Rules) -> int:
    """FULL in the same place, 0 where the reach ends and beyond."""
    way = kilometres(here, there, rules)
    if way == 0:
        return FULL
    return int(FULL * (1 - way / rules.reach_km)) if way < rules.reach_km else 0


def common_formats(one: Candidate, other: Candidate, rules: Rules) -> list[str]:
    """How both can meet: in person only within reach."""
    near = kilometres(place_of(one), place_of(other), rules) <= rules.reach_km
    both = one.formats & other.formats
    return [each for each in sorted(both) if each == "online" or (each == "in_person" and near)]


def share_of(offers: Set[str], needs: Set[str]) -> int:
    """How much of the needs is met, up to half of FULL."""
    return len(offers & needs) * (FULL // 2 // max(len(needs), 1))


def fit(one: Candidate, other: Candidate) -> bool:
    """One offers what the other needs."""
    return bool(one.offers & other.needs or other.offers & one.needs)


def same_answers(one: Candidate, other: Candidate, rules: Rules) -> bool:
    """Both gave the same answer to each question that demands it; no answer is none."""
    return all(
        (answer := one.answers.get(each)) is not None and answer == other.answers.get(each)
        for each in rules.same
    )


def may_meet(one: Candidate, other: Candidate, rules: Rules) -> bool:
    """All that must hold between two people does, whatever was between them before."""
    return (
        one.side != other.side
        and not (one.paused or other.paused)
        and common_level(one, other, rules) > 0
        and bool(common_formats(one, other, rules))
        and same_answers(one, other, rules)
        and (not rules.fit or fit(one, other))
        and len(one.hours & other.hours) >= rules.least_hours
    )


def evenness(count: int) -> int:
    """One hundred over the root of a count, whole: two of them times what is shared is FULL."""
    return int(100 / math.sqrt(count)) if count else 0


def apart(one: Candidate, other: Candidate, statements: int) -> int:
    """How far apart the opinions are; a statement that one left open counts as half way."""
    steps = sum(
        abs(opinion - other.opinions[each]) - 2
        for each, opinion in one.opinions.items()
        if each in other.opinions
    )
    return opinion_step(statements) * (2 * statements + steps)


def opinion_step(statements: int) -> int:
    """What one point between two opinions counts for: even, so that halves of it are whole."""
    return FULL // (8 * statements) * 2 if statements else 0


def terms(one: Candidate, other: Candidate, rules: Rules, statements: int) -> dict[str, int]:
    """What each term that counts brings to a pair who may meet, in points.

    `statements` is how many there are in the round.
    """
    return {
        name: share * _term(name, one, other, rules, statements)
        for name, share in rules.shares().items()
    }


def _term(name: str, one: Candidate, other: Candidate, rules: Rules, statements: int) -> int:
    """How full a term is, up to FULL; interests by Ochiai's coefficient."""
    match name:
        case "interests":
            shared = len(one.interests & other.interests)
            return shared * evenness(len(one.interests)) * evenness(len(other.interests))
        case "opinions":
            far = apart(one, other, statements)
            return opinion_step(statements) * 4 * statements - far if rules.agree else far
        case "hours":
            return FULL // ENOUGH_HOURS * min(len(one.hours & other.hours), ENOUGH_HOURS)
        case "needs":
            return share_of(one.offers, other.needs) + share_of(other.offers, one.needs)
        case "level":
            return FULL // 2 * (common_level(one, other, rules) - 1)
        case "distance":
            return nearness(place_of(one), place_of(other), rules)
        case question:
            kind, _colon, asked = question.partition(": ")
            return FULL * _answered(one, other, asked, alike=kind == "alike")


def _answered(one: Candidate, other: Candidate, question: str, *, alike: bool) -> bool:
    """Both answered a question, and alike or not, as is wanted."""
    if question not in one.answers or question not in other.answers:
        return False
    return (one.answers[question] == other.answers[question]) == alike


def reasons(one: Candidate, other: Candidate, rules: Rules, statements: int) -> Reasons:
    """What two people share, of those who may meet."""
    brought = terms(one, other, rules, statements)
    per = POINTS // BEST
    return Reasons(
        languages=tuple(sorted(spoken(one, rules).keys() & spoken(other, rules))),
        interests=tuple(sorted(one.interests & other.interests)),
        formats=tuple(common_formats(one, other, rules)),
        hours=len(one.hours & other.hours),
        differ=sum(
            opinion * other.opinions.get(each, 0) < 0 for each, opinion in one.opinions.items()
        ),
        score=sum(each // per for each in brought.values()),
        terms={name: each // per for name, each in brought.items()},
    )
