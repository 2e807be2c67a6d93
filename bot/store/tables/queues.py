"""Tables of what waits: the inbox, the outbox and what falls due; and facts and attempts."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from bot.store.db import Id, Moment, Secret
from bot.store.tables.base import metadata, row_id, to

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # Telegram's update_id
    Column("seq", Id, nullable=False),  # the order of arrival
    Column("chat", String(32), nullable=False),  # Keys.queued of the chat; "" once worked
    Column("payload", Secret),  # the raw update; blank once worked
    # Whose message it was and its id in their chat, so that it can be deleted there.
    Column("person_id", Id),
    Column("message_id", Id),
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
    Index("ix_inbox_person_id", "person_id"),
)

outbox = Table(
    "outbox",
    metadata,
    row_id(),  # ids grow, so they are the order
    Column("chat", String(32), nullable=False),  # Keys.queued; of a person's "" once delivered
    to("people", nullable=True, index=True),
    Column("priority", Integer, nullable=False),
    Column("payload", Secret),  # method, params and files; blank once delivered
    Column("key", String(120), unique=True),
    # waiting, sent, failed, blocked (by the person)
    Column("state", String(8), nullable=False, server_default="waiting"),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("message_id", Id),
    Column("about_id", Id, index=True),  # the broadcast or what is relayed
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
    row_id(),
    Column("kind", String(32), nullable=False),
    Column("key", String(120), nullable=False, unique=True),
    to("people", nullable=True, index=True),
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

# Facts of this database: which keys seal it, whether an owner has claimed the bot.
facts = Table(
    "facts",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

# How often something was tried: invites guessed, for one.
attempts = Table(
    "attempts",
    metadata,
    row_id(),
    to("people", index=True),
    Column("what", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_attempts_what", "what", "at"),
)
