"""One round: from who waits to who meets whom, and why the others don't."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np

from bot.domain.matching.musts import Grid, Musts, PairIds, checked
from bot.domain.matching.score import reasons, scores
from bot.domain.matching.solve import Edge, Ints, many_sides, two_sides
from bot.domain.matching.types import Candidate, LeftOut, Pair, Result, Rules, Why


def match(
    candidates: Sequence[Candidate],
    met: PairIds = frozenset(),
    forbidden: PairIds = frozenset(),
    rules: Rules | None = None,
    seed: int = 0,
) -> Result:
    """The best round of these candidates, each with one partner at the most.

    In this order: as many people as can be; the line, from its head: those who go first, then those
    who waited more rounds, then those named earlier; the highest total score. `met` and `forbidden`
    are sets of two ids. The same input with the same `seed`, which only settles ties, gives the
    same result. Raises BadInput.
    """
    line = sorted(checked(candidates), key=_urgency)
    who = Random(seed).sample(line, len(line))
    musts = Musts(who, (rules or Rules()).checked(), met, forbidden)
    score = scores(musts)
    edges = np.argwhere(np.triu(musts.hold)).astype(np.int64)
    place_of = {each.id: at for at, each in enumerate(line)}
    rank = np.array([len(line) - place_of[each.id] for each in who], np.int64)
    found = _solved(who, edges, score[edges[:, 0], edges[:, 1]], rank, seed)
    pairs = [_pair(who[a], who[b], int(score[a, b])) for a, b in found]
    paired = {at for pair in found for at in pair}
    whys = {each.id: _why(musts, at) for at, each in enumerate(who) if at not in paired}
    left = [each for each in line if each.id in whys]
    return Result(
        sorted(pairs, key=lambda pair: (place_of[pair.one], place_of[pair.other])),
        [
            LeftOut(each.id, whys[each.id], 1 + sum(e.side == each.side for e in left[:at]))
            for at, each in enumerate(left)
        ],
    )


def _urgency(one: Candidate) -> tuple[bool, int]:
    """Smaller for those who go earlier."""
    return (not one.first, -one.waited)


def _solved(
    who: Sequence[Candidate], edges: Ints, score: Ints, rank: Ints, seed: int
) -> list[Edge]:
    if not len(edges):
        return []
    sides = sorted({each.side for each in who})
    if len(sides) > 2:
        return many_sides(edges, score, rank, seed)
    left = [at for at, each in enumerate(who) if each.side == sides[0]]
    turned = ~np.isin(edges[:, 0], left)
    edges[turned] = edges[turned][:, ::-1]
    return two_sides(edges, score, rank, left)


def _pair(a: Candidate, b: Candidate, score: int) -> Pair:
    one, other = sorted((a, b), key=lambda each: each.side)
    return Pair(one.id, other.id, reasons(one, other, score))


def _why(musts: Musts, at: int) -> Why:
    """Why nobody was found: the first must that nobody on another side meets."""
    left: Grid = musts.sides_differ[at]
    if not left.any():
        return Why.NOBODY
    steps = (
        (musts.speak, Why.LANGUAGE),
        (musts.can_meet, Why.FORMAT),
        (musts.have_time, Why.HOURS),
        (musts.are_new, Why.MET),
    )
    for must, why in steps:
        left = left & must[at]
        if not left.any():
            return why
    return Why.LINE if musts.hold[at].any() else Why.NOBODY
