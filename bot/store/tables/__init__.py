"""All tables. A `Secret` column is sealed; its value is any JSON.

Times are instants in UTC. Ids come from `bot.store.db.new_id`.
"""

from bot.store.tables.base import metadata
from bot.store.tables.exchanges import (
    approvals,
    drafted,
    enrolments,
    exchanges,
    left_out,
    logs,
    matched,
    matches,
    meetings,
    pairs,
    rounds,
)
from bot.store.tables.people import forms, invites, members, networks, people, sides
from bot.store.tables.queues import attempts, facts, inbox, outbox, reminders

__all__ = [
    "approvals",
    "attempts",
    "drafted",
    "enrolments",
    "exchanges",
    "facts",
    "forms",
    "inbox",
    "invites",
    "left_out",
    "logs",
    "matched",
    "matches",
    "meetings",
    "members",
    "metadata",
    "networks",
    "outbox",
    "pairs",
    "people",
    "reminders",
    "rounds",
    "sides",
]
