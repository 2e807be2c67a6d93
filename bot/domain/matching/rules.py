"""What an exchange asks of a pair: what must hold, and what makes it a good one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from bot.domain.matching.types import HOURS_A_WEEK, BadInput

PERCENT = 100
WEIGHTS = ("interests", "opinions", "hours", "needs", "level", "distance")
"""The weights that are fields; each question in `alike` and `mixed` has one of its own."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What an exchange asks of a pair.

    Must hold: `least_hours` in common, a common language both speak at `least_level` (1 to 3), the
    same answer to each question in `same`, with `fit` that one offers what the other needs, and who
    meets in person does so within `reach_km` between the `spots` (latitude and longitude of places,
    in degrees), or in the same place.

    The weights of the terms, each between 0 and 1: shared interests; opinions that differ (with
    `agree`: that agree); hours in common; needs met by offers; how well both speak the better
    language; nearness; and by question the same answer (`alike`) or another (`mixed`).
    """

    least_hours: int = 2
    least_level: int = 1
    same: tuple[str, ...] = ()
    fit: bool = False
    reach_km: float = 50
    spots: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    agree: bool = False
    interests: float = 40
    opinions: float = 40
    hours: float = 20
    needs: float = 0
    level: float = 0
    distance: float = 0
    alike: Mapping[str, float] = field(default_factory=dict)
    mixed: Mapping[str, float] = field(default_factory=dict)

    def named_weights(self) -> dict[str, float]:
        """Every weight by the name of its term; a question's is "alike: …" or "mixed: …"."""
        return (
            {name: getattr(self, name) for name in WEIGHTS}
            | {f"alike: {name}": weight for name, weight in sorted(self.alike.items())}
            | {f"mixed: {name}": weight for name, weight in sorted(self.mixed.items())}
        )

    def shares(self) -> dict[str, int]:
        """What each term counts for, in whole percent, 100 together (or none at all)."""
        weights = {name: weight for name, weight in self.named_weights().items() if weight > 0}
        # Divided first, so that no sum of weights can be too large for a float.
        largest = max(weights.values(), default=1)
        small = {name: weight / largest for name, weight in weights.items()}
        exact = {name: PERCENT * each / sum(small.values()) for name, each in small.items()}
        whole = {name: int(each) for name, each in exact.items()}
        short = PERCENT - sum(whole.values()) if whole else 0
        by_rest = sorted(exact, key=lambda name: whole[name] - exact[name])
        return {name: each + (name in by_rest[:short]) for name, each in whole.items()}

    def checked(self) -> Rules:
        """The rules themselves; raises BadInput where they mean nothing or contradict."""
        if not 1 <= self.least_hours <= HOURS_A_WEEK:
            raise BadInput("least_hours", f"{self.least_hours} is not 1 to {HOURS_A_WEEK}")
        if not 1 <= self.least_level <= 3:
            raise BadInput("least_level", f"{self.least_level} is not 1 to 3")
        if not 0 <= self.reach_km < math.inf:
            raise BadInput("reach_km", f"{self.reach_km} is not a distance")
        self._check_spots()
        self._check_weights()
        return self

    def _check_spots(self) -> None:
        for place, (latitude, longitude) in self.spots.items():
            if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
                raise BadInput("spots", f"{place!r} is not on the globe")

    def _check_weights(self) -> None:
        for name, weight in self.named_weights().items():
            if not math.isfinite(weight) or weight < 0:
                raise BadInput(name.partition(":")[0], f"{weight} is not a weight")
        for name in {*self.same, *self.alike} & set(self.mixed):
            raise BadInput("mixed", f"{name!r} cannot be both the same and another")

    def as_json(self) -> dict[str, Any]:
        """The rules as they are stored."""
        return asdict(self) | {"same": list(self.same)}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Rules:
        """The stored rules; what they don't name keeps its default, what is unknown is ignored."""
        known = {each.name for each in fields(cls)} & stored.keys()
        told = {name: stored[name] for name in known}
        told["same"] = tuple(stored.get("same", ()))
        told["spots"] = {place: (at[0], at[1]) for place, at in stored.get("spots", {}).items()}
        return cls(**told)
