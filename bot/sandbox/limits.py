"""Telegram's flood limits, as token buckets on real time (the sandbox's clock can jump)."""

import math
import time

from bot.sandbox.shapes import flooded

# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
OVERALL_PER_SECOND = 30.0
PAID_PER_SECOND = 1000.0
PRIVATE_PER_SECOND = 1.0
GROUP_PER_SECOND = 20 / 60
# "Short bursts" over one message a second are let through in a chat; Telegram names no figure.
BURST = 20.0


class Bucket:
    """Tokens that refill at `rate` a second up to `capacity`."""

    __slots__ = ("at", "capacity", "rate", "tokens")

    def __init__(self, rate: float, capacity: float, now: float) -> None:
        self.rate, self.capacity = rate, capacity
        self.tokens, self.at = capacity, now

    def wait(self, now: float, count: int) -> float:
        """Seconds until `count` tokens are there; 0 when they are."""
        self.tokens = min(self.capacity, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (min(count, self.capacity) - self.tokens) / self.rate)


class Flood:
    """All the buckets of one bot."""

    def __init__(self, *, enabled: bool = True, paid: bool = False) -> None:
        self.enabled = enabled
        now = time.monotonic()
        rate = PAID_PER_SECOND if paid else OVERALL_PER_SECOND
        self._overall = Bucket(rate, rate, now)
        self._paid = Bucket(PAID_PER_SECOND, PAID_PER_SECOND, now)
        self._chats: dict[int, Bucket] = {}

    def spend(self, chat_id: int, *, count: int = 1, paid: bool = False) -> None:
        """Count messages to a chat. Raises Telegram's 429 and counts nothing when there is no room.

        `paid` is the request's allow_paid_broadcast: it goes by the paid limit over all.
        """
        if not self.enabled:
            return
        now = time.monotonic()
        overall = self._paid if paid else self._overall
        chat = self._chats.get(chat_id)
        if chat is None:
            rate = PRIVATE_PER_SECOND if chat_id > 0 else GROUP_PER_SECOND
            chat = self._chats[chat_id] = Bucket(rate, BURST, now)
        wait = max(overall.wait(now, count), chat.wait(now, count))
        if wait > 0:
            raise flooded(math.ceil(wait))
        overall.tokens -= count
        chat.tokens -= count
