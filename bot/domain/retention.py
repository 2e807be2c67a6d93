"""How long what people told is kept, and what becomes of who has not been there for as long."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

NOTICE = timedelta(days=30)
"""So long before it is too late somebody is told, and can stay."""

LOG_MONTHS = 12
"""What was done in a network is written down for its coordinators this long at the least."""

AGAIN = timedelta(days=7)
"""How often a network is gone through."""

Step: TypeAlias = Literal["stays", "word", "goes"]


def limit(now: datetime, months: int) -> datetime | None:
    """What was over before this moment is too old; None where it is kept as long as they stay.

    Months are those of the calendar: of a day that a month does not have, its last.
    """
    if months <= 0:
        return None
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    if year < 1:
        return datetime.min.replace(tzinfo=now.tzinfo)
    day = min(now.day, calendar.monthrange(year, month + 1)[1])
    return now.replace(year=year, month=month + 1, day=day)


def log_limit(now: datetime, months: int) -> datetime | None:
    """The same for the log of what was done."""
    return limit(now, max(months, LOG_MONTHS) if months > 0 else 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """A member as these rules see them.

    `since` is when they last did anything, or anything they were in went on; `busy` while something
    still does; `told_at` when they were told what comes, if that was after `since`.
    """

    since: datetime
    busy: bool = False
    told_at: datetime | None = None


def quiet(of: Standing, now: datetime, months: int) -> bool:
    """Whether somebody is to be told that what they told will be deleted in a month."""
    end = limit(now + NOTICE, months)
    return end is not None and not of.busy and of.since < end


def step(of: Standing, now: datetime, months: int) -> Step:
    """What becomes of a member now: nobody goes who was not told a month before."""
    end = limit(now, months)
    if end is None or not quiet(of, now, months):
        return "stays"
    if of.told_at is None:
        return "word"
    return "goes" if of.since < end and now >= of.told_at + NOTICE else "stays"
