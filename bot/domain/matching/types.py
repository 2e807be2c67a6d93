"""What goes into a round and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

HOURS_A_WEEK = 168
BEST = 1000
"""The score of a pair that has all there is to have."""


class BadInput(ValueError):
    """A round cannot be matched as given; `field` names what is wrong."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who waits, as the matching sees them.

    `languages` have a level each: 1 a little, 2 well, 3 as a first language. `hours` are whole
    hours of the week in UTC, 0 (Monday 0:00) to 167; `spare` names further ones that could be asked
    of them. `answers` are choices a track asks for (question to choice); what one `offers` another
    may be in `needs` of. `capacity` is how many partners they take in a round, where one side is
    smaller. `waited` counts rounds; `first` goes before any of them. The order of candidates is the
    order of their waiting. Who is `paused` is in no pair and in no line. `leads`: would facilitate
    a circle.
    """

    id: int
    side: int
    languages: Mapping[str, int]
    hours: frozenset[int]
    formats: frozenset[str]
    place: str = ""
    interests: frozenset[str] = frozenset()
    opinions: Mapping[str, int] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    offers: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    capacity: int = 1
    waited: int = 0
    first: bool = False
    paused: bool = False
    leads: bool = False
    spare: Mapping[str, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reasons:
    """What two share. `score` is 0 to BEST; `differ` counts statements they see differently.

    `terms` has what each term of the score brought; together they are the score.
    """

    languages: tuple[str, ...]
    interests: tuple[str, ...]
    formats: tuple[str, ...]
    hours: int
    differ: int
    score: int
    terms: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The reasons as they are stored."""
        stored = {each.name: getattr(self, each.name) for each in fields(self)}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in stored.items()}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Reasons:
        """The stored reasons; what is missing is empty."""
        return cls(
            languages=tuple(stored.get("languages", ())),
            interests=tuple(stored.get("interests", ())),
            formats=tuple(stored.get("formats", ())),
            hours=int(stored.get("hours", 0)),
            differ=int(stored.get("differ", 0)),
            score=int(stored.get("score", 0)),
            terms=dict(stored.get("terms", {})),
        )


class Why(StrEnum):
    """Why somebody is left out."""

    NOBODY = "nobody"  # nobody on another side waits, or nobody who may be proposed
    LANGUAGE = "language"  # nobody there speaks a language they speak
    FORMAT = "format"  # nobody who does can meet the way they can
    ANSWERS = "answers"  # nobody who does fits in what the track demands
    HOURS = "hours"  # nobody who does has time when they have
    MET = "met"  # all who remain were proposed to them before
    LINE = "line"  # there were partners, but others came first


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who are put together; `one` has the smaller side."""

    one: int
    other: int
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class Help:
    """What would open partners to somebody left out.

    `kind` is LANGUAGE, FORMAT or HOURS; `what` a language, "online", or a name in `spare`;
    `partners` how many people of other sides they could then be proposed to.
    """

    kind: Why
    what: str
    partners: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody without a partner, why, and their place (from 1) among those left of their side."""

    id: int
    why: Why
    place: int
    help: Help | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """How near a round is to the best possible, proven.

    `people` have a partner, no round could give one to more than `most_people`; the pairs score
    `score` in all, and no round for the same people in as many pairs could score more than
    `best_score` (both in thousandths of BEST).
    """

    people: int = 0
    most_people: int = 0
    score: int = 0
    best_score: int = 0

    @property
    def share(self) -> float:
        """How much of the best possible score is reached, 0 to 1."""
        return self.score / self.best_score if self.best_score > 0 else 1.0

    def as_json(self) -> dict[str, int]:
        """The certificate as it is stored."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class Result:
    """A round: who meets whom, who meets nobody this time, and how good it is."""

    pairs: Sequence[Pair]
    left_out: Sequence[LeftOut]
    certificate: Certificate = Certificate()
