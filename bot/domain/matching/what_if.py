"""What would give more people a partner: a time or a language more, or more people on a side.

Each change is tried: the best round with it is counted against the best round without it, so none
of those who have a partner now is ever lost to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np

from bot.domain.matching.checks import checked
from bot.domain.matching.crowd import Crowd, PairIds, crowd, in_line
from bot.domain.matching.features import Ints
from bot.domain.matching.look import many
from bot.domain.matching.many_sides import ALL_PAIRS
from bot.domain.matching.rules import WEIGHTS, Rules
from bot.domain.matching.served import Served, served, wanting
from bot.domain.matching.types import Candidate

TRY_ALL, TRY_SOME = ALL_PAIRS, 10_000
SOME = 3
"""In a round of so many people everything is tried; in one of so many the SOME most promising
times and languages; in a larger one the most promising of each kind."""

SAMPLE_LEFT, SAMPLE_OPEN = 250, 750
"""So many of those left out, and of those they could be paired with, show what is promising."""

MORE_PEOPLE = (1, 5, 10)
WELL = 2
"""How well a further language would be spoken, unless the rules ask for more."""

TOLD, TOLD_OF_A_KIND = 5, 2
"""So many changes are told: of each kind too, as else all might be languages."""


class GainKind(StrEnum):
    """What there would have to be more of."""

    HOURS = "hours"
    LANGUAGE = "language"
    PEOPLE = "people"


NAMED = (GainKind.HOURS, GainKind.LANGUAGE)


@dataclass(frozen=True, slots=True)
class Gain:
    """What a change would bring: `people` more, of those who wait, would have a partner.

    HOURS: if the `asked` people left out who have `what` in `spare` had time then. LANGUAGE: if
    the `asked` people left out who don't speak `what` did, well. PEOPLE: if `asked` more people
    (`what` as text) like those there joined `side`, the smallest.
    """

    kind: GainKind
    what: str
    asked: int
    people: int
    side: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The gain as it is stored."""
        return {**asdict(self), "kind": self.kind.value}


def what_if(
    candidates: Sequence[Candidate],
    met: PairIds = frozenset(),
    forbidden: PairIds = frozenset(),
    rules: Rules | None = None,
    seed: int = 0,
) -> list[Gain]:
    """The changes that would give the most people a partner, the best first, at most TOLD.

    Takes what `match` takes and looks at the same round. With more than two sides and more than
    ALL_PAIRS people those are counted whom the split graph of `many_sides` serves: now and then
    that is one or two more than pairs can. The same `seed` gives the same; it draws the people who
    would join, and in large rounds what is tried. Raises BadInput.
    """
    musts = _musts((rules or Rules()).checked())
    who = in_line(checked(candidates))
    if len({each.side for each in who}) < 2:
        return []
    now = _now(who, met | forbidden, musts, seed)
    found = [_with(now, kind, what) for kind in NAMED for what in _tried(now, kind)]
    found += [_joined(now, *each) for each in _more_people(now)]
    return _best(found)


def _best(found: Sequence[Gain]) -> list[Gain]:
    """The best of each kind, the best first; of the equally good what asks the fewest people."""
    told: Counter[GainKind] = Counter()
    best = []
    for each in sorted(found, key=lambda each: (-each.people, each.asked, each.kind, each.what)):
        if each.people > 0 and told[each.kind] < TOLD_OF_A_KIND:
            told[each.kind] += 1
            best.append(each)
    return best[:TOLD]


def _musts(rules: Rules) -> Rules:
    """The rules without their weights: fewer people are then different to each other."""
    return Rules.of({**rules.as_json(), **dict.fromkeys(WEIGHTS, 0), "alike": {}, "mixed": {}})


@dataclass(frozen=True, slots=True)
class _Now:
    """A round without any change; `who` in the order of the line."""

    who: Sequence[Candidate]
    banned: PairIds
    rules: Rules
    seed: int
    people: Crowd
    best: Served

    @property
    def left(self) -> Ints:
        """The places of those left out."""
        return np.flatnonzero(~self.best.people)

    def asked(self, kind: GainKind, what: str) -> list[Candidate]:
        """Those left out for whom the change is one."""
        left = [self.who[at] for at in self.left.tolist()]
        if kind is GainKind.HOURS:
            return [each for each in left if what in each.spare]
        least = self.rules.least_level
        return [each for each in left if each.languages.get(what, 0) < least]

    def changed(self, places: Ints, kind: GainKind, what: str) -> list[Candidate]:
        """Some people, as they would be with the change."""
        asked = {each.id: self._with(each, kind, what) for each in self.asked(kind, what)}
        some = (self.who[at] for at in places.tolist())
        return [asked.get(each.id, each) for each in some]

    def _with(self, one: Candidate, kind: GainKind, what: str) -> Candidate:
        if kind is GainKind.HOURS:
            return replace(one, hours=one.hours | one.spare[what])
        level = max(WELL, self.rules.least_level)
        return replace(one, languages={**one.languages, what: level})


def _now(who: Sequence[Candidate], banned: PairIds, rules: Rules, seed: int) -> _Now:
    people = crowd(who, (banned,), rules)
    best = served(people, np.arange(len(who), 0, -1), seed)
    return _Now(who, banned, rules, seed, people, best)


def _gain(now: _Now, who: Sequence[Candidate]) -> int:
    """How many more of those who wait have a partner in the best round of these people."""
    people = crowd(who, (now.banned,), now.rules)
    real = np.arange(len(who)) < len(now.who)
    best = served(people, real.astype(np.int64), now.seed, now.best.edges)
    return int(best.people[real].sum() - now.best.people.sum())


def _with(now: _Now, kind: GainKind, what: str) -> Gain:
    asked = len(now.asked(kind, what))
    everyone = np.arange(len(now.who))
    return Gain(kind, what, asked, _gain(now, now.changed(everyone, kind, what)))


def _tried(now: _Now, kind: GainKind) -> list[str]:
    """The times, or languages, that are tried."""
    if kind is GainKind.HOURS:
        names = {name for at in now.left.tolist() for name in now.who[at].spare}
    else:
        names = {name for one in now.who for name in one.languages}
    found = sorted(name for name in names if now.asked(kind, name))
    if len(now.who) <= TRY_ALL:
        return found
    return _promising(now, kind, found, SOME if len(now.who) <= TRY_SOME else 1)


def _promising(now: _Now, kind: GainKind, names: Iterable[str], most: int) -> list[str]:
    """Those that would give a partner, at nobody's cost, to the most people of a sample."""
    draw = np.random.default_rng((now.seed, len(now.who)))
    left = _some(now.left, SAMPLE_LEFT, draw)
    open_ = _some(np.flatnonzero(wanting(now.people, now.best)), SAMPLE_OPEN, draw)
    places = np.union1d(left, open_)
    ids = {now.who[at].id for at in places.tolist()}
    banned = {pair for pair in now.banned if pair <= ids}
    rows, columns = np.searchsorted(places, left), np.searchsorted(places, open_)

    def helped(name: str) -> int:
        people = crowd(now.changed(places, kind, name), (banned,), now.rules)
        return int(np.count_nonzero(many(people.grid(rows, columns))))

    return sorted(names, key=lambda name: (-helped(name), name))[:most]


def _some(places: Ints, most: int, draw: np.random.Generator) -> Ints:
    return np.sort(draw.permutation(places)[:most])


def _more_people(now: _Now) -> list[tuple[int, list[Candidate]]]:
    """The smallest side, and who may join it: fewer, and then more, of the same people."""
    sides = Counter(each.side for each in now.who)
    side = min(sides, key=lambda each: (sides[each], each))
    counts = [n for n in MORE_PEOPLE if n <= max(sides.values()) - sides[side]]
    if len(now.who) > TRY_SOME:
        counts = counts[-1:]
    there = [each for each in now.who if each.side == side]
    draw = np.random.default_rng((now.seed, side % 2**32, len(there)))
    like = draw.integers(len(there), size=max(MORE_PEOPLE)).tolist()
    free = max(each.id for each in now.who) + 1
    clones = [replace(there[at], id=free + number) for number, at in enumerate(like)]
    return [(side, clones[:count]) for count in counts]


def _joined(now: _Now, side: int, clones: Sequence[Candidate]) -> Gain:
    gain = _gain(now, [*now.who, *clones])
    return Gain(GainKind.PEOPLE, str(len(clones)), len(clones), gain, side)
