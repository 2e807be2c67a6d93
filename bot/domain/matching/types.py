"""What goes into a round and what comes out of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

HOURS_A_WEEK = 168


class BadInput(ValueError):
    """A round cannot be matched as given; `field` names what is wrong."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who waits, as the matching sees them.

    `hours` are whole hours of the week in UTC, 0 (Monday 0:00) to 167. `waited` counts rounds;
    `first` goes before any of them. The order of candidates is the order of their waiting.
    """

    id: int
    side: int
    languages: frozenset[str]
    hours: frozenset[int]
    formats: frozenset[str]
    place: str = ""
    interests: frozenset[str] = frozenset()
    opinions: Mapping[str, int] = field(default_factory=dict)
    waited: int = 0
    first: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What an exchange asks of a pair: hours in common, and the weight of each term of the score.

    Each term is between 0 and 1, so weights compare as they stand.
    """

    least_hours: int = 2
    interests: float = 40
    opinions: float = 40
    hours: float = 20

    def checked(self) -> Rules:
        """The rules themselves; raises BadInput where they mean nothing."""
        if not 1 <= self.least_hours <= HOURS_A_WEEK:
            raise BadInput("least_hours", f"{self.least_hours} is not 1 to {HOURS_A_WEEK}")
        for name in ("interests", "opinions", "hours"):
            weight = getattr(self, name)
            if not math.isfinite(weight) or weight < 0:
                raise BadInput(name, f"{weight} is not a weight")
        return self


@dataclass(frozen=True, slots=True)
class Reasons:
    """What two share. `score` is 0 to 1000; `differ` counts statements they see differently."""

    languages: tuple[str, ...]
    interests: tuple[str, ...]
    formats: tuple[str, ...]
    hours: int
    differ: int
    score: int

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
        )


class Why(StrEnum):
    """Why somebody is left out."""

    NOBODY = "nobody"  # nobody on another side waits, or nobody who may be proposed
    LANGUAGE = "language"  # nobody there speaks a language they speak
    FORMAT = "format"  # nobody who does can meet the way they can
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
class LeftOut:
    """Somebody without a partner, why, and their place (from 1) among those left of their side."""

    id: int
    why: Why
    place: int


@dataclass(frozen=True, slots=True)
class Result:
    """A round: who meets whom, and who meets nobody this time."""

    pairs: Sequence[Pair]
    left_out: Sequence[LeftOut]
