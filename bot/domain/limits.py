"""How often somebody may do what reaches other people or makes work, and when they may again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """So `many` times `within` a span, for each person. `name` is what tries are stored as.

    With `danger` it is about help in danger: who is refused is told of other ways.
    """

    name: str
    many: int
    within: timedelta
    danger: bool = False

    def again(self, tries: Sequence[datetime], now: datetime) -> datetime | None:
        """From when on one more is allowed, to the minute; None where it is now."""
        recent = sorted(each for each in tries if each > now - self.within)
        if len(recent) < self.many:
            return None
        free = recent[-self.many] + self.within
        whole = free.replace(second=0, microsecond=0)
        return whole if whole == free else whole + MINUTE


INVITES = Limit("invite", 5, HOUR)
"""Links that don't exist, of any sort together, so that none can be guessed."""

SIGN_UPS = Limit("sign_up", 10, DAY)
"""Each takes a use of an invitation, or lies before a coordinator."""

QUESTIONS = Limit("question", 10, HOUR)
"""To coordinators, who read each of them."""

HELP = Limit("help", 30, HOUR, danger=True)
"""To safeguarding contacts; far more than anybody writes, because nobody may be cut off from help.

It counts by itself: who has asked coordinators or reported too often still gets through.
"""

REPORTS = Limit("report", 30, HOUR, danger=True)
"""As with `HELP`: it stops a machine and nobody else."""

STEPS = Limit("disclosure", 20, HOUR)
"""Steps of showing more, each of which the partner hears of. Hiding again is never limited."""

PROPOSALS = Limit("proposal", 30, HOUR)
"""Times proposed, each of which the others hear of."""

CANCELS = Limit("cancel", 30, HOUR)
"""Meetings cancelled; apart from `PROPOSALS`, so that who planned a lot can still call it off."""

RETURNS = Limit("return", 10, HOUR)
"""Coming back from a pause, which partners hear of. Pausing is never limited."""

LINKS = Limit("link", 30, HOUR)
"""Links made for others."""

LETTERS = Limit("letter", 30, MINUTE)
"""Messages passed on: half of what Telegram lets us deliver into one chat, so none piles up."""

COPIES = 300
"""So many a minute at the most of what one person writes, counted once for each who gets it."""


def letters(readers: int) -> Limit:
    """How often somebody may write to so many at once."""
    return replace(LETTERS, many=max(1, min(LETTERS.many, COPIES // max(1, readers))))


PROTECTS = frozenset({"quick", "quick.now", "forget", "forget.sure", "delete"})
"""Commands and buttons that protect who uses them: they get through while all else is too much."""

LIMITS = (
    *(INVITES, SIGN_UPS, QUESTIONS, HELP, REPORTS, STEPS, PROPOSALS, CANCELS, RETURNS, LINKS),
    LETTERS,
)
