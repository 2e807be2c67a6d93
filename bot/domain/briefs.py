"""A brief: what may be told of a network or an activity to those outside it, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.figures import Step

TOLD = (Step.SIGNED_UP, Step.APPROVED, Step.INTRODUCED, Step.MET, Step.THRICE)
"""The steps a brief counts."""

MONTHS = (3, 12, 0)
"""The periods a brief can be of; 0 is all there was."""


@dataclass(frozen=True, slots=True)
class OfSide:
    """A side's figures, one for each of TOLD; None is too few to be shown."""

    name: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many of those who were asked an outcome question of a track said yes."""

    track: int
    key: str
    yes: int | None
    told: int


@dataclass(frozen=True, slots=True)
class Brief:
    """What a brief says, in no language yet; days are local to nobody (UTC).

    Without a `track` it is of all of the network, whose activities are on `tracks`. Figures that
    are None are of fewer than `fewest` people. `since` is None where it goes back to the beginning.
    Stories are quoted by their row ids: one that is withdrawn later is in no brief any more.
    """

    network: str = ""
    track: int = 0
    shape: str = ""
    name: str | None = None
    tracks: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None
    fewest: int = 5
    sides: tuple[OfSide, ...] = ()
    meetings: int | None = None
    hours: int | None = None
    onward: int | None = None
    outcomes: tuple[Outcome, ...] = ()
    stories: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The brief as it is stored."""
        days = {name: day and day.isoformat() for name, day in self._days.items()}
        return asdict(self) | days

    @property
    def _days(self) -> dict[str, date | None]:
        return {"since": self.since, "until": self.until}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Brief:
        """The stored brief; what it doesn't name is empty."""
        days = {name: _day(stored.get(name)) for name in ("since", "until")}
        parts = {
            "tracks": tuple(stored.get("tracks", ())),
            "sides": tuple(
                OfSide(each["name"], tuple(each["counts"])) for each in stored.get("sides", ())
            ),
            "outcomes": tuple(Outcome(**each) for each in stored.get("outcomes", ())),
            "stories": tuple(stored.get("stories", ())),
        }
        return cls(**dict(stored) | days | parts)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def begins(now: datetime, months: int) -> datetime | None:
    """When a period of so many months until now began, None for 0 of them."""
    if not months:
        return None
    count = now.year * 12 + now.month - 1 - months
    return now.replace(year=count // 12, month=count % 12 + 1, day=1, hour=0, minute=0, second=0)
