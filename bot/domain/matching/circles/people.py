"""What must hold in a circle, for people as bits.

What `pair.py` asks of two, a circle asks of all its members together: one language everybody
speaks, one way everybody can meet, the same answers where they must be the same, enough hours that
all have. All four are the same question: do these people share enough things of a kind?
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TypeAlias

from bot.domain.matching.crowd import PairIds
from bot.domain.matching.pair import fit, kilometres, place_of, spoken
from bot.domain.matching.rules import Rules
from bot.domain.matching.types import HOURS_A_WEEK, BadInput, Candidate, Why

Group: TypeAlias = int
"""People as bits: the head of the line is the lowest."""

SMALLEST, LARGEST = 2, 6


@dataclass(frozen=True, slots=True)
class Shape:
    """How circles are made: `size` people of each side, 2 to 6, one more or one less if need be.

    But never fewer than 2 of a side, and never two more of one side than of another. With `leads`
    one of each side facilitates. All have at least `least_hours` of the week in common; they stand
    in place of the rules' own, which are for two.
    """

    size: int = 3
    leads: bool = False
    least_hours: int = 2

    def checked(self) -> Shape:
        """The shape itself; raises BadInput where it means nothing."""
        if not SMALLEST <= self.size <= LARGEST:
            raise BadInput("size", f"{self.size} is not {SMALLEST} to {LARGEST}")
        if not 1 <= self.least_hours <= HOURS_A_WEEK:
            raise BadInput("least_hours", f"{self.least_hours} is not 1 to {HOURS_A_WEEK}")
        return self

    @property
    def fewest(self) -> int:
        """How many of a side there are at the least."""
        return max(SMALLEST, self.size - 1)


@dataclass(frozen=True, slots=True)
class Kind:
    """Things of which all in a circle share `need`; without, somebody is left out for `why`.

    `of` has the things of each person as bits, `has` the people who have each thing.
    """

    why: Why
    need: int
    of: Sequence[int]
    has: Sequence[Group]

    @classmethod
    def made(cls, why: Why, need: int, of_each: Sequence[Collection[Hashable]]) -> Kind:
        """From the things of each person."""
        names = sorted({thing for things in of_each for thing in things}, key=repr)
        at = {name: 1 << index for index, name in enumerate(names)}
        of = [sum(at[thing] for thing in set(things)) for things in of_each]
        has = [group_of(at for at, own in enumerate(of) if own & bit) for bit in at.values()]
        return cls(why, need, of, has)


@dataclass(frozen=True, slots=True)
class People:
    """Who may sit in circles, in the order of the line, and what keeps them from one another.

    `apart` are those whom nobody may sit with; `unfit` those of them for want of `Rules.fit`, `met`
    those of other sides whom they met before. Each has an entry a person.
    """

    who: Sequence[Candidate]
    shape: Shape
    sides: Mapping[int, Group]
    leaders: Group
    kinds: Sequence[Kind]
    unfit: Sequence[Group]
    apart: Sequence[Group]
    met: Sequence[Group]

    @property
    def everybody(self) -> Group:
        """All of them."""
        return (1 << len(self.who)) - 1

    def counts(self, group: Group) -> list[int]:
        """How many of each side there are."""
        return [(group & side).bit_count() for side in self.sides.values()]

    def even(self, group: Group) -> bool:
        """A circle may have so many of each side."""
        counts = self.counts(group)
        least, most = min(counts), max(counts)
        return self.shape.fewest <= least and most <= min(least, self.shape.size) + 1

    def led(self, group: Group) -> bool:
        """Somebody of each side would facilitate, if asked for."""
        return not self.shape.leads or 0 not in self.counts(group & self.leaders)

    def agree(self, group: Group) -> bool:
        """They share enough of each kind, and nobody is apart from another."""
        members = list(bits(group))
        return not any(self.apart[each] & group for each in members) and all(
            reduce(and_, (kind.of[each] for each in members)).bit_count() >= kind.need
            for kind in self.kinds
        )

    def may_sit(self, group: Group) -> bool:
        """All that must hold in a circle does."""
        return self.even(group) and self.led(group) and self.agree(group)


def people(
    line: Sequence[Candidate], shape: Shape, rules: Rules, met: PairIds, forbidden: PairIds
) -> People:
    """The people of a round, of whom the paused only say which sides there are."""
    who = [each for each in line if not each.paused]
    sides = {
        side: group_of(at for at, each in enumerate(who) if each.side == side)
        for side in sorted({each.side for each in line})
    }
    unfit = _unfit(who) if rules.fit else [0] * len(who)
    other = [~sides[each.side] for each in who]
    return People(
        who,
        shape,
        sides,
        group_of(at for at, each in enumerate(who) if each.leads),
        (
            Kind.made(Why.LANGUAGE, 1, [spoken(each, rules) for each in who]),
            Kind.made(Why.FORMAT, 1, ways(who, rules)),
            Kind.made(Why.ANSWERS, 1, [_answers(each, rules) for each in who]),
            Kind.made(Why.HOURS, shape.least_hours, [each.hours for each in who]),
        ),
        unfit,
        list(map(or_, unfit, _named(who, forbidden))),
        list(map(and_, other, _named(who, met))),
    )


def bits(group: Group) -> Iterator[int]:
    """Who is in a group, the head of the line first."""
    while group:
        yield (group & -group).bit_length() - 1
        group &= group - 1


def group_of(members: Iterable[int]) -> Group:
    """A group by its members, each named once."""
    return sum(1 << each for each in members)


def _unfit(who: Sequence[Candidate]) -> list[Group]:
    """For each person, those of other sides who neither need what they offer nor offer it."""
    return [
        group_of(
            at for at, other in enumerate(who) if other.side != one.side and not fit(one, other)
        )
        for one in who
    ]


def _named(who: Sequence[Candidate], pairs: PairIds) -> list[Group]:
    """For each person, those named in a pair with them; who isn't there is passed over."""
    at = {each.id: index for index, each in enumerate(who)}
    found = [0] * len(who)
    for one, other in (pair for pair in pairs if pair <= at.keys()):
        found[at[one]] |= 1 << at[other]
        found[at[other]] |= 1 << at[one]
    return found


def _answers(one: Candidate, rules: Rules) -> list[tuple[str, ...]]:
    """The answers that must be the same, as one thing; nothing where one is missing."""
    told = tuple(one.answers[each] for each in rules.same if each in one.answers)
    return [told] if len(told) == len(rules.same) else []


def ways(who: Sequence[Candidate], rules: Rules) -> list[list[str | tuple[str, ...]]]:
    """How each can meet: "online", and every group of places within reach that theirs is in."""
    places = sorted({place_of(one) for one in who if "in_person" in one.formats} - {""})
    near = {
        here: {each for each in places if kilometres(here, each, rules) <= rules.reach_km} - {here}
        for here in places
    }
    around = list(_cliques(near, (), set(places), set())) if places else []
    return [
        [each for each in ("online",) if each in one.formats]
        + [each for each in around if "in_person" in one.formats and place_of(one) in each]
        for one in who
    ]


def _cliques(
    near: Mapping[str, set[str]], group: tuple[str, ...], may: set[str], done: set[str]
) -> Iterator[tuple[str, ...]]:
    """The largest groups of places, each near all others (Bron and Kerbosch 1973, with a pivot)."""
    if not may | done:
        yield tuple(sorted(group))
        return
    pivot = max(sorted(may | done), key=lambda each: len(near[each] & may))
    for each in sorted(may - near[pivot]):
        yield from _cliques(near, (*group, each), may & near[each], done & near[each])
        may, done = may - {each}, done | {each}
