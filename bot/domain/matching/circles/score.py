"""How good a circle is, 0 to BEST: the terms of `pair.py`, told of a circle.

- Of each two of different sides, on average: interests, needs, distance, answers. Two who met
  before bring nothing.
- Of all together: the hours all have, and the level of the language of whom speaks it least.
- Opinions: how far apart they lie, half of it in the circle as a whole and half inside its sides,
  so that no side is of one view. It is their variance as a share of the largest there could be; a
  statement left open counts as the middle. To make the variance inside circles as large as can be
  is to make that between them small, so circles come out alike (anticlustering: Papenberg and
  Klau, Psychological Methods 26, 2021). With `Rules.agree` it is what is missing to the largest.

What all bring together counts by the share of pairs who are new to each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bot.domain.matching.circles.people import Group, People, bits
from bot.domain.matching.pair import (
    ENOUGH_HOURS,
    FULL,
    POINTS,
    evenness,
    nearness,
    place_of,
    spoken,
    terms,
)
from bot.domain.matching.rules import Rules
from bot.domain.matching.types import BEST, Candidate

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
TOGETHER = ("opinions", "hours", "level")
"""The terms that are of all members; the others are of each two."""

FARTHEST = 16
"""The square of how far apart two opinions can be."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What circles of these people score by.

    `views` (people, statements); `pairs` and `new` (people, people) have what each two bring in
    points and whether they are new to each other, 0 for two of one side.
    """

    people: People
    rules: Rules
    shares: Mapping[str, int]
    views: Ints
    pairs: Ints
    new: Ints

    @classmethod
    def of(cls, people: People, rules: Rules) -> Scale:
        """The scale of a round."""
        who, shares = people.who, rules.shares()
        side = np.array([each.side for each in who], np.int64)
        new = (side[:, None] != side[None, :]).astype(np.int64)
        for row, known in enumerate(people.met):
            new[row, list(bits(known))] = 0
        names = sorted({each for one in who for each in one.opinions})
        views = [[one.opinions.get(each, 0) for each in names] for one in who]
        table = np.array(views, np.int64).reshape(len(who), len(names))
        return cls(people, rules, shares, table, _pairs(who, rules, shares) * new, new)

    def points(self, group: Group) -> int:
        """What a circle scores, in points."""
        at = np.fromiter(bits(group), np.int64)
        two = (at[:, None], at)
        together = sum(
            self.shares[name] * self.value(name, group) for name in TOGETHER if name in self.shares
        )
        brought = self.pairs[two].sum() + together * self.new[two].sum()
        return int(brought) // 2 // self._crossing(group)

    def terms(self, group: Group) -> dict[str, int]:
        """What each term brings to the score of a circle, in thousandths of it."""
        who, statements = self.people.who, self.views.shape[1]
        new = [pair for pair in combinations(bits(group), 2) if self.new[pair]]
        of_two = [terms(who[a], who[b], self.rules, statements) for a, b in new]
        per = self._crossing(group) * (POINTS // BEST)
        return {
            name: share * self.value(name, group) * len(new) // per
            if name in TOGETHER
            else sum(each[name] for each in of_two) // per
            for name, share in self.shares.items()
        }

    def value(self, name: str, group: Group) -> int:
        """What a term of all members together is worth, up to FULL."""
        who = [self.people.who[at] for at in bits(group)]
        if name == "hours":
            return FULL // ENOUGH_HOURS * min(len(hours(who)), ENOUGH_HOURS)
        if name == "level":
            return FULL // 2 * (language(who, self.rules)[1] - 1)
        inside = [group & side for side in self.people.sides.values()]
        apart = (self._spread(group) + sum(map(self._spread, inside)) // len(inside)) // 2
        return FULL - apart if self.rules.agree else apart

    def _spread(self, group: Group) -> int:
        """How far apart opinions are: 0 if all are the same, FULL with half at either end."""
        views = self.views[list(bits(group))]
        count, statements = views.shape
        squares = count * (views**2).sum() - (views.sum(axis=0) ** 2).sum()
        largest = FARTHEST * (count // 2) * (count - count // 2) * statements
        return int(FULL * squares) // largest if largest else 0

    def _crossing(self, group: Group) -> int:
        """How many two of different sides there are."""
        counts = self.people.counts(group)
        return sum(one * other for one, other in combinations(counts, 2))


def hours(who: Sequence[Candidate]) -> tuple[int, ...]:
    """The hours all have."""
    return tuple(sorted(frozenset.intersection(*(each.hours for each in who))))


def language(who: Sequence[Candidate], rules: Rules) -> tuple[str, int]:
    """The language they speak best together, and the level of whom speaks it least."""
    known = [spoken(each, rules) for each in who]
    common = sorted(set(known[0]).intersection(*known))
    return max(
        ((name, min(each[name] for each in known)) for name in common), key=lambda found: found[1]
    )


def _pairs(who: Sequence[Candidate], rules: Rules, shares: Mapping[str, int]) -> Ints:
    """What each two bring by the terms of `pair.py` that are not of all together, in points."""
    found = np.zeros((len(who), len(who)))
    if share := shares.get("interests"):
        marks = _marks([one.interests for one in who])
        marks *= np.array([[evenness(len(one.interests))] for one in who])
        found += share * (marks @ marks.T)
    if share := shares.get("needs"):
        both = _marks([one.offers for one in who] + [one.needs for one in who])
        offers, needs = both[: len(who)], both[len(who) :]
        met = offers @ (needs * [[FULL // 2 // max(len(one.needs), 1)] for one in who]).T
        found += share * (met + met.T)
    if share := shares.get("distance"):
        places = sorted({place_of(one) for one in who})
        near = np.array([[nearness(here, there, rules) for there in places] for here in places])
        at = [places.index(place_of(one)) for one in who]
        found += share * near[np.ix_(at, at)]
    for question in {*rules.alike, *rules.mixed}:
        found += _answered([one.answers.get(question) for one in who], question, shares)
    return found.astype(np.int64)


def _answered(answers: Sequence[str | None], question: str, shares: Mapping[str, int]) -> Floats:
    """What each two bring by their answers to one question."""
    alike, mixed = (shares.get(f"{kind}: {question}", 0) for kind in ("alike", "mixed"))
    told = np.array([each is not None for each in answers], np.float64)
    marks = _marks([set() if each is None else {each} for each in answers])
    same = marks @ marks.T
    return FULL * (alike * same + mixed * (np.outer(told, told) - same))


def _marks(sets: Sequence[Set[str]]) -> Floats:
    """A row for each set, with 1 in the column of each name in it."""
    index = {name: at for at, name in enumerate(sorted(set().union(*sets)))}
    found = np.zeros((len(sets), len(index)))
    for row, names in enumerate(sets):
        found[row, [index[each] for each in names]] = 1
    return found
