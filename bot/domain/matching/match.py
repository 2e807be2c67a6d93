"""One round: from who waits to who meets whom, and why the others don't."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.domain.matching.checks import checked
from bot.domain.matching.crowd import NOBODY, Crowd, Found, PairIds, crowd, in_line
from bot.domain.matching.left_out import explained
from bot.domain.matching.many_sides import many_sides
from bot.domain.matching.pair import POINTS, reasons
from bot.domain.matching.rules import Rules
from bot.domain.matching.two_sides import two_sides
from bot.domain.matching.types import BEST, Candidate, Certificate, LeftOut, Pair, Result


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round is, `done` from 0 to 1, and the share of the best possible score by now."""

    done: float
    share: float


def match(
    candidates: Sequence[Candidate],
    met: PairIds = frozenset(),
    forbidden: PairIds = frozenset(),
    rules: Rules | None = None,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
) -> Result:
    """The best round of these candidates.

    In this order: as many people with a partner as can be; the line, from its head: those who go
    first, then those who waited more rounds, then those named earlier; no more pairs than that
    takes (so a second partner only where somebody would have none); the highest total score.
    The certificate says how near the last one is; the others are always reached (with more than
    two sides and very many people, see `many_sides`).

    `met` and `forbidden` are sets of two ids. The same input with the same `seed`, which only
    settles ties, gives the same result. `progress` is called now and then; what it raises ends the
    round. Raises BadInput.
    """
    rules = (rules or Rules()).checked()
    who = in_line(checked(candidates))
    people = crowd(who, (met, forbidden), rules)
    tell = progress or (lambda _progress: None)
    sides = len(set(people.side.tolist()))
    found = NOBODY
    if sides > 1:
        solve = two_sides if sides == 2 else many_sides
        found = solve(people, seed, lambda done, share: tell(Progress(done, share)))
    return Result(_pairs(people, found), _left_out(people, found, met), _certificate(found))


def _pairs(people: Crowd, found: Found) -> list[Pair]:
    who, rules = people.who, people.scale.rules
    statements = len({each for one in who for each in one.opinions})
    ends = np.sort(np.column_stack([found.ones, found.others]), axis=1)
    pairs = []
    for a, b in ends[np.lexsort((ends[:, 1], ends[:, 0]))].tolist():
        one, other = sorted((who[a], who[b]), key=lambda each: each.side)
        pairs.append(Pair(one.id, other.id, reasons(one, other, rules, statements)))
    return pairs


def _left_out(people: Crowd, found: Found, met: PairIds) -> list[LeftOut]:
    served = np.isin(np.arange(len(people.who)), np.concatenate([found.ones, found.others]))
    left = np.flatnonzero(~served)
    place: Counter[int] = Counter()
    told = []
    for at, (why, helps) in zip(left.tolist(), explained(people, left, met), strict=True):
        one = people.who[at]
        place[one.side] += 1
        told.append(LeftOut(one.id, why, place[one.side], helps))
    return told


def _certificate(found: Found) -> Certificate:
    per = POINTS // BEST // 1000
    people = len(set(found.ones.tolist()) | set(found.others.tolist()))
    worth = int(found.worth.sum())
    return Certificate(people, found.most_people, worth // per, found.bound // per)
