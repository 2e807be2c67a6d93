"""The queue of updates: they stay until the bot acknowledges them with an offset."""

import asyncio
import itertools
from collections import deque
from collections.abc import Iterable

from bot.sandbox.bell import Bell
from bot.sandbox.shapes import Json, RefusedError

# The kinds a bot gets only when it asks for them by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
FIRST_ID = 100_000_001
MAX_BATCH = 100
CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


class Updates:
    """Unconfirmed updates, oldest first."""

    def __init__(self) -> None:
        self.queue: deque[Json] = deque()
        self.allowed: frozenset[str] | None = None
        self.bell = Bell()
        self._ids = itertools.count(FIRST_ID)
        self._poll: asyncio.Task[int] | None = None

    def push(self, kind: str, payload: Json) -> None:
        """Queue an update, unless the bot doesn't take this kind."""
        if (kind in ON_REQUEST) if self.allowed is None else (kind not in self.allowed):
            return
        update_id = next(self._ids)
        self.queue.append({"update_id": update_id, kind: payload})
        self.bell.ring(update_id)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Take only these kinds from now on; an empty list means the default ones again."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def confirm(self, offset: int) -> None:
        """Forget what came before `offset`; a negative one keeps only that many at the end."""
        if offset < 0:
            while len(self.queue) > -offset:
                self.queue.popleft()
        while self.queue and self.queue[0]["update_id"] < offset:
            self.queue.popleft()

    def head(self, limit: int) -> list[Json]:
        """Up to `limit` of the oldest."""
        return list(itertools.islice(self.queue, limit))

    async def poll(self, seconds: float) -> None:
        """Wait up to `seconds` for an update; a newer poll ends an older one with a 409."""
        if self._poll is not None and not self._poll.done():
            self._poll.cancel()
            self._poll = None
        if self.queue or seconds <= 0:
            return
        waiting = self.bell.wait_beyond(self.bell.version, seconds)
        poll = self._poll = asyncio.ensure_future(waiting)
        try:
            await poll
        except asyncio.CancelledError:
            if self._poll is poll:
                raise
            raise RefusedError(409, CONFLICT) from None
