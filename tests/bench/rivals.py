"""Other ways to match two sides: what other bots do, and the textbook's dense assignment.

They see the same people and the same musts, and score by the same rules; they are spared objects:
all musts and scores are in two tables. Whoever may take a second partner does so in all of them,
but only once nobody without one is left to choose.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from bot.domain.matching import Candidate, Rules
from bot.domain.matching.pair import ENOUGH_HOURS, FULL, POINTS, evenness, place_of

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Points: TypeAlias = npt.NDArray[np.int32]
Floats: TypeAlias = npt.NDArray[np.float32]
Found: TypeAlias = list[tuple[int, int]]
Choice: TypeAlias = Callable[[Ints], int]

RULES = Rules()
ANSWERS = (-2, -1, 0, 1, 2)


@dataclass(frozen=True)
class Table:
    """Two sides, each from the head of the line: who may meet (one, other) and for what points.

    `line` is that of both, of sides (0 for one, 1 for other) and rows or columns.
    """

    one: Sequence[Candidate]
    other: Sequence[Candidate]
    allowed: Bools
    score: Points
    line: Sequence[tuple[int, int]]

    @property
    def room(self) -> tuple[Ints, Ints]:
        """How many partners each may take."""
        one, other = ([each.capacity for each in who] for who in (self.one, self.other))
        return np.array(one, np.int64), np.array(other, np.int64)


@dataclass(frozen=True)
class Worth:
    """What a round is worth: people with a partner, pairs, and points in all."""

    people: int
    pairs: int
    points: int

    @property
    def mean(self) -> float:
        """The score of a pair on the average, 0 to 1000."""
        return self.points / max(self.pairs, 1) / 1000


def urgency(one: Candidate) -> tuple[bool, int]:
    """Smaller for those who go earlier."""
    return (not one.first, -one.waited)


def table(people: Sequence[Candidate], met: Set[frozenset[int]] = frozenset()) -> Table:
    """The tables of people on sides 0 and 1 under RULES."""
    line = sorted(people, key=urgency)
    one, other = ([each for each in line if each.side == side] for side in (0, 1))
    hours = _shared([each.hours for each in one], [each.hours for each in other])
    allowed = (
        (_shared([each.languages for each in one], [each.languages for each in other]) > 0)
        & (_shared([_ways(each) for each in one], [_ways(each) for each in other]) > 0)
        & (hours >= RULES.least_hours)
    )
    rows, columns = ({each.id: at for at, each in enumerate(who)} for who in (one, other))
    for a, b in met:
        here, there = (a, b) if a in rows else (b, a)
        if here in rows and there in columns:
            allowed[rows[here], columns[there]] = False
    places = [(0, rows[each.id]) if each.side == 0 else (1, columns[each.id]) for each in line]
    return Table(one, other, allowed, _points(one, other, hours), places)


def _points(one: Sequence[Candidate], other: Sequence[Candidate], hours: Floats) -> Points:
    shares = RULES.shares()
    even = [_column([evenness(len(each.interests)) for each in who]) for who in (one, other)]
    points = _shared([each.interests for each in one], [each.interests for each in other])
    points *= shares["interests"] * even[0][:, None]  # whole and below 2**24 at each step
    points *= even[1]
    points += shares["hours"] * (FULL // ENOUGH_HOURS) * np.minimum(hours, ENOUGH_HOURS)
    statements = sorted(set().union(*(each.opinions for each in (*one, *other))))
    per_step = shares["opinions"] * (FULL // (4 * max(len(statements), 1)))
    steps = _opinions(one, statements) @ _from_each(_opinions(other, statements)).T
    points += per_step * (steps + 2 * len(statements))
    return points.astype(np.int32)


def _column(values: Sequence[int]) -> Floats:
    return np.array(values, np.float32)


def _opinions(who: Sequence[Candidate], statements: Sequence[str]) -> Floats:
    """A row each; five columns a statement, one of which is 1 if they answered it."""
    grid = np.zeros((len(who), len(statements), len(ANSWERS)), np.float32)
    for row, each in enumerate(who):
        for column, statement in enumerate(statements):
            if statement in each.opinions:
                grid[row, column, ANSWERS.index(each.opinions[statement])] = 1
    return grid.reshape(len(who), -1)


def _from_each(told: Floats) -> Floats:
    """By column, how far from that answer theirs is, less two; 0 where they left it open."""
    answers = np.array(ANSWERS, np.float32)
    far = np.abs(answers[:, None] - answers) - 2
    grid = told.reshape(len(told), -1, len(ANSWERS)) @ far
    return np.asarray(grid.reshape(len(told), -1), np.float32)


def _ways(one: Candidate) -> set[str]:
    ways = {"online"} & one.formats
    return ways | {f"in {place_of(one)}"} if one.place and "in_person" in one.formats else ways


def _shared(
    one: Sequence[Collection[str] | Collection[int]],
    other: Sequence[Collection[str] | Collection[int]],
) -> Floats:
    """How many elements each of one side shares with each of the other."""
    place: dict[str | int, int] = {}
    for things in (*one, *other):
        for each in things:
            place.setdefault(each, len(place))
    has = []
    for side in (one, other):
        grid = np.zeros((len(side), len(place)), np.float32)
        for row, things in enumerate(side):
            grid[row, [place[each] for each in things]] = 1
        has.append(grid)
    return np.asarray(has[0] @ has[1].T, np.float32)


def worth(of: Table, found: Found) -> Worth:
    """What these pairs of rows and columns are worth."""
    people = len({a for a, _ in found}) + len({b for _, b in found})
    return Worth(people, len(found), sum(int(of.score[each]) for each in found))


def fifo(of: Table) -> Found:
    """Each in line takes the first there whom they may meet."""
    return _in_turn(of, of.line, lambda fits: int(fits[0]))


def at_random(of: Table, seed: int = 0) -> Found:
    """Each, in any order, takes anybody whom they may meet."""
    draw = np.random.default_rng(seed)
    line = [of.line[at] for at in draw.permutation(len(of.line))]
    return _in_turn(of, line, lambda fits: int(draw.choice(fits)))


def _in_turn(of: Table, line: Sequence[tuple[int, int]], choose: Choice) -> Found:
    found: Found = []
    room = of.room
    partners = tuple(np.zeros_like(each) for each in room)
    for side, at in line:
        if partners[side][at]:
            continue
        there = 1 - side
        fits = of.allowed[at] if side == 0 else of.allowed[:, at]
        for open_to in (partners[there] == 0, partners[there] < room[there]):
            if (theirs := np.flatnonzero(fits & open_to)).size:
                pick = choose(theirs)
                partners[side][at] += 1
                partners[there][pick] += 1
                found.append((at, pick) if side == 0 else (pick, at))
                break
    return found


def greedy(of: Table) -> Found:
    """The best pair there is, then the best of those who are left, and so on."""
    rows, columns = np.nonzero(of.allowed)
    order = np.argsort(-of.score[rows, columns], kind="stable")
    best = list(zip(rows[order].tolist(), columns[order].tolist(), strict=True))
    room = [each.tolist() for each in of.room]
    had = [[0] * len(each) for each in room]
    found: Found = []
    for further in (False, True):
        for a, b in best:
            alone = (not had[0][a]) + (not had[1][b])
            if alone == 2 or (
                further and alone and had[0][a] < room[0][a] and had[1][b] < room[1][b]
            ):
                had[0][a] += 1
                had[1][b] += 1
                found.append((a, b))
    return found


@dataclass(frozen=True)
class Dense:
    """The best round by linear_sum_assignment; seconds to build the matrix and to solve it."""

    worth: Worth
    found: Found
    building: float
    solving: float


def dense(people: Sequence[Candidate], *, line: bool = True) -> Dense:
    """The best round of sides 0 (one partner each) and 1: most people, the line, then the score.

    Each place in line is worth more than all scores together, and a further partner's column of
    somebody is worth no place. All numbers are whole and far below 2**53, so float64 is exact.
    Without `line` it is an easier question: most people, then the score, whoever they are.
    """
    start = time.perf_counter()
    of = table(people)
    columns = np.repeat(np.arange(len(of.other)), of.room[1])
    further = np.diff(columns, prepend=-1) == 0
    step = POINTS * min(len(of.one), len(columns)) + 1
    sizes = (len(of.one), len(of.other))
    places = [step * (np.arange(size, 0, -1) if line else np.ones(size)) for size in sizes]
    bonus = places[0][:, None] + np.where(further, 0, places[1][columns])
    worths = np.where(of.allowed[:, columns], bonus + of.score[:, columns], 0).astype(np.float64)
    built = time.perf_counter()
    at, to = linear_sum_assignment(worths, maximize=True)
    solved = time.perf_counter()
    pairs = zip(at.tolist(), columns[to].tolist(), strict=True)
    found = [pair for pair in pairs if of.allowed[pair]]
    return Dense(worth(of, found), found, built - start, solved - built)
