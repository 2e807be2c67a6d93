"""What the bot asked for and what it got: for tests, not for logs."""

import itertools
from collections import Counter, deque
from dataclasses import dataclass, field

from bot.sandbox.shapes import Json

KEPT = 100_000


@dataclass(slots=True)
class Journal:
    """The newest calls, and counts of all of them by method and HTTP status."""

    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    _entries: deque[tuple[int, str, Json, int, int]] = field(
        default_factory=lambda: deque(maxlen=KEPT)
    )
    _last: int = 0

    def add(self, method: str, params: Json, status: int, at: int) -> None:
        """Note one call; status 0 is a connection that was cut."""
        self._last += 1
        self.counts[method, status] += 1
        self._entries.append((self._last, method, params, status, at))

    def after(self, number: int) -> list[Json]:
        """The calls noted since call `number`, oldest first."""
        kept = min(len(self._entries), max(0, self._last - number))
        newest = itertools.islice(reversed(self._entries), kept)
        names = ("n", "method", "params", "status", "at")
        return [dict(zip(names, entry, strict=True)) for entry in reversed(list(newest))]

    def stats(self) -> Json:
        """`{method: {status: count}}`."""
        stats: Json = {}
        for (method, status), count in sorted(self.counts.items()):
            stats.setdefault(method, {})[str(status)] = count
        return stats
