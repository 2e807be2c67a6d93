"""How many updates are taken in of one account, or one group, before it is too many."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

MOST = 100_000
"""So many accounts are remembered at once; beyond it the one that was silent for longest goes."""


class Fate(Enum):
    """What becomes of an update: taken in, one too many of which to tell, or one more of those."""

    TAKEN = "taken"
    TOLD = "told"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Level:
    """How many updates may still come at once, as of an instant in seconds.

    `told` from the first that was too many until half of a burst is there again.
    """

    left: float
    at: float
    told: bool = False


@dataclass(slots=True)
class Floods:
    """A bucket of tokens for each key: `burst` at once, then so many `a_second`.

    Times are seconds of any clock, also one that is set back. In memory only: buckets that are
    full again are forgotten, and so is the longest silent one where there are more than `most`.
    """

    burst: float
    a_second: float
    most: int = MOST
    _levels: dict[Hashable, Level] = field(default_factory=dict)

    def spent(self, key: Hashable, now: float) -> bool:
        """Whether this key's next update would be too many; takes nothing."""
        return self._risen(key, now).left < 1

    def weigh(self, key: Hashable, now: float) -> Fate:
        """Takes one of this key's tokens, and says what becomes of the update."""
        level = self._risen(key, now)
        if level.left >= 1:
            self._keep(key, Level(level.left - 1, now, level.told))
            return Fate.TAKEN
        self._keep(key, Level(level.left, now, told=True))
        return Fate.DROPPED if level.told else Fate.TOLD

    def levels(self, keys: Iterable[Hashable]) -> dict[Hashable, Level | None]:
        """How it stands with these keys, for `restore`."""
        return {key: self._levels.get(key) for key in keys}

    def restore(self, levels: Mapping[Hashable, Level | None]) -> None:
        """Nothing came of it: what was taken since is given back."""
        for key, level in levels.items():
            self._levels.pop(key, None)
            if level is not None:
                self._levels[key] = level

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._levels)

    def _risen(self, key: Hashable, now: float) -> Level:
        """A clock that was set back must not keep anybody waiting until it is where it was."""
        known = self._levels.get(key)
        if known is None:
            return Level(self.burst, now)
        left = min(self.burst, known.left + max(0.0, now - known.at) * self.a_second)
        return Level(left, now, known.told and left < self.burst / 2)

    def _keep(self, key: Hashable, level: Level) -> None:
        """Moves the key to the end, so that who was silent for longest is at the beginning."""
        self._levels.pop(key, None)
        self._levels[key] = level
        while len(self._levels) > 1:
            first = next(iter(self._levels))
            idle = level.at - self._levels[first].at >= self.burst / self.a_second
            if not idle and len(self._levels) <= self.most:
                return
            del self._levels[first]
