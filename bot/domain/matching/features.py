"""People as numbers, so that what `pair.py` says of two can be told of millions at once.

All numbers are whole and small enough for a float32 to hold them and their sums exactly (below
2**24), so the fast way and `pair.py` agree to the last point.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bot.domain.matching.pair import (
    ENOUGH_HOURS,
    FULL,
    OPINION_STEPS,
    evenness,
    opinion_step,
    place_of,
    spoken,
)
from bot.domain.matching.rules import Rules
from bot.domain.matching.types import HOURS_A_WEEK, Candidate

Floats: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Face:
    """What some people (n of them) bring to pairs with people of another face.

    `ours` and `theirs` (n, k): the score of a pair is the product of one's `ours` and the other's
    `theirs`, plus `Scale.always`, hours and what the kinds say. `hours` (n, h) and `fits` (n, f)
    count in common the same way, with the `Scale.hours_weight` of each column. `kind` (n) is the
    index of what must hold beyond that.
    """

    ours: Floats
    theirs: Floats
    hours: Floats
    offers: Floats
    needs: Floats
    kind: Ints

    def take(self, rows: Ints) -> Face:
        """Only some of these people."""
        return Face(
            self.ours[rows],
            self.theirs[rows],
            self.hours[rows],
            self.offers[rows],
            self.needs[rows],
            self.kind[rows],
        )

    def bare(self) -> Face:
        """The same people without what makes a score."""
        return replace(self, ours=self.ours[:, :0], theirs=self.theirs[:, :0])


@dataclass(frozen=True, slots=True)
class Kind:
    """Those whom language, format, place and demanded answers allow the same partners."""

    side: int
    languages: tuple[tuple[str, int], ...]
    online: bool
    in_person: bool
    place: str
    same: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """What all pairs have in common: the rules, what counts how much, and all kinds there are."""

    rules: Rules
    shares: dict[str, int]
    kinds: Sequence[Kind]
    hours_weight: Floats
    column_of_hour: Ints
    always: int
    an_hour: int


def faces(who: Sequence[Candidate], rules: Rules) -> tuple[Scale, Face]:
    """The people of a round as numbers, in their order."""
    shares = rules.shares()
    kinds, kind = _kinds(who, rules, shares)
    hours, weight, column_of_hour = _hours(who)
    statements = sorted({each for one in who for each in one.opinions})
    columns = [_interests(who, shares), _opinions(who, statements, rules, shares)]
    columns += [_needs(who, shares), *_answers(who, rules, shares)]
    scale = Scale(
        rules,
        shares,
        kinds,
        weight,
        column_of_hour,
        always=shares.get("opinions", 0) * opinion_step(len(statements)) * 2 * len(statements),
        an_hour=shares.get("hours", 0) * (FULL // ENOUGH_HOURS),
    )
    wares = _index(each for one in who for each in one.offers) if rules.fit else {}
    face = Face(
        np.hstack([ours for ours, _theirs in columns]),
        np.hstack([theirs for _ours, theirs in columns]),
        hours,
        _marks(who, wares, lambda one: one.offers),
        _marks(who, wares, lambda one: one.needs),
        kind,
    )
    return scale, face


def _index(names: Iterable[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(sorted(set(names)))}


def _marks(
    who: Sequence[Candidate],
    index: dict[str, int],
    of: Callable[[Candidate], Collection[str]],
    value: Callable[[Collection[str]], float] = lambda _names: 1,
) -> Floats:
    """A column for each name in the index, with a value where somebody has it."""
    found = np.zeros((len(who), len(index)), np.float32)
    if index:
        for row, one in enumerate(who):
            names = of(one)
            found[row, [index[each] for each in names if each in index]] = value(names)
    return found


def _kinds(
    who: Sequence[Candidate], rules: Rules, shares: dict[str, int]
) -> tuple[list[Kind], Ints]:
    """All kinds, sorted so that alike ones are neighbours, and everybody's."""
    levels, near = "level" in shares, "distance" in shares

    def kind(one: Candidate) -> Kind:
        known = spoken(one, rules)
        in_person = "in_person" in one.formats
        return Kind(
            one.side,
            tuple(sorted(known.items() if levels else ((each, 1) for each in known))),
            "online" in one.formats,
            in_person,
            place_of(one) if in_person or near else "",
            tuple(one.answers.get(each) for each in rules.same),
        )

    each = [kind(one) for one in who]
    found = sorted(set(each), key=repr)
    at = {kind: index for index, kind in enumerate(found)}
    return found, np.array([at[kind] for kind in each], np.int64)


def _hours(who: Sequence[Candidate]) -> tuple[Floats, Floats, Ints]:
    """Hours that everybody has together or not at all share a column, which weighs as many."""
    has = np.zeros((HOURS_A_WEEK, len(who)), np.bool_)
    for row, one in enumerate(who):
        has[list(one.hours), row] = True
    packed = np.packbits(has, axis=1)
    _distinct, first, column, many = np.unique(
        packed, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    return has[first].T.astype(np.float32), many.astype(np.float32), column.reshape(-1)


def _interests(who: Sequence[Candidate], shares: dict[str, int]) -> tuple[Floats, Floats]:
    counts = "interests" in shares
    index = _index(each for one in who for each in one.interests) if counts else {}
    marks = _marks(who, index, lambda one: one.interests, lambda own: evenness(len(own)))
    return marks * np.float32(shares.get("interests", 0)), marks


def _opinions(
    who: Sequence[Candidate], statements: Sequence[str], rules: Rules, shares: dict[str, int]
) -> tuple[Floats, Floats]:
    """Four signs a statement, one for each step between two answers; none where it was left open.

    The product of two people's signs is 4 less twice the steps between them.
    """
    index = {name: at for at, name in enumerate(statements)} if "opinions" in shares else {}
    signs = np.zeros((len(who), len(index), len(OPINION_STEPS)), np.float32)
    if index:
        told = [
            (row, index[statement], opinion)
            for row, one in enumerate(who)
            for statement, opinion in one.opinions.items()
        ]
        rows, columns, opinions = np.array(told, np.int64).T
        signs[rows, columns] = np.sign(opinions[:, None] - np.array(OPINION_STEPS))
    flat = signs.reshape(len(who), len(index) * len(OPINION_STEPS))
    half = opinion_step(len(index)) // 2
    sign = 1 if rules.agree else -1
    return flat * np.float32(sign * half * shares.get("opinions", 0)), flat


def _needs(who: Sequence[Candidate], shares: dict[str, int]) -> tuple[Floats, Floats]:
    share = shares.get("needs", 0)
    index = _index(each for one in who for each in one.offers) if share else {}
    offers = _marks(who, index, lambda one: one.offers)
    needs = _marks(who, index, lambda one: one.needs, lambda own: FULL // 2 // max(len(own), 1))
    weigh = np.float32(share)
    return np.hstack([offers * weigh, needs * weigh]), np.hstack([needs, offers])


def _answers(
    who: Sequence[Candidate], rules: Rules, shares: dict[str, int]
) -> list[tuple[Floats, Floats]]:
    """A column an answer; for those that should be mixed, one more for having answered at all."""
    found = []
    for question in sorted({*rules.alike, *rules.mixed}):
        index = _index(one.answers[question] for one in who if question in one.answers)
        told = _marks(who, index, partial(_told, question))
        if alike := shares.get(f"alike: {question}", 0):
            found.append((told * np.float32(alike * FULL), told))
        if mixed := shares.get(f"mixed: {question}", 0):
            any_ = told.sum(axis=1, keepdims=True, dtype=np.float32)
            weigh = np.float32(mixed * FULL)
            found.append((np.hstack([any_, -told]) * weigh, np.hstack([any_, told])))
    return found


def _told(question: str, one: Candidate) -> Collection[str]:
    return {one.answers[question]} if question in one.answers else ()
