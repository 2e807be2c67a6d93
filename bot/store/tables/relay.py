"""Tables of what is passed on between people, which never have its content, and of blocks."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint

from bot.store.db import Moment, Secret
from bot.store.tables.base import metadata, row_id, to

# To whom somebody is writing at the moment: what they send goes there.
talks = Table(
    "talks",
    metadata,
    row_id(),  # the person's id
    to("matches"),
    Column("at", Moment, nullable=False),
)

# A message of one person and what it is called in another one's chat.
relayed = Table(
    "relayed",
    metadata,
    row_id(),
    to("matches", index=True),
    to("people", "writer_id"),
    to("people", "reader_id"),
    Column("message_id", Integer, nullable=False),  # Telegram's, in the writer's chat
    Column("copy_id", Integer),  # Telegram's, in the reader's chat; None until it has arrived
    Column("at", Moment, nullable=False),
    Index("ix_relayed_writer_id_message_id", "writer_id", "message_id"),
    Index("ix_relayed_reader_id_copy_id", "reader_id", "copy_id"),
)

# Words that were passed on and wait for a translation; the row goes with it.
translations = Table(
    "translations",
    metadata,
    row_id(),
    to("relayed", "relayed_id", index=True),
    Column("words", Secret, nullable=False),  # the text, and from and into which languages
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("at", Moment, nullable=False),
)

# Two people of whom one wants the other never again. By blind indexes of their Telegram ids: it
# holds in every network, and for who leaves and comes back.
blocks = Table(
    "blocks",
    metadata,
    row_id(),
    Column("by", String(32), nullable=False),
    Column("of", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("by", "of"),
    Index("ix_blocks_of", "of"),
)
