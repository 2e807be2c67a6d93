"""What a kind of reminder is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.replies import Say, Text
from bot.store.db import Db
from bot.store.reminders import Reminder


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of reminder.

    `due` re-reads what the reminder is about and returns what to say, nothing when it is no longer
    meant. Later than `useful_for` after its time it is dropped. Only with `at_night` may it come in
    a person's night or on a day of rest.

    It is held while a freeze is on its person, or on what it is `about` where it has none: a match
    or an exchange. Only with `in_freeze` does it come all the same; with `instead` that is said.
    """

    name: str
    due: Callable[[Db, datetime, Reminder], Awaitable[list[Say]]]
    useful_for: timedelta
    at_night: bool = False
    about: Literal["", "match", "exchange"] = ""
    in_freeze: bool = False
    instead: Text | None = None
