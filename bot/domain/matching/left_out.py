"""Why somebody is left out, and what would help: true of everybody in the round."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.domain.matching.crowd import Crowd, PairIds
from bot.domain.matching.features import Bools, Floats, Ints
from bot.domain.matching.kinds import Kinship
from bot.domain.matching.look import many
from bot.domain.matching.types import Candidate, Help, Why

AT_ONCE, HELPED = 100, 1_000
"""Of those who could be paired with nobody, so many are looked at together; and so many are told
what would help, from the head of the line on: for each, everybody is looked at once more."""


def explained(people: Crowd, left: Ints, met: PairIds) -> list[tuple[Why, Help | None]]:
    """For each of those left out, by their places in line: why, and what would help."""
    kinship = Kinship.of(people.scale)
    partners = many(people.grid(left, np.arange(len(people.who))).bare())
    told: list[tuple[Why, Help | None]] = [(Why.LINE, None)] * len(left)
    lonely = np.flatnonzero(partners == 0)
    hours, weight = people.face.hours, people.scale.hours_weight
    for start in range(0, len(lonely), AT_ONCE):
        some = lonely[start : start + AT_ONCE]
        common = (hours[left[some]] * weight) @ hours.T
        for at, own in zip(some.tolist(), common, strict=True):
            one = _Lonely(people, kinship, int(left[at]), met, own)
            told[at] = (one.why, one.help() if start < HELPED else None)
    return told


@dataclass(frozen=True)
class _Lonely:
    """Somebody who could be paired with nobody, at a place in line, against everybody (n).

    `common` (n) are the hours they have in common.
    """

    people: Crowd
    kinship: Kinship
    at: int
    met: PairIds
    common: Floats

    @property
    def one(self) -> Candidate:
        return self.people.who[self.at]

    @cached_property
    def others(self) -> Bools:
        return np.asarray(self.people.side != self.people.side[self.at])

    @cached_property
    def speak(self) -> Bools:
        return self._by_kind(self.kinship.speak(*self._kinds) > 0)

    @cached_property
    def can_meet(self) -> Bools:
        return self._by_kind(self.kinship.can_meet(*self._kinds))

    @cached_property
    def fit(self) -> Bools:
        alike = self._by_kind(self.kinship.answer_alike(*self._kinds))
        if not self.people.scale.rules.fit:
            return alike
        face = self.people.face
        meets = face.needs @ face.offers[self.at] + face.offers @ face.needs[self.at]
        return np.asarray(alike & (meets >= 1))

    @cached_property
    def have_time(self) -> Bools:
        return np.asarray(self.common >= self.people.scale.rules.least_hours)

    @cached_property
    def banned(self) -> Bools:
        banned = self.people.banned
        found = np.zeros(len(self.people.who), np.bool_)
        found[banned[banned[:, 0] == self.at, 1]] = True
        found[banned[banned[:, 1] == self.at, 0]] = True
        return found

    @property
    def _kinds(self) -> tuple[Ints, Ints]:
        kind = self.people.face.kind[self.at]
        return np.full(1, kind), np.arange(len(self.people.scale.kinds))

    def _by_kind(self, allowed: Bools) -> Bools:
        return allowed[self.people.face.kind]

    def _with_hours(self, each: list[frozenset[int]]) -> Bools:
        """Who (n) would have time for somebody with these hours, for each such set (n, sets)."""
        scale, hours = self.people.scale, self.people.face.hours
        wanted = np.zeros((hours.shape[1], len(each)), np.float32)
        for column, own in enumerate(each):
            np.add.at(wanted[:, column], scale.column_of_hour[list(own)], 1)
        common: Floats = hours @ wanted
        return np.asarray(common >= scale.rules.least_hours)

    @cached_property
    def why(self) -> Why:
        """The first must that nobody on another side meets."""
        left = self.others
        if not left.any():
            return Why.NOBODY
        steps = (
            (Why.LANGUAGE, self.speak),
            (Why.FORMAT, self.can_meet),
            (Why.ANSWERS, self.fit),
            (Why.HOURS, self.have_time),
        )
        for why, must in steps:
            left = left & must
            if not left.any():
                return why
        ids = (self.people.who[at].id for at in np.flatnonzero(left).tolist())
        new = any(frozenset((self.one.id, each)) not in self.met for each in ids)
        return Why.NOBODY if new else Why.MET

    def help(self) -> Help | None:
        """The one change that would open the most partners, None if none would."""
        ways = {Why.LANGUAGE: self._languages, Why.FORMAT: self._online, Why.HOURS: self._hours}
        found = ways[self.why]() if self.why in ways else {}
        what, partners = max(found.items(), key=lambda each: (each[1], each[0]), default=("", 0))
        return Help(self.why, what, partners) if partners else None

    def _languages(self) -> dict[str, int]:
        """How many partners each language would open."""
        fitting = self.others & self.can_meet & self.fit & self.have_time & ~self.banned
        kinds = self.people.face.kind[fitting]
        speak = (self.kinship.levels > 0)[kinds].sum(axis=0)
        return dict(zip(self.kinship.languages, speak.tolist(), strict=True))

    def _online(self) -> dict[str, int]:
        fitting = self.others & self.speak & self.fit & self.have_time & ~self.banned
        online = self._by_kind(self.kinship.online)
        return {} if "online" in self.one.formats else {"online": int((fitting & online).sum())}

    def _hours(self) -> dict[str, int]:
        """How many partners each further time would open."""
        fitting = self.others & self.speak & self.can_meet & self.fit & ~self.banned
        names = sorted(self.one.spare)
        free = self._with_hours([self.one.hours | self.one.spare[name] for name in names])
        return dict(zip(names, free[fitting].sum(axis=0).tolist(), strict=True))
