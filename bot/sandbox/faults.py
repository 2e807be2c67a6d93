"""Trouble on demand: refusals, broken connections, delays, repeated and shuffled updates.

All of it comes from one seeded generator, so that the same calls meet the same trouble.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from bot.sandbox.shapes import Json


class Fate(Enum):
    """What happens to one call: the trouble, and whether the call took effect before it."""

    FINE = "fine"
    FLOODED = "429, nothing done"
    BROKEN_BEFORE = "502, nothing done"
    BROKEN_AFTER = "502, but done"
    CUT_BEFORE = "connection cut, nothing done"
    CUT_AFTER = "connection cut, but done"


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of each trouble: shares are between 0 and 1, delays in seconds.

    `repeat` is the share of updates that are given twice in a getUpdates batch or pushed twice.
    """

    share_429: float = 0
    share_5xx: float = 0
    share_cut: float = 0
    delay_min: float = 0
    delay_max: float = 0
    repeat: float = 0
    shuffle: bool = False
    retry_after: int = 1
    seed: int = 0


@dataclass(slots=True)
class Faults:
    """The plan in force and its generator."""

    plan: Plan = field(default_factory=Plan)
    _random: random.Random = field(default_factory=lambda: random.Random(0))

    def follow(self, plan: Plan) -> None:
        """Put a plan in force; the generator starts again from its seed."""
        self.plan = plan
        self._random = random.Random(plan.seed)

    def delay(self) -> float:
        """Seconds this call waits before anything else."""
        if not self.plan.delay_max:
            return self.plan.delay_min
        return self._random.uniform(self.plan.delay_min, self.plan.delay_max)

    def fate(self) -> Fate:
        """What becomes of the next call."""
        plan = self.plan
        if not (plan.share_429 or plan.share_5xx or plan.share_cut):
            return Fate.FINE
        drawn = self._random.random()
        half = self._random.random() < 0.5
        if drawn < plan.share_429:
            return Fate.FLOODED
        if drawn < plan.share_429 + plan.share_5xx:
            return Fate.BROKEN_BEFORE if half else Fate.BROKEN_AFTER
        if drawn < plan.share_429 + plan.share_5xx + plan.share_cut:
            return Fate.CUT_BEFORE if half else Fate.CUT_AFTER
        return Fate.FINE

    def garble(self, batch: Sequence[Json]) -> list[Json]:
        """A batch of updates with some given twice and the order lost, as planned."""
        given = list(batch)
        if self.plan.repeat:
            twice = [u for u in batch if self._random.random() < self.plan.repeat]
            given += twice
        if self.plan.shuffle:
            self._random.shuffle(given)
        return given
