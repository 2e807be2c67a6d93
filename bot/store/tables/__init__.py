"""All tables. A `Secret` column is sealed; its value is any JSON.

Times are instants in UTC. Ids come from `bot.store.db.new_id`.
"""

from bot.store.tables.base import metadata
from bot.store.tables.exchanges import (
    approvals,
    enrolments,
    exchanges,
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
    "enrolments",
    "exchanges",
    "facts",
    "forms",
    "inbox",
    "invites",
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
