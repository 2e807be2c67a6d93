"""Coordinators hear how much was erased because it was too old: figures, never of whom."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, Value, _, lines, paragraphs
from bot.reminders.kinds import Kind
from bot.store import audit, networks, retention
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """The figures, to one who still runs the network."""
    entry = await audit.by_id(db, reminder.subject_id)
    network = None if entry is None else await networks.by_id(db, entry.network_id)
    if entry is None or network is None or reminder.person_id is None:
        return []
    member = await networks.membership(db, reminder.person_id, network.id)
    if member is None or not member.runs:
        return []
    fewest, told = network.settled.fewest, entry.details or {}

    def many(what: str) -> Value:
        figure = told.get(what)
        return _("fewer than {n}", n=fewest) if figure is None else int(figure)

    text = paragraphs(
        _("What was too old has been erased in {network}.", network=network.name),
        lines(
            _("Notes and answers: {n}", n=many("notes")),
            _("People who had been away for long: {n}", n=many("people")),
        ),
        _("/network says how long what people told is kept."),
    )
    return [Say(reminder.person_id, text)]


KIND = Kind(retention.TOLD, due, useful_for=timedelta(days=30))
