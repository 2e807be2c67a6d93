"""Tables of hiding: who can or does, and what the bot is to remind them of meanwhile."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Table

from bot.store.db import Moment, Secret
from bot.store.tables.base import metadata, row_id, to

# The words that end hiding; `hidden_at` is set while it lasts, `own` where they chose them.
covers = Table(
    "covers",
    metadata,
    row_id(),  # the person's id
    Column("words", Secret, nullable=False),
    Column("own", Boolean, nullable=False),
    Column("hidden_at", Moment),
)

# What somebody who hides asked to be reminded of.
notes = Table(
    "notes",
    metadata,
    row_id(),
    to("people", index=True),
    Column("words", Secret, nullable=False),
    Column("due_at", Moment),  # None until they said when
)
