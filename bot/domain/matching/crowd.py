"""Everybody in a round, as numbers, in the order of the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from bot.domain.matching.features import Face, Ints, Scale, faces
from bot.domain.matching.grid import Grid
from bot.domain.matching.rules import Rules
from bot.domain.matching.types import Candidate

PairIds: TypeAlias = Set[frozenset[int]]


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs as places in the line, what each is `worth` in points, and what is proven of them.

    No round could give a partner to more than `most_people`; no pairs for the same people, and as
    many of them, are worth more than `bound`.
    """

    ones: Ints
    others: Ints
    worth: Ints
    most_people: int
    bound: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """People by their place in line: `side`, `room` for partners, what they bring to pairs.

    `banned` (b, 2) are the places of two who may not be proposed to each other.
    """

    who: Sequence[Candidate]
    scale: Scale
    face: Face
    side: Ints
    room: Ints
    banned: Ints

    def grid(self, rows: Ints, columns: Ints) -> Grid:
        """The pairs between some people and others."""
        place = np.full((2, len(self.who)), -1)
        place[0, rows], place[1, columns] = np.arange(len(rows)), np.arange(len(columns))
        both = np.concatenate([self.banned, self.banned[:, ::-1]])
        banned = np.column_stack([place[0, both[:, 0]], place[1, both[:, 1]]])
        banned = np.unique(banned[(banned >= 0).all(axis=1)], axis=0)
        return Grid.between(self.scale, self.face, rows, columns, banned)


NONE = np.zeros(0, np.int64)
NOBODY = Found(NONE, NONE, NONE, most_people=0, bound=0)


def in_line(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those who go first, then those who waited more rounds, then those named earlier."""
    return sorted(candidates, key=lambda each: (not each.first, -each.waited))


def crowd(who: Sequence[Candidate], banned: Iterable[PairIds], rules: Rules) -> Crowd:
    """The people of a round; `who` in the order of the line."""
    scale, face = faces(who, rules)
    place = {each.id: at for at, each in enumerate(who)}
    apart = {
        tuple(sorted(place[each] for each in pair))
        for pairs in banned
        for pair in pairs
        if len(pair) == 2 and all(each in place for each in pair)
    }
    return Crowd(
        who,
        scale,
        face,
        np.array([each.side for each in who], np.int64),
        np.array([each.capacity for each in who], np.int64),
        np.array(sorted(apart), np.int64).reshape(-1, 2),
    )
