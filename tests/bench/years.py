"""Ten rounds of a network that lives: newcomers, drop-outs, and people who don't show up.

Every method gets the same people, and who would show up, leave or come back in a round is drawn
before anybody is matched, so that all of them live in the same world.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from bot.domain.matching import Candidate, match
from tests.bench import rivals
from tests.bench.crowd import crowd
from tests.bench.rivals import RULES, Found, Table

ROUNDS, WORLDS = 10, (11, 12, 13, 14, 15)
LONG = 5
"""So many rounds are a long wait."""

LARGER, RATIO = 900, 1 / 3
NEWCOMERS = 0.25
"""How many join before each further round, of the number there is at first."""

GIVES_UP, STAYS_AWAY, STAYS_AWAY_FOR_GOOD, WANTS_ANOTHER = 0.08, 0.1, 0.5, 0.5

PairIds = Set[frozenset[int]]
Method = Callable[[Table, PairIds, int], Found]


def engine(of: Table, met: PairIds, seed: int) -> Found:
    """The round of the bot."""
    line = [(of.one, of.other)[side][at] for side, at in of.line]
    place = {each.id: at for each, (_, at) in zip(line, of.line, strict=True)}
    pairs = match(line, met, rules=RULES, seed=seed).pairs
    return [(place[each.one], place[each.other]) for each in pairs]


METHODS: dict[str, Method] = {
    "engine": engine,
    "FIFO": lambda of, _met, _seed: rivals.fifo(of),
    "random": lambda of, _met, seed: rivals.at_random(of, seed),
    "greedy": lambda of, _met, _seed: rivals.greedy(of),
}


@dataclass
class Years:
    """What became of everybody.

    A wait is the number of rounds in which somebody who could have met somebody there got no
    partner, from joining the line to a partner, leaving or the end.
    """

    partners: int = 0
    different: set[int] = field(default_factory=set)
    pairs: int = 0
    points: int = 0
    waits: list[int] = field(default_factory=list)

    def row(self) -> dict[str, float]:
        """The figures, by name."""
        return {
            "people matched": self.partners,
            "different people": len(self.different),
            "mean score": self.points / max(self.pairs, 1) / 1000,
            "longest wait": max(self.waits),
            "95% wait up to": float(np.percentile(self.waits, 95, method="higher")),
            f"waited {LONG} or more": sum(each >= LONG for each in self.waits),
        }


@dataclass
class Network:
    """Who waits, in the order in which they joined the line; who met; how long each was passed."""

    waiting: list[Candidate]
    met: set[frozenset[int]] = field(default_factory=set)
    passed: Counter[int] = field(default_factory=Counter)


def lived(method: Method) -> dict[str, float]:
    """The figures of all rounds with one method, on the average of several worlds."""
    rows = [_lived(method, world).row() for world in WORLDS]
    return {name: statistics.mean(row[name] for row in rows) for name in rows[0]}


def _lived(method: Method, world: int) -> Years:
    coming = round((1 + RATIO) * LARGER * NEWCOMERS)
    at_first = round((1 + RATIO) * LARGER)
    pool = [
        replace(each, waited=0, first=False)
        for each in crowd(round(LARGER * (1 + NEWCOMERS * ROUNDS)), seed=world, ratio=RATIO)
    ]
    network, years = Network(pool[:at_first]), Years()
    for number in range(ROUNDS):
        luck = np.random.default_rng((world, number)).random((3, len(pool) + 1))
        _round(network, years, method, number, luck)
        joined = at_first + number * coming
        network.waiting += pool[joined : joined + coming]
    years.waits += [network.passed[each.id] for each in network.waiting]
    return years


def _round(
    network: Network, years: Years, method: Method, number: int, luck: npt.NDArray[np.float64]
) -> None:
    of = rivals.table(network.waiting, network.met)
    found = method(of, network.met, number)
    worth = rivals.worth(of, found)
    years.partners += worth.people
    years.pairs += worth.pairs
    years.points += worth.points
    partners: dict[int, list[int]] = {}
    for row, column in found:
        a, b = of.one[row].id, of.other[column].id
        partners.setdefault(a, []).append(b)
        partners.setdefault(b, []).append(a)
        network.met.add(frozenset((a, b)))
    years.different |= partners.keys()
    hopeful = _hopeful(of)
    stay: list[Candidate] = []
    back: list[Candidate] = []
    for each in network.waiting:
        if each.id not in partners:
            network.passed[each.id] += each.id in hopeful
            if luck[0, each.id] >= GIVES_UP:
                stay.append(replace(each, waited=each.waited + 1))
                continue
        elif again := _after(each, partners[each.id], luck):
            back.append(again)
        years.waits.append(network.passed.pop(each.id, 0))
    network.waiting = stay + back


def _hopeful(of: Table) -> set[int]:
    """Those who could meet somebody there."""
    one = [of.one[at].id for at in np.flatnonzero(of.allowed.any(axis=1)).tolist()]
    return {*one, *(of.other[at].id for at in np.flatnonzero(of.allowed.any(axis=0)).tolist())}


def _after(
    who: Candidate, partners: Sequence[int], luck: npt.NDArray[np.float64]
) -> Candidate | None:
    """Somebody who had partners, if they go back to the line."""
    _, shows, wants = luck
    if shows[who.id] < STAYS_AWAY:
        return None if wants[who.id] < STAYS_AWAY_FOR_GOOD else replace(who, waited=0, first=False)
    if all(shows[each] < STAYS_AWAY for each in partners):
        return replace(who, waited=0, first=True)
    return replace(who, waited=0, first=False) if wants[who.id] < WANTS_ANOTHER else None
