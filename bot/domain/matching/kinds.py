"""What two kinds of people allow each other, for all kinds at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from bot.domain.matching.features import Bools, Floats, Ints, Kind, Scale
from bot.domain.matching.pair import FULL, kilometres, known_spots, nearness
from bot.domain.matching.rules import Rules

NEVER = np.float32(-(2**30))
"""What a pair that may not be scores, whatever else it has."""


@dataclass(frozen=True, slots=True)
class Kinship:
    """The kinds of a round (g of them) as columns: what `Kind` says, each an array of g rows.

    `levels` is (g, languages); `near` and `reach` are (places, places), `answers` (g, questions).
    """

    side: Ints
    languages: Sequence[str]
    levels: Ints
    online: Bools
    in_person: Bools
    place: Ints
    near: Ints
    reach: Bools
    answers: Ints
    a_level: int

    @classmethod
    def of(cls, scale: Scale) -> Kinship:
        """The kinds of a round."""
        kinds, rules = scale.kinds, scale.rules
        places = sorted({each.place for each in kinds})
        at = {place: index for index, place in enumerate(places)}
        near, reach = _between(places, rules)
        names = sorted({name for each in kinds for name, _level in each.languages})
        known = [dict(each.languages) for each in kinds]
        return cls(
            np.array([each.side for each in kinds], np.int64),
            names,
            np.array([[own.get(name, 0) for name in names] for own in known], np.int64),
            np.array([each.online for each in kinds], np.bool_),
            np.array([each.in_person for each in kinds], np.bool_),
            np.array([at[each.place] for each in kinds], np.int64),
            near * scale.shares.get("distance", 0),
            reach,
            _answers(kinds, len(rules.same)),
            scale.shares.get("level", 0) * (FULL // 2),
        )

    def speak(self, one: Ints, other: Ints) -> Ints:
        """The level of the language both speak best, 0 without one; kinds by index, broadcast."""
        level = np.zeros(np.broadcast(one, other).shape, np.int64)
        for each in self.levels.T:
            np.maximum(level, np.minimum(each[one], each[other]), out=level)
        return level

    def can_meet(self, one: Ints, other: Ints) -> Bools:
        """Online, or within reach."""
        reach = self.reach[self.place[one], self.place[other]]
        in_person = self.in_person[one] & self.in_person[other] & reach
        return np.asarray((self.online[one] & self.online[other]) | in_person, np.bool_)

    def answer_alike(self, one: Ints, other: Ints) -> Bools:
        """The same answer to each question that demands it."""
        alike = np.ones(np.broadcast(one, other).shape, np.bool_)
        for each in self.answers.T:
            alike &= (each[one] == each[other]) & (each[one] >= 0)
        return alike

    def points(self, one: Ints, other: Ints) -> Floats:
        """What a pair of kinds scores, NEVER if there is none."""
        level = self.speak(one, other)
        may = (self.side[one] != self.side[other]) & (level > 0)
        may &= self.can_meet(one, other) & self.answer_alike(one, other)
        points = self.near[self.place[one], self.place[other]] + self.a_level * (level - 1)
        return np.where(may, points.astype(np.float32), NEVER)


def _between(places: Sequence[str], rules: Rules) -> tuple[Ints, Bools]:
    """How near places are to each other, and which are within reach.

    Most are near nothing but themselves: only where two are known is there a way to measure.
    """
    reach = np.diag(np.array([place != "" for place in places], np.bool_))
    near = reach * FULL
    spots = known_spots(rules)
    known = [at for at, place in enumerate(places) if place in spots]
    for a, b in permutations(known, 2):
        near[a, b] = nearness(places[a], places[b], rules)
        reach[a, b] = kilometres(places[a], places[b], rules) <= rules.reach_km
    return near, reach


def _answers(kinds: Sequence[Kind], questions: int) -> Ints:
    """The answers by their index, -1 for none."""
    found = np.full((len(kinds), questions), -1, np.int64)
    for column in range(questions):
        told = sorted({each.same[column] or "" for each in kinds} - {""})
        index = {answer: at for at, answer in enumerate(told)}
        found[:, column] = [index.get(each.same[column] or "", -1) for each in kinds]
    return found
