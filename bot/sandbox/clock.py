"""The sandbox's clock: real time plus an offset that people can push forward."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Aware UTC time that runs at real speed and can be moved."""

    def __init__(self) -> None:
        self.offset = timedelta()
        self._watchers: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """The sandbox's time, aware, in UTC."""
        return datetime.now(UTC) + self.offset

    def unix(self) -> int:
        """The sandbox's time in whole seconds since 1970, as Telegram's `date` fields have it."""
        return int(self.now().timestamp())

    def advance(self, delta: timedelta) -> None:
        """Move the clock by `delta` and tell everyone who subscribed."""
        self.offset += delta
        for watcher in tuple(self._watchers):
            watcher()

    def move_to(self, moment: datetime) -> None:
        """Move the clock to an aware `moment`."""
        self.advance(moment - self.now())

    def subscribe(self, watcher: Callable[[], None]) -> Callable[[], None]:
        """Call `watcher` after each move. Returns the function that ends the subscription."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)
