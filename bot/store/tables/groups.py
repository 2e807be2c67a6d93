"""Tables of what groups do together: circles, teams, delegations; and their Telegram rooms."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, UniqueConstraint, text

from bot.store.db import Moment, Secret
from bot.store.tables.base import metadata, row_id, to

# A circle or team of a round that was matched; a row goes once its people have been asked.
drafted_groups = Table(
    "drafted_groups",
    metadata,
    row_id(),
    to("rounds"),
    Column("place", Integer, nullable=False),
    Column("state", String(4), nullable=False),  # open; fell, where it no longer holds
    Column("reasons", Secret, nullable=False),
    Index("ix_drafted_groups_round_id", "round_id", "state", "place"),
)

# Who would sit in it.
drafted_seats = Table(
    "drafted_seats",
    metadata,
    row_id(),
    to("drafted_groups", "group_id", index=True),
    to("members", index=True),
    to("sides"),
    Column("leads", Boolean, nullable=False, server_default=text("false")),
)

# A Telegram group or channel the bot is in. `chat` is the blind index of its id.
rooms = Table(
    "rooms",
    metadata,
    row_id(),
    Column("chat", String(32), nullable=False, unique=True),
    Column("telegram_id", Secret, nullable=False),
    Column("kind", String(8), nullable=False),  # group, channel
    to("networks", index=True),
    to("matches", index=True, nullable=True),  # whose room it is; none: the network's channel
    Column("language", String(8), nullable=False),
    Column("link", Secret),  # by which one asks to be let in
    Column("state", String(8), nullable=False),  # open, closed
    Column("created_at", Moment, nullable=False),
)

# Who came to a session, as its facilitators say.
attendance = Table(
    "attendance",
    metadata,
    row_id(),
    to("meetings"),
    to("members", index=True),
    Column("came", Boolean, nullable=False),
    to("members", "by_id", nullable=True),
    Column("at", Moment, nullable=False),
    UniqueConstraint("meeting_id", "member_id"),
)

# What a team has to do: who took it, until when, and whether it is done.
tasks = Table(
    "tasks",
    metadata,
    row_id(),
    to("matches", index=True),
    Column("words", Secret, nullable=False),
    to("members", index=True, nullable=True),  # who took it
    to("members", "made_by", nullable=True),
    Column("due_at", Moment),
    Column("state", String(8), nullable=False),  # open, taken, done, dropped
    Column("created_at", Moment, nullable=False),
    Column("done_at", Moment),
)

# What guests and hosts do, hour by hour.
programme = Table(
    "programme",
    metadata,
    row_id(),
    to("matches", index=True),
    Column("starts_at", Moment, nullable=False),
    Column("words", Secret, nullable=False),
    to("members", "made_by", nullable=True),
    Column("state", String(8), nullable=False),  # proposed, agreed, dropped
    Column("created_at", Moment, nullable=False),
)

# What joint work lacks: told by one in it, confirmed by one of another side.
needs = Table(
    "needs",
    metadata,
    row_id(),
    to("exchanges", index=True),
    to("matches", index=True),  # the joint work
    to("members", "made_by", nullable=True),
    to("members", "confirmed_by", nullable=True),
    Column("words", Secret, nullable=False),
    Column("sort", String(8), nullable=False),  # money, things, time, place
    Column("state", String(8), nullable=False),  # proposed, open, met, closed
    Column("outcome", Secret),  # what became of it
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
)

# What a member would give to a need.
pledges = Table(
    "pledges",
    metadata,
    row_id(),
    to("needs", index=True),
    to("members", index=True),
    Column("words", Secret, nullable=False),
    Column("state", String(8), nullable=False),  # offered, accepted, given, declined, withdrawn
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment),
)

# What moved on from a match: answers to the track's outcome questions.
outcomes = Table(
    "outcomes",
    metadata,
    row_id(),
    to("matches", index=True),
    to("members", index=True),
    Column("answers", Secret, nullable=False),
    Column("onward", Integer, nullable=False, server_default="0"),  # how many onward actions
    Column("at", Moment, nullable=False),
    UniqueConstraint("match_id", "member_id"),
)
