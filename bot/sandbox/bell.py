"""Waiting for a number to grow: the one thing every long poll here does."""

import asyncio


class Bell:
    """A version that only grows, and those who wait for it."""

    __slots__ = ("_waiting", "version")

    def __init__(self) -> None:
        self.version = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self, version: int) -> None:
        """Set the version and wake everyone who waits."""
        self.version = version
        if self._waiting:
            for future in self._waiting:
                if not future.done():
                    future.set_result(None)
            self._waiting.clear()

    async def wait_beyond(self, after: int, seconds: float) -> int:
        """The version once it is over `after`, or whatever it is after `seconds`."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self.version <= after and (left := end - loop.time()) > 0:
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.add(future)
            try:
                await asyncio.wait_for(future, left)
            except TimeoutError:
                break
            finally:
                self._waiting.discard(future)
        return self.version
