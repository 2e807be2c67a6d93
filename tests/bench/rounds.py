"""What a round of the matching takes and is worth, beside linear_sum_assignment and other bots.

`python -m tests.bench.rounds` prints these tables alone. Each measurement is a process of its own.
"""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.shown import compared, told

TIMES = 3
EVEN, UNEVEN = 1.0, 1 / 3
RATIOS = {EVEN: "", UNEVEN: ", three to one"}
COMPARED, THREE_SIDES = 2_000, 1_000


@dataclass(frozen=True)
class Goal:
    """What a round of so many a side may take: seconds, or that of linear_sum_assignment."""

    count: int
    gap: float
    times: int = 0
    seconds: int = 0
    gigabytes: int = 0


SMALL, MIDDLE = Goal(2_000, 0, times=1), Goal(5_000, 0.001, times=5)
LARGE = Goal(20_000, 0.001, seconds=60, gigabytes=2)
LARGEST = Goal(100_000, 0.01, seconds=1200, gigabytes=4)


def measured(kind: str, *given: float) -> Any:
    """What one measurement tells."""
    command = [sys.executable, "-m", "tests.bench.measure", kind, *map(str, given)]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def median(runs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The median of each figure."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def round_of(goal: Goal, ratio: float) -> float:
    """The lines of a round against its goal; how many seconds it took."""
    runs: dict[str, list[Mapping[str, float]]] = {"ours": [], "theirs": [], "easier": []}
    for _ in range(TIMES if goal.times else 1):
        runs["ours"].append(measured("match", goal.count, ratio, 2))
        if goal.times:
            runs["theirs"].append(measured("dense", goal.count, ratio, 1))
            runs["easier"].append(measured("dense", goal.count, ratio, 0))
    ours = median(runs["ours"])
    what, seconds = f"A round of {goal.count:,} a side{RATIOS[ratio]}", ours["seconds"]
    limit = f"<= {goal.seconds:,} s" if goal.seconds else ""
    told(what, f"{seconds:.2f} s", limit, met=seconds <= goal.seconds if limit else None)
    if goal.times:
        _beside(ours, median(runs["theirs"]), median(runs["easier"]), goal)
    _proven(ours, goal.gap)
    peak, limit = ours["gigabytes"], f"<= {goal.gigabytes} GB" if goal.gigabytes else ""
    told("  peak memory", f"{peak:.2f} GB", limit, met=peak <= goal.gigabytes if limit else None)
    return seconds


def _beside(
    ours: Mapping[str, float],
    theirs: Mapping[str, float],
    easier: Mapping[str, float],
    goal: Goal,
) -> None:
    """Ours, from people to reasons, against their solving of a matrix that is there."""
    faster = theirs["solving"] / ours["seconds"]
    goal_of = f">= {goal.times:.2f} x"
    same = all(ours[each] == theirs[each] for each in ("people", "score"))
    told("  linear_sum_assignment, solving alone", f"{theirs['solving']:.2f} s", "", met=None)
    told("    building its matrix", f"{theirs['building']:.2f} s", "", met=None)
    told("    solving without a line to keep to", f"{easier['solving']:.2f} s", "", met=None)
    told("  ours against its solving alone", f"{faster:.2f} x", goal_of, met=faster >= goal.times)
    if goal.gap == 0:
        told("  people and total score", f"{ours['score']:,.0f}", "the same", met=same)
    else:
        share = ours["score"] / theirs["score"]
        told("  total score against its", f"{share:.4%}", "", met=None)


def _proven(ours: Mapping[str, float], goal: float) -> None:
    people, most = ours["people"], ours["most_people"]
    told("  people with a partner", f"{people:,.0f}", f"at most {most:,.0f}", met=None)
    told("  pairs that may meet, of all", f"{ours['density']:.1%}", "", met=None)
    limit = f"<= {goal:.1%}" if goal else "0"
    told("  proven gap", f"{ours['gap']:.4%}", limit, met=ours["gap"] <= goal)


def growth(small: float, large: float) -> None:
    """How time grows from MIDDLE to LARGE."""
    exponent = math.log(large / small) / math.log(LARGE.count / MIDDLE.count)
    what = f"Growth from {MIDDLE.count:,} to {LARGE.count:,} a side, exponent"
    told(what, f"{exponent:.2f}", "", met=None)


def three_sides() -> None:
    """A round of people who may meet anybody of two other sides."""
    ours = measured("match", THREE_SIDES, EVEN, 3)
    told(f"A round of 3 sides, {THREE_SIDES:,} each", f"{ours['seconds']:.2f} s", "", met=None)
    people, most = ours["people"], ours["most_people"]
    told("  people with a partner", f"{people:,.0f}", f"at most {most:,.0f}", met=None)
    told("  proven gap", f"{ours['gap']:.4%}", "", met=None)
    told("  peak memory", f"{ours['gigabytes']:.2f} GB", "", met=None)


def others() -> None:
    """The engine beside other bots, in one round and in ten."""
    for ratio, how in RATIOS.items():
        _methods(f"One round, {COMPARED:,} a side{how}", measured("others", COMPARED, ratio))
    _methods("Ten rounds of a network with newcomers, drop-outs and no-shows", measured("years"))


def _methods(title: str, found: Mapping[str, Mapping[str, float]]) -> None:
    columns = list(next(iter(found.values())))
    rows = [[name, *map(_short, row.values())] for name, row in found.items()]
    compared(title, columns, rows)


def _short(figure: float) -> str:
    return f"{figure:,.1f}" if figure < 100 else f"{figure:,.0f}"


def shown() -> None:
    """All of it, the longest last."""
    for ratio in RATIOS:
        round_of(SMALL, ratio)
    for ratio in RATIOS:
        growth(round_of(MIDDLE, ratio), round_of(LARGE, ratio))
    three_sides()
    others()
    for ratio in RATIOS:
        round_of(LARGEST, ratio)


if __name__ == "__main__":
    shown()
