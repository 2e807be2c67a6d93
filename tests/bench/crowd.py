"""People as a network has them: a few with time for anything, many with hardly any.

Fixed for a seed. Most speak their side's language, some a bridge language, a few a scarce one, a
minority nothing else. Evenings and weekends are popular, most tick one to three parts of the week.
Interests and places follow Zipf; some tick everything, and some things nearly everybody ticks.
Opinions follow a view, and views differ by side.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from bot.domain.interests import INTERESTS
from bot.domain.matching import Candidate, Rules, week_hours
from bot.domain.matching.pair import may_meet
from bot.domain.people import DAY_PARTS

T = TypeVar("T")
Rows: TypeAlias = npt.NDArray[np.int8]
Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Draw: TypeAlias = np.random.Generator

MONDAY = datetime(2026, 6, 1, tzinfo=UTC)
ZONES = ("Europe/London", "Asia/Amman", "Africa/Lagos", "Asia/Dhaka")
FAR_ZONE, FAR = "America/Toronto", 0.08
"""Where some of every side live, and how many."""

MAIN, BRIDGE, SCARCE = ("el", "tr", "ar", "he"), "en", ("fr", "ru", "am", "ku", "sw")
CODES = (*MAIN, BRIDGE, *SCARCE)
BRIDGED, ACROSS, MINORITY = 0.68, 0.1, 0.03
SCARCE_SPOKEN = (0.04, 0.03, 0.015, 0.01, 0.005)
LEVELS = (0.3, 0.45, 0.25)

SLOTS = tuple(f"{day}-{part}" for day in range(7) for part in DAY_PARTS)
POPULAR = np.array([0.25, 0.5, 2.0] * 5 + [0.9, 1.3, 1.6] * 2)
TICKED = np.array([0.14, 0.24, 0.24, 0.14, 0.1, 0.05])
"""How many tick one part of the week, two, and so on; the rest have one of the HABITS."""
HABITS = (
    tuple(slot for slot in SLOTS if slot.endswith("evening")),
    tuple(slot for slot in SLOTS if slot[0] in "56"),
    tuple(slot for slot in SLOTS if slot[0] in "01234" and not slot.endswith("evening")),
    tuple(slot for slot in SLOTS if slot.endswith("evening") or slot[0] in "56"),
    SLOTS,
)

PLACES = tuple(f"Town {number}" for number in range(1, 31))
FORMATS = (frozenset({"online"}), frozenset({"in_person"}), frozenset({"online", "in_person"}))
FORMATS_ARE = (0.62, 0.13, 0.25)
LIKED = (*INTERESTS, *(f"own word {number}" for number in range(1, 15)))
LIKED_BY_ALL, TICK_EVERYTHING = (0.85, 0.6), 0.015

STATEMENTS = tuple(f"s{number}" for number in range(1, 6))
LOADINGS = np.array([1.2, 1.0, 0.8, 0.5, 0.2])
LEFT_OPEN, NO_OPINION = 0.12, 9
CAPACITY = (0.75, 0.2, 0.05)
STILL_WAITS, FOLLOWED_UP = 0.35, 0.03


def crowd(count: int, seed: int = 3, ratio: float = 1.0, sides: int = 2) -> list[Candidate]:
    """`count` people of side 0 and `ratio` times as many of each other, in no order of sides.

    Where they are fewer (`ratio` < 1), some of them take two or three partners. `sides` is 2 to 4.
    """
    draw = np.random.default_rng(seed)
    sizes = [count, *[round(count * ratio)] * (sides - 1)]
    side = draw.permutation(np.repeat(np.arange(sides), sizes))
    people = len(side)
    languages = _shared(_levels(draw, side, sides), _spoken)
    hours = _hours(draw, side)
    interests = _shared(_likes(draw, people), lambda row: frozenset(_named(LIKED, row)))
    opinions = _shared(_opinions(draw, side, sides), _told)
    formats = draw.choice(len(FORMATS), people, p=FORMATS_ARE)
    place = draw.choice(len(PLACES), people, p=_zipf(len(PLACES), 1.1))
    capacity = np.where(side > 0, 1 + draw.choice(len(CAPACITY), people, p=CAPACITY), 1)
    waited = draw.geometric(1 - STILL_WAITS, people) - 1
    first = draw.random(people) < FOLLOWED_UP
    return [
        Candidate(
            id=at + 1,
            side=int(side[at]),
            languages=languages[at],
            hours=hours[at],
            formats=FORMATS[formats[at]],
            place=PLACES[place[at]] if "in_person" in FORMATS[formats[at]] else "",
            interests=interests[at],
            opinions=opinions[at],
            capacity=int(capacity[at]) if ratio < 1 else 1,
            waited=int(waited[at]),
            first=bool(first[at]),
        )
        for at in range(people)
    ]


def density(people: Sequence[Candidate], rules: Rules, sample: int = 20_000) -> float:
    """The share of pairs of side 0 and another that may meet, of a sample."""
    draw = random.Random(1)
    one = [each for each in people if each.side == 0]
    other = [each for each in people if each.side > 0]
    met = sum(may_meet(draw.choice(one), draw.choice(other), rules) for _ in range(sample))
    return met / sample


def _shared(rows: Rows, made: Callable[[Rows], T]) -> list[T]:
    """What is made of each row; equal rows share it."""
    distinct, which = np.unique(rows, axis=0, return_inverse=True)
    things = [made(row) for row in distinct]
    return [things[at] for at in which.ravel()]


def _named(names: Sequence[str], row: Rows) -> list[str]:
    return [names[at] for at in np.flatnonzero(row).tolist()]


def _zipf(count: int, power: float) -> Floats:
    weight = 1 / np.arange(1, count + 1) ** power
    return np.asarray(weight / weight.sum(), np.float64)


def _most(draw: Draw, weight: Floats, how_many: Ints) -> Bools:
    """For each, so many different things, the heavier the likelier; a row each."""
    keys = np.log(weight) + draw.gumbel(size=(len(how_many), len(weight)))
    return np.asarray((-keys).argsort(axis=1).argsort(axis=1) < how_many[:, None], np.bool_)


def _levels(draw: Draw, side: Ints, sides: int) -> Rows:
    """The level of each person (row) in each of CODES, 0 where they don't speak it."""
    people = len(side)
    spoken = np.zeros((people, len(CODES)))
    spoken[:, :sides] = ACROSS
    spoken[:, len(MAIN)] = BRIDGED
    spoken[:, len(MAIN) + 1 :] = SCARCE_SPOKEN
    levels = 1 + draw.choice(len(LEVELS), spoken.shape, p=LEVELS)
    levels *= draw.random(spoken.shape) < spoken
    levels[np.arange(people), side] = 3
    alone = np.flatnonzero(draw.random(people) < MINORITY)
    levels[alone] = 0
    common = np.array(SCARCE_SPOKEN) / sum(SCARCE_SPOKEN)
    levels[alone, len(MAIN) + 1 + draw.choice(len(SCARCE), len(alone), p=common)] = 3
    return levels.astype(np.int8)


def _spoken(row: Rows) -> Mapping[str, int]:
    return {CODES[at]: int(row[at]) for at in np.flatnonzero(row).tolist()}


def _hours(draw: Draw, side: Ints) -> list[frozenset[int]]:
    """When each has time, in UTC; the last column of a row names the zone."""
    people = len(side)
    rest = np.append(TICKED, 1 - TICKED.sum())
    how_many = 1 + draw.choice(len(rest), people, p=rest)
    rows = np.zeros((people, len(SLOTS) + 1), np.int8)
    rows[:, :-1] = _most(draw, POPULAR, how_many)
    habits = np.array([[slot in habit for slot in SLOTS] for habit in HABITS], np.int8)
    often = np.flatnonzero(how_many > len(TICKED))
    rows[often, :-1] = habits[draw.integers(len(HABITS), size=len(often))]
    rows[:, -1] = np.where(draw.random(people) < FAR, len(ZONES), side)
    return _shared(rows, lambda row: frozenset().union(*_slots(row)))


def _slots(row: Rows) -> list[frozenset[int]]:
    zone = (*ZONES, FAR_ZONE)[row[-1]]
    return [_week(slot, zone) for slot in _named(SLOTS, row[:-1])]


@cache
def _week(slot: str, zone: str) -> frozenset[int]:
    return week_hours([slot], zone, MONDAY)


def _likes(draw: Draw, people: int) -> Rows:
    """What each likes: nothing to six things, and what nearly everybody does; a few like it all."""
    weight = _zipf(len(LIKED), 0.9)
    likes = _most(draw, weight, draw.integers(0, 6, people))
    for at, share in enumerate(LIKED_BY_ALL):
        likes[:, at] |= draw.random(people) < share
    likes[draw.random(people) < TICK_EVERYTHING, : len(INTERESTS)] = True
    return likes.astype(np.int8)


def _opinions(draw: Draw, side: Ints, sides: int) -> Rows:
    """What each thinks of each of STATEMENTS, NO_OPINION where they left it open."""
    view = draw.normal(size=len(side)) + 1.4 * (side / (sides - 1) - 0.5)
    shape = (len(side), len(STATEMENTS))
    told = np.clip(np.rint(view[:, None] * LOADINGS + draw.normal(scale=0.8, size=shape)), -2, 2)
    return np.where(draw.random(shape) < LEFT_OPEN, NO_OPINION, told).astype(np.int8)


def _told(row: Rows) -> Mapping[str, int]:
    return {STATEMENTS[at]: int(row[at]) for at in np.flatnonzero(row != NO_OPINION).tolist()}
