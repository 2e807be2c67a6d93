"""What an exchange has settled: its cadence, and the shape of its groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from bot.domain.matching import Rules

FORMATS = ("pair", "circle", "team", "delegation", "campaign")
"""What an exchange can look like."""

GROUPED = ("circle", "team")
"""The formats in which a round makes groups; in a delegation it makes pairs of groups."""

MATCHED = ("pair", "delegation", *GROUPED)
"""The formats that have rounds."""


@dataclass(frozen=True, slots=True)
class Settled:
    """An exchange's settings.

    Days between two rounds, people of each side in a group (2 to 6), whether one of each side leads
    it, sessions a group has, days between two sessions, and days after which a check-in asks how
    it goes (0: never).
    """

    round_days: int = 14
    size: int = 3
    leads: bool = False
    sessions: int = 3
    session_days: int = 7
    checkin_days: int = 30

    def as_json(self) -> dict[str, Any]:
        """The settings as they are stored."""
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None) -> Settled:
        """The stored settings; what they don't name keeps its default."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in (stored or {}).items() if name in known})


LEVELS = {"none": 0.0, "little": 10.0, "some": 30.0, "much": 60.0}
"""What a term of the matching can count for, as a coordinator says it."""

SOONEST = timedelta(days=1)


def level(weight: float) -> str:
    """The level nearest to a weight; none only where it doesn't count at all."""
    if weight <= 0:
        return "none"
    return min(list(LEVELS)[1:], key=lambda name: abs(LEVELS[name] - weight))


def moved(next_at: datetime | None, before: int, after: int, now: datetime) -> datetime:
    """The next round, once there are `after` days between two of them in place of `before`.

    Counted from the round before, but never sooner than in a day: people are warned of it.
    """
    last = now if next_at is None else next_at - timedelta(days=before)
    return max(last + timedelta(days=after), now + SOONEST)


def weighed(rules: Rules, term: str, weight: float) -> Rules:
    """The rules with another weight of a term, by its name in `Rules.named_weights`."""
    kind, colon, question = term.partition(": ")
    told = rules.as_json()
    return Rules.of(told | {kind: {**told[kind], question: weight} if colon else weight})
