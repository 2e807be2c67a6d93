"""Tables of exchanges: who waits, rounds, matches, meetings and what was told of them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from bot.store.db import Id, Moment, Secret
from bot.store.tables.base import metadata, row_id, to

exchanges = Table(
    "exchanges",
    metadata,
    row_id(),
    to("networks", index=True),
    Column("track", Integer, nullable=False),
    Column("format", String(12), nullable=False),
    Column("state", String(12), nullable=False),  # open, closed
    Column("next_round_at", Moment),
    Column("rules", Secret),  # what it asks of a pair, as domain.matching.Rules stores it
    Column("name", Secret),  # what its coordinators call it; without, it has its track's name
    Column("settings", JSON),  # domain.exchange.Settled as JSON: cadence, shape, sessions
    Column("created_at", Moment),
    Column("closed_at", Moment),
)

enrolments = Table(
    "enrolments",
    metadata,
    row_id(),
    to("members"),
    to("exchanges"),
    Column("state", String(12), nullable=False),  # waiting, skipping (next round), matched, out
    Column("waiting_since", Moment, nullable=False),
    Column("rounds_waited", Integer, nullable=False, server_default="0"),
    Column("first", Boolean, nullable=False, server_default=text("false")),  # goes first next time
    Column("answers", Secret),  # to the questions of the exchange's track, by their key
    UniqueConstraint("member_id", "exchange_id"),
    Index(
        "ix_enrolments_exchange_id",  # the line, in its order
        *("exchange_id", "state", "first", "rounds_waited", "waiting_since"),
    ),
)

rounds = Table(
    "rounds",
    metadata,
    row_id(),
    to("exchanges", index=True),
    # matching, draft, approved (being held), done; cancelled, failed
    Column("state", String(12), nullable=False, index=True),
    Column("result", Secret, nullable=False),  # how good it is, and how many
    Column("created_at", Moment, nullable=False),
    to("members", "created_by", nullable=True),
    Column("progress", Integer, nullable=False, server_default="0"),  # percent
    Column("checked_at", Moment),  # when all pairs of the draft were last looked at
    Column("approved_at", Moment),
    Column("told_to", Id, nullable=False, server_default="0"),  # enrolments that were counted
    Column("shown", Secret),  # who looks at it: the key of the message, by person
)

# The pairs of a round, those first in line first; a row goes once its pair has been asked.
drafted = Table(
    "drafted",
    metadata,
    row_id(),
    to("rounds"),
    Column("place", Integer, nullable=False),
    Column("state", String(4), nullable=False),  # open; fell, where it no longer holds
    to("members", "one_id", index=True),
    to("members", "other_id", index=True),
    Column("reasons", Secret, nullable=False),  # what both share, as domain.matching gives it
    Index("ix_drafted_round_id", "round_id", "state", "place"),
)

# For whom a round has nobody, those first in line first.
left_out = Table(
    "left_out",
    metadata,
    row_id(),
    to("rounds"),
    Column("place", Integer, nullable=False),
    to("members", index=True),
    Column("told", Secret, nullable=False),  # why, and what would help
    Index("ix_left_out_round_id", "round_id", "place"),
)

approvals = Table(
    "approvals",
    metadata,
    row_id(),
    to("rounds"),
    to("sides"),
    to("members", nullable=True),
    Column("at", Moment, nullable=False),
    UniqueConstraint("round_id", "side_id"),
)

matches = Table(
    "matches",
    metadata,
    row_id(),
    to("exchanges", index=True),
    to("rounds", index=True, nullable=True),
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
    row_id(),
    to("matches"),
    to("members", index=True),
    to("sides"),
    Column("answer", String(4), nullable=False, server_default=""),  # yes, no, or not yet
    Column("answered_at", Moment),
    Column("reason", Secret),  # why not, for the coordinator
    Column("leads", Boolean, nullable=False, server_default=text("false")),  # facilitates, co-leads
    # How far they show the other one who they are, and would if both did: domain.disclosure.
    Column("alias", Integer),
    Column("shows", Integer, nullable=False, server_default="0"),
    Column("offers", Integer, nullable=False, server_default="0"),
    Column("contact", Secret),
    UniqueConstraint("match_id", "member_id"),
)

# Two members whom a coordinator never wants put together.
forbidden = Table(
    "forbidden",
    metadata,
    row_id(),
    to("networks", index=True),
    to("members", "low_id"),
    to("members", "high_id", index=True),
    to("members", "by_id", nullable=True),
    to("sides", nullable=True),  # whose coordinator forbade it: each side takes back its own only
    Column("at", Moment, nullable=False),
    UniqueConstraint("low_id", "high_id", "side_id"),
)

# Two members who were ever proposed to each other: never again.
pairs = Table(
    "pairs",
    metadata,
    row_id(),
    to("networks"),
    to("members", "low_id"),
    to("members", "high_id", index=True),
    UniqueConstraint("low_id", "high_id"),
)

meetings = Table(
    "meetings",
    metadata,
    row_id(),
    to("matches", index=True),
    Column("state", String(12), nullable=False),  # proposed, agreed, held, missed, cancelled
    Column("starts_at", Moment, nullable=False),
    Column("minutes", Integer, nullable=False),
    to("members", "proposed_by", nullable=True),
    Column("planned", Boolean, nullable=False),  # through the bot, or logged afterwards
    Column("number", Integer),  # which session of a circle or team it is, from 1
    Column("agenda", Secret),  # what a session is about: a list of lines
    Column("created_at", Moment, nullable=False),
)

# What one member says of one meeting, on their own.
logs = Table(
    "logs",
    metadata,
    row_id(),
    to("meetings"),
    to("members", index=True),
    Column("met", Boolean, nullable=False),
    Column("rating", Integer),  # 1-5
    Column("again", Boolean),
    Column("note", Secret),
    Column("risk", Secret),  # only for the safeguarding contact of the member's own side
    Column("at", Moment, nullable=False),
    UniqueConstraint("meeting_id", "member_id"),
)
