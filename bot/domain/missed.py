"""Messages that were not taken in: which, so that they can be deleted in their chat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

REST = 60
"""Seconds without another one, after which they are given even if the account stays silent."""

DELETABLE = 48 * 3600
"""For so many seconds Telegram lets a bot delete a message of a private chat."""


@dataclass(frozen=True, slots=True)
class Missed:
    """One: the number of its update, its own in the chat, and when it came in seconds."""

    update_id: int
    message_id: int
    at: int


@dataclass(slots=True)
class Leftovers:
    """What was missed of each account, in memory only, until it is given to be noted.

    Of more than `most` accounts the one that was silent for longest is forgotten.
    """

    most: int = 1_000
    _of: dict[int, tuple[Missed, ...]] = field(default_factory=dict)

    def add(self, account: int, one: Missed) -> None:
        """One more; its account moves to the end, so that the most silent is at the beginning."""
        self._of[account] = (*self._of.pop(account, ()), one)
        if len(self._of) > self.most:
            del self._of[next(iter(self._of))]

    def given(self, account: int, now: float) -> tuple[Missed, ...]:
        """What can still be deleted of it, once."""
        found = self._of.pop(account, ())
        return tuple(one for one in found if one.at > now - DELETABLE)

    def rested(self, now: float) -> Iterator[int]:
        """The accounts that have been silent for a while."""
        for account, missed in tuple(self._of.items()):
            if missed[-1].at > now - REST:
                return
            yield account

    def all(self) -> Mapping[int, tuple[Missed, ...]]:
        """How it stands, for `restore`."""
        return dict(self._of)

    def restore(self, found: Mapping[int, tuple[Missed, ...]]) -> None:
        """Nothing came of what was added and given since."""
        self._of = dict(found)

    def __len__(self) -> int:
        """How many accounts there is something of."""
        return len(self._of)
