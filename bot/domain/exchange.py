"""What an exchange has settled: its cadence, and the shape of its groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

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
