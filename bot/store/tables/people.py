"""Tables of people, their open forms, networks, and who is in them."""

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

from bot.store.db import Moment, Secret
from bot.store.tables.base import metadata, row_id, to

people = Table(
    "people",
    metadata,
    row_id(),
    Column("chat", String(32), nullable=False, unique=True),  # blind index of the Telegram id
    Column("telegram_id", Secret),
    # What the bot writes is covered until it is tapped; `discreet_own` where they chose it.
    Column("discreet", Boolean, nullable=False, server_default=text("false")),
    Column("discreet_own", Boolean, nullable=False, server_default=text("false")),
    Column("language", String(8), nullable=False),
    Column("zone", String(40)),  # IANA name; None until told
    Column("state", String(12), nullable=False, server_default="here"),  # here, unreachable, hidden
    Column("is_owner", Boolean, nullable=False, server_default=text("false")),
    Column("consented_at", Moment),
    Column("created_at", Moment, nullable=False),
)

# The form a person is filling in: one at a time.
forms = Table(
    "forms",
    metadata,
    row_id(),  # the person's id
    Column("form", String(32), nullable=False),
    Column("state", Secret, nullable=False),  # domain.forms.State as JSON
    Column("updated_at", Moment, nullable=False),
)

networks = Table(
    "networks",
    metadata,
    row_id(),
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
    row_id(),
    to("networks", index=True),
    Column("position", Integer, nullable=False),
    Column("name", Secret, nullable=False),
    Column("language", String(8), nullable=False),
    Column("zone", String(40), nullable=False),
    Column("country", String(2), nullable=False),  # whose holidays and days of rest are kept
)

invites = Table(
    "invites",
    metadata,
    row_id(),
    Column("token", String(64), nullable=False, unique=True),  # SHA-256 of the link's token
    to("networks", index=True),
    to("sides"),
    Column("role", String(16), nullable=False),
    Column("uses_left", Integer, nullable=False),
    Column("opened", Integer, nullable=False, server_default="0"),  # how often somebody came by it
    Column("revoked", Boolean, nullable=False, server_default=text("false")),  # taken back
    Column("created_at", Moment),
    Column("expires_at", Moment, nullable=False),
    to("people", "created_by", nullable=True),
)

members = Table(
    "members",
    metadata,
    row_id(),
    to("people", index=True),
    to("networks", index=True),
    to("sides"),
    Column("role", String(16), nullable=False),  # participant, coordinator, safeguarding, …
    # joining (form not finished), pending (approval), active, paused, declined, left
    Column("state", String(12), nullable=False),
    Column("paused_until", Moment),
    Column("name", Secret),  # the name others will see
    Column("profile", Secret),  # domain.people.Profile as JSON
    Column("joined_at", Moment, nullable=False),
    # How coordinators of two sides may speak of somebody without a name; None before they joined.
    Column("code", String(8)),
    UniqueConstraint("person_id", "network_id"),
    Index("ix_members_side_id", "side_id", "role"),
    Index("ix_members_network_id_code", "network_id", "code"),
)
