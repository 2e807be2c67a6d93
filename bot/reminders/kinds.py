"""What a kind of reminder is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.store.db import Db
from bot.store.reminders import Reminder


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of reminder.

    `due` re-reads what the reminder is about and returns what to say, nothing when it is no longer
    meant. Later than `useful_for` after its time it is dropped. Only with `at_night` may it come in
    a person's night or on a day of rest.
    """

    name: str
    due: Callable[[Db, datetime, Reminder], Awaitable[list[Say]]]
    useful_for: timedelta
    at_night: bool = False
