"""What is said to many at once: in which language each reads it, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.replies import Value, _, lines, paragraphs


def language_for(words: Mapping[str, str], wanted: str) -> str:
    """The language somebody reads it in: their own, or the one it was written in first."""
    return wanted if wanted in words else next(iter(words))


def letter(words: Mapping[str, str], language: str) -> Value:
    """What somebody who speaks this language reads, its lines kept."""
    written = words[language_for(words, language)]
    return paragraphs(_("<b>From your coordinators</b>"), lines(*written.split("\n")))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages of a broadcast were delivered, blocked by their reader, or failed.

    `waiting` are queued, `stopped` were taken back before they were delivered.
    """

    sent: int = 0
    blocked: int = 0
    failed: int = 0
    waiting: int = 0
    stopped: int = 0

    @property
    def settled(self) -> int:
        """Of how many it is known what became of them."""
        return self.sent + self.blocked + self.failed

    def percent(self, total: int) -> int:
        """How much of it is done."""
        return min(100, 100 * self.settled // max(1, total))

    def never_sent(self, total: int) -> int:
        """How many of all did not get it, as it was stopped."""
        return max(0, total - self.settled)
