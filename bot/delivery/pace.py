"""Telegram's pace: so many messages a second over all, a second a chat, a minute a group."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Bucket:
    """A token bucket: `rate` tokens a second, up to `size` saved."""

    rate: float
    size: float
    level: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until a token is there."""
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (1.0 - self.level) / self.rate)

    def take(self) -> None:
        """Takes a token."""
        self.level -= 1.0


@dataclass(slots=True)
class Pace:
    """When the next message may go, over all and to each chat. Times are monotonic seconds."""

    a_second: float
    burst: float = 15.0
    _over_all: Bucket = field(init=False)
    _chats: dict[int, Bucket] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Starts with nothing saved, so that a restart doesn't double a burst.

        Two may be saved, so that waking up a little late costs nothing.
        """
        self._over_all = Bucket(self.a_second, max(2.0, self.a_second / 30), 1.0, 0.0)

    def wait(self, now: float) -> float:
        """Seconds until any message may go."""
        return self._over_all.wait(now)

    def wait_for(self, chat: int, now: float) -> float:
        """Seconds until a message to this chat (negative: a group) may go."""
        bucket = self._chats.get(chat)
        return 0.0 if bucket is None else bucket.wait(now)

    def take(self, chat: int, now: float) -> None:
        """A message to this chat goes now."""
        self._over_all.take()
        if chat not in self._chats:
            a_second, size = (20 / 60, 20.0) if chat < 0 else (1.0, self.burst)
            self._chats[chat] = Bucket(a_second, size, size, now)
        self._chats[chat].take()
        if len(self._chats) > 10_000:
            self._chats = {c: b for c, b in self._chats.items() if b.wait(now) or b.level < b.size}
