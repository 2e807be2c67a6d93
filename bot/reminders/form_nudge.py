"""A form somebody began and did not finish."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.forms import ACTION
from bot.domain.replies import Say, _, button, stacked
from bot.forms import GO_ON, NUDGE
from bot.reminders.kinds import Kind
from bot.store import forms
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Says once that the questions wait, if they still do."""
    row = await forms.of(db, reminder.subject_id)
    if row is None or row.state["paused"]:
        return []
    text = _(
        "You began to answer some questions here. Your answers so far are kept, "
        "and the rest takes about two minutes."
    )
    ways = stacked(
        button(_("Go on"), ACTION, 0, GO_ON),
        button(_("Not now"), ACTION, row.state["visit"], "stop"),
    )
    return [Say(reminder.subject_id, text, ways)]


KIND = Kind(name=NUDGE, due=due, useful_for=timedelta(days=3))
