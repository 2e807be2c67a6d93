"""How good a pair is, and what to say of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.domain.matching.musts import Counts, Musts, common, ways
from bot.domain.matching.types import Candidate, Reasons

BEST = 1000
"""The score of a pair that has all there is to have."""

ENOUGH_INTERESTS, ENOUGH_HOURS, FARTHEST = 4, 8, 4
"""From so many shared interests, common hours, or points between opinions on, a term is 1."""


def scores(musts: Musts) -> npt.NDArray[np.int64]:
    """The score of each two candidates, 0 to BEST."""
    rules = musts.rules
    weights = rules.interests + rules.opinions + rules.hours
    if weights == 0:
        return np.zeros(musts.hours.shape, np.int64)
    interests = common([each.interests for each in musts.who])
    total = (
        rules.interests * np.minimum(interests / ENOUGH_INTERESTS, 1)
        + rules.opinions * _distance(musts.who)
        + rules.hours * np.minimum(musts.hours / ENOUGH_HOURS, 1)
    )
    return np.rint(total * (BEST / weights)).astype(np.int64)


def _distance(who: Sequence[Candidate]) -> Counts:
    """How far apart the opinions of each two are, 0 to 1, over the statements both answered."""
    asked = sorted({statement for each in who for statement in each.opinions})
    said = np.full((len(who), len(asked)), np.nan, np.float32)
    for row, each in enumerate(who):
        for column, statement in enumerate(asked):
            said[row, column] = each.opinions.get(statement, np.nan)
    far = np.zeros((len(who), len(who)), np.float32)
    both = np.zeros_like(far)
    for column in range(len(asked)):
        gap = np.abs(said[:, column, None] - said[None, :, column])
        both += ~np.isnan(gap)
        far += np.nan_to_num(gap)
    return np.asarray(np.minimum(far / (np.maximum(both, 1) * FARTHEST), 1), np.float32)


def reasons(one: Candidate, other: Candidate, score: int) -> Reasons:
    """What two people share, of those who may meet."""
    return Reasons(
        languages=tuple(sorted(one.languages & other.languages)),
        interests=tuple(sorted(one.interests & other.interests)),
        formats=tuple(sorted({way.partition(" ")[0] for way in ways(one) & ways(other)})),
        hours=len(one.hours & other.hours),
        differ=sum(
            _disagree(opinion, other.opinions.get(statement, 0))
            for statement, opinion in one.opinions.items()
        ),
        score=score,
    )


def _disagree(one: int, other: int) -> bool:
    return one * other < 0
