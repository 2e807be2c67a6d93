"""The matching without a process of its own: a walk has many rounds, of a few people each."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.matching_process import ORDERS, framed, matched, opened


class Inside:
    """Hears and says what the process would, packed as it would be."""

    def __init__(self) -> None:
        self.told: list[bytes] = []
        self.found: deque[bytes] = deque()

    async def send(self, *message: Any) -> None:
        """Notes a message, and matches once all are there."""
        self.told.append(framed(message))
        if message[0] in ORDERS:
            matched(map(_opened, self.told), lambda *found: self.found.append(framed(found)))

    async def hear(self) -> tuple[Any, ...]:
        """What was found, one message after the other."""
        return _opened(self.found.popleft())

    def end(self) -> None:
        """There is nothing to end."""


def _opened(frame: bytes) -> tuple[Any, ...]:
    return opened(frame[4:])


@asynccontextmanager
async def inside() -> AsyncIterator[Any]:
    """In place of `bot.delivery.child.matching`."""
    yield Inside()
