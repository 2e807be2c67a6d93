"""What a network has settled: its policy, with defaults that serve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Policy:
    """A network's settings. Hours of the day are local, 0-23.

    Nothing is shown of `fewest` - 1 people or fewer. `keep_months` is how long what people told is
    kept after their last exchange is over, 0 for as long as they are there. `first_side` is the
    position of the side that speaks first where turns are taken: that with less power. On its
    `own_days` nothing is sent or planned: "2026-04-24" is that day, "--04-24" that day of each
    year. Opinions count in its matching unless `opinions` is off. Where it is `staged`, two who are
    introduced know each other by pseudonyms until each shows their name. Where it is `sensitive`,
    what people are told is covered until they tap it, unless they choose otherwise.
    """

    quiet_from: int = 21
    quiet_until: int = 8
    form_nudge_hours: int = 24
    proposal_nudge_hours: int = 24
    proposal_expires_hours: int = 72
    silent_days: int = 14
    meeting_minutes: int = 60
    days_between_rounds: int = 14
    fewest: int = 5
    keep_months: int = 24
    first_side: int = 0
    own_days: tuple[str, ...] = ()
    opinions: bool = True
    staged: bool = True
    sensitive: bool = False

    def rests(self, day: date) -> bool:
        """Whether it is one of the network's own days."""
        days = self.own_days
        return bool(days) and (day.isoformat() in days or yearly(day) in days)

    def as_json(self) -> dict[str, Any]:
        """The policy as it is stored."""
        return asdict(self) | {"own_days": list(self.own_days)}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Policy:
        """The stored policy; what it doesn't name keeps its default."""
        known = {field.name for field in fields(cls)}
        told = {name: value for name, value in stored.items() if name in known}
        return cls(**told | {"own_days": tuple(stored.get("own_days", ()))})


def yearly(day: date) -> str:
    """A day of each year, as `own_days` has it."""
    return f"--{day:%m-%d}"
