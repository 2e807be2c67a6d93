"""All tables. A `Secret` column is sealed; its value is any JSON.

Times are instants in UTC. Ids come from `bot.store.db.new_id`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from bot.store.db import Id, Moment, Secret

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[Any]:
    return Column("id", Id, primary_key=True, autoincrement=False)


def _to(table: str, name: str = "", **named: Any) -> Column[Any]:
    one = {"people": "person", "matches": "match", "exchanges": "exchange"}.get(table, table[:-1])
    named.setdefault("nullable", False)
    return Column(name or f"{one}_id", Id, ForeignKey(f"{table}.id", ondelete="CASCADE"), **named)


# --- queues -------------------------------------------------------------------------------------

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # Telegram's update_id
    Column("seq", Id, nullable=False),  # the order of arrival
    Column("chat", String(32), nullable=False),  # blind index of the chat
    Column("payload", Secret),  # the raw update; blank once worked
    Column("state", String(8), nullable=False, server_default="waiting"),  # waiting, done, parked
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment),
    Column("received_at", Moment, nullable=False),
    Index(
        "ix_inbox_waiting",
        "seq",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_inbox_chat_waiting",
        "chat",
        "seq",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index("ix_inbox_done", "received_at"),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),  # ids grow, so they are the order
    Column("chat", String(32), nullable=False),
    _to("people", nullable=True, index=True),
    Column("priority", Integer, nullable=False),
    Column("payload", Secret),  # method, params and files; blank once delivered
    Column("key", String(120), unique=True),
    Column("state", String(8), nullable=False, server_default="waiting"),  # waiting, sent, failed
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("message_id", Id),
    Index(
        "ix_outbox_waiting",
        "priority",
        "id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
)

# One row a thing that falls due. `kind` names its file in bot/reminders/.
reminders = Table(
    "reminders",
    metadata,
    _id(),
    Column("kind", String(32), nullable=False),
    Column("key", String(120), nullable=False, unique=True),
    _to("people", nullable=True, index=True),
    Column("subject_id", Id, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("state", String(8), nullable=False, server_default="waiting"),  # waiting, done, dropped
    Index(
        "ix_reminders_due",
        "due_at",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index("ix_reminders_subject_id", "kind", "subject_id"),
)

# Facts of this database: which key seals it, whether an owner has claimed the bot.
facts = Table(
    "facts",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)

# How often something was tried: invites guessed, for one.
attempts = Table(
    "attempts",
    metadata,
    _id(),
    _to("people", index=True),
    Column("what", String(20), nullable=False),
    Column("at", Moment, nullable=False),
)

# --- people -------------------------------------------------------------------------------------

people = Table(
    "people",
    metadata,
    _id(),
    Column("chat", String(32), nullable=False, unique=True),  # blind index of the Telegram id
    Column("telegram_id", Secret),
    Column("language", String(8), nullable=False),
    Column("zone", String(40)),  # IANA name; None until told
    Column("state", String(12), nullable=False, server_default="here"),  # here, unreachable, gone
    Column("is_owner", Boolean, nullable=False, server_default=text("false")),
    Column("consented_at", Moment),
    Column("created_at", Moment, nullable=False),
)

# The form a person is filling in: one at a time.
forms = Table(
    "forms",
    metadata,
    _id(),  # the person's id
    Column("form", String(32), nullable=False),
    Column("state", Secret, nullable=False),  # domain.forms.State as JSON
    Column("updated_at", Moment, nullable=False),
)

# --- networks -----------------------------------------------------------------------------------

networks = Table(
    "networks",
    metadata,
    _id(),
    Column("name", Secret, nullable=False),
    Column("open", Boolean, nullable=False),  # anyone may ask to join
    Column("approval", Boolean, nullable=False),  # a coordinator approves who signs up
    Column("joint_rounds", Boolean, nullable=False),  # every side's coordinators approve a round
    Column("statements", Secret),  # list of texts people agree or disagree with
    Column("policy", JSON, nullable=False),  # domain.policy.Policy as JSON
    Column("created_at", Moment, nullable=False),
)

sides = Table(
    "sides",
    metadata,
    _id(),
    _to("networks", index=True),
    Column("position", Integer, nullable=False),
    Column("name", Secret, nullable=False),
    Column("language", String(8), nullable=False),
    Column("zone", String(40), nullable=False),
    Column("country", String(2), nullable=False),  # whose holidays and days of rest are kept
)

invites = Table(
    "invites",
    metadata,
    _id(),
    Column("token", String(64), nullable=False, unique=True),  # SHA-256 of the link's token
    _to("networks", index=True),
    _to("sides"),
    Column("role", String(16), nullable=False),
    Column("uses_left", Integer, nullable=False),
    Column("expires_at", Moment, nullable=False),
    _to("people", "created_by", nullable=True),
)

members = Table(
    "members",
    metadata,
    _id(),
    _to("people", index=True),
    _to("networks", index=True),
    _to("sides", index=True),
    Column("role", String(16), nullable=False),  # participant, coordinator, safeguarding, …
    # joining (form not finished), pending (approval), active, paused, declined, left
    Column("state", String(12), nullable=False),
    Column("paused_until", Moment),
    Column("name", Secret),  # the name others will see
    Column("profile", Secret),  # domain.people.Profile as JSON
    Column("joined_at", Moment, nullable=False),
    UniqueConstraint("person_id", "network_id"),
)

# --- exchanges ----------------------------------------------------------------------------------

exchanges = Table(
    "exchanges",
    metadata,
    _id(),
    _to("networks", index=True),
    Column("track", Integer, nullable=False),
    Column("format", String(12), nullable=False),
    Column("state", String(12), nullable=False),  # open, closed
    Column("next_round_at", Moment),
)

enrolments = Table(
    "enrolments",
    metadata,
    _id(),
    _to("members"),
    _to("exchanges", index=True),
    Column("state", String(12), nullable=False),  # waiting, skipping (next round), matched, out
    Column("waiting_since", Moment, nullable=False),
    Column("rounds_waited", Integer, nullable=False, server_default="0"),
    Column("first", Boolean, nullable=False, server_default=text("false")),  # goes first next time
    UniqueConstraint("member_id", "exchange_id"),
)

rounds = Table(
    "rounds",
    metadata,
    _id(),
    _to("exchanges", index=True),
    Column("state", String(12), nullable=False),  # draft, approved, cancelled
    Column("result", Secret, nullable=False),  # pairs, reasons and who is left out
    Column("created_at", Moment, nullable=False),
    _to("members", "created_by", nullable=True),
)

approvals = Table(
    "approvals",
    metadata,
    _id(),
    _to("rounds"),
    _to("sides"),
    _to("members", nullable=True),
    Column("at", Moment, nullable=False),
    UniqueConstraint("round_id", "side_id"),
)

matches = Table(
    "matches",
    metadata,
    _id(),
    _to("exchanges", index=True),
    _to("rounds", index=True, nullable=True),
    Column("state", String(12), nullable=False),  # proposed, active, closed, declined, expired
    Column("reasons", Secret),  # what both share, as domain.matching gives it
    Column("proposed_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("active_at", Moment),
    Column("closed_at", Moment),
    Column("why", String(20)),  # why it was closed
)

# Who is in a match, on which side, and what each said to the proposal.
matched = Table(
    "matched",
    metadata,
    _id(),
    _to("matches"),
    _to("members", index=True),
    _to("sides"),
    Column("answer", String(4), nullable=False, server_default=""),  # yes, no, or not yet
    Column("answered_at", Moment),
    Column("reason", Secret),  # why not, for the coordinator
    UniqueConstraint("match_id", "member_id"),
)

# Two members who were ever proposed to each other: never again.
pairs = Table(
    "pairs",
    metadata,
    _id(),
    _to("networks"),
    _to("members", "low_id"),
    _to("members", "high_id", index=True),
    UniqueConstraint("low_id", "high_id"),
)

meetings = Table(
    "meetings",
    metadata,
    _id(),
    _to("matches", index=True),
    Column("state", String(12), nullable=False),  # proposed, agreed, held, missed, cancelled
    Column("starts_at", Moment, nullable=False),
    Column("minutes", Integer, nullable=False),
    _to("members", "proposed_by", nullable=True),
    Column("planned", Boolean, nullable=False),  # through the bot, or logged afterwards
    Column("created_at", Moment, nullable=False),
)

# What one member says of one meeting, on their own.
logs = Table(
    "logs",
    metadata,
    _id(),
    _to("meetings"),
    _to("members", index=True),
    Column("met", Boolean, nullable=False),
    Column("rating", Integer),  # 1-5
    Column("again", Boolean),
    Column("note", Secret),
    Column("risk", Secret),  # only for the safeguarding contact of the member's own side
    Column("at", Moment, nullable=False),
    UniqueConstraint("meeting_id", "member_id"),
)
