"""One measurement in a process of its own, printed as JSON.

`python -m tests.bench.measure match 2000 1.0 2` matches 2,000 on the larger of 2 sides.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.domain.matching import Candidate, Result, Rules, match
from bot.domain.matching.pair import may_meet, terms
from tests.bench import rivals, years
from tests.bench.crowd import crowd, density

GIGABYTE = 2**30 if sys.platform == "darwin" else 2**20
"""In the units of ru_maxrss."""


def matched(count: str, ratio: str, sides: str) -> dict[str, float]:
    """A round of the engine; its peak memory is that of the whole process, people included."""
    people = crowd(int(count), ratio=float(ratio), sides=int(sides))
    start = time.perf_counter()
    result = match(people)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _check(people, result)
    proven = result.certificate
    return {
        "seconds": seconds,
        "gigabytes": peak / GIGABYTE,
        "people": proven.people,
        "most_people": proven.most_people,
        "score": proven.score,
        "gap": max(1 - proven.share, 1 - proven.people / max(proven.most_people, 1)),
        "density": density(people, Rules()),
    }


def _check(people: Sequence[Candidate], result: Result) -> None:
    """Raises RuntimeError where a pair breaks a must or the certificate tells something else."""
    known = {each.id: each for each in people}
    statements = len(set().union(*(each.opinions for each in people)))
    pairs = {frozenset((each.one, each.other)) for each in result.pairs}
    partners = Counter(each for pair in pairs for each in pair)
    points = 0
    for one, other in (map(known.__getitem__, pair) for pair in pairs):
        points += sum(terms(one, other, Rules(), statements).values())
        if not may_meet(one, other, Rules()):
            raise RuntimeError(f"{one.id} and {other.id} may not meet")
    if any(count > known[each].capacity for each, count in partners.items()):
        raise RuntimeError("somebody has more partners than they take")
    told = (len(partners), len(pairs), points)
    if told != (result.certificate.people, len(result.pairs), result.certificate.score):
        raise RuntimeError(f"people, pairs, points: {told}, but told {result.certificate}")


def dense(count: str, ratio: str, line: str) -> dict[str, float]:
    """The same by linear_sum_assignment; where `line` is "0", an easier question."""
    found = rivals.dense(crowd(int(count), ratio=float(ratio)), line=line != "0")
    return {
        "building": found.building,
        "solving": found.solving,
        "people": found.worth.people,
        "score": found.worth.points,
    }


def others(count: str, ratio: str) -> dict[str, dict[str, float]]:
    """What each method's round is worth, the engine's first."""
    of = rivals.table(crowd(int(count), ratio=float(ratio)))
    found = {
        name: rivals.worth(of, method(of, frozenset(), 0)) for name, method in years.METHODS.items()
    }
    return {
        name: {
            "people matched": worth.people,
            "pairs": worth.pairs,
            "mean score": worth.mean,
            "total score": worth.points / 1000,
        }
        for name, worth in found.items()
    }


def lived() -> dict[str, dict[str, float]]:
    """Ten rounds by each method."""
    return {name: years.lived(method) for name, method in years.METHODS.items()}


KINDS: Mapping[str, Callable[..., Mapping[str, Any]]] = {
    "match": matched,
    "dense": dense,
    "others": others,
    "years": lived,
}

if __name__ == "__main__":
    kind, *given = sys.argv[1:]
    print(json.dumps(KINDS[kind](*given)))
