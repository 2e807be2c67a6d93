"""What a network has settled: its policy, with defaults that serve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Policy:
    """A network's settings. Hours of the day are local, 0-23.

    Nothing is shown of `fewest` - 1 people or fewer. `keep_months` is how long what people told is
    kept after their last exchange is over, 0 for as long as they are there. `first_side` is the
    position of the side that speaks first where turns are taken: that with less power.
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

    def as_json(self) -> dict[str, int]:
        """The policy as it is stored."""
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Policy:
        """The stored policy; what it doesn't name keeps its default."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})
