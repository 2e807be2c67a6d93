"""Tables of what is asked of many and said to many: pulses, stories, check-ins, broadcasts, briefs.

And of how a network is run: its wording, freezes, reports of risk, agreements, and the audit log.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, UniqueConstraint, text

from bot.store.db import Id, Moment, Secret
from bot.store.tables.base import metadata, row_id, to

# A statement put to both sides; each also guesses how many of the other side agree.
pulses = Table(
    "pulses",
    metadata,
    row_id(),
    to("exchanges", index=True),
    Column("words", Secret, nullable=False),  # by language
    Column("state", String(8), nullable=False),  # draft, open, closed
    to("members", "made_by", nullable=True),
    Column("created_at", Moment, nullable=False),
    Column("closes_at", Moment),
)

pulse_answers = Table(
    "pulse_answers",
    metadata,
    row_id(),
    to("pulses"),
    to("members", index=True),
    to("sides"),
    Column("own", Integer),  # -2 (disagree) to 2 (agree)
    Column("guess", Integer),  # percent of the other side who agree
    Column("at", Moment, nullable=False),
    UniqueConstraint("pulse_id", "member_id"),
)

# A story a member tells, published with consent only.
stories = Table(
    "stories",
    metadata,
    row_id(),
    to("exchanges", index=True),
    to("members", index=True),
    to("sides"),
    Column("words", Secret, nullable=False),
    Column("signed", Secret),  # the name under it; none: no name
    Column("language", String(8), nullable=False),
    # draft, consented, approved, declined, published, withdrawn
    Column("state", String(10), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("published_at", Moment),
)

# A side's coordinators agree to what needs every side: a story, a brief, the end of a freeze.
agreements = Table(
    "agreements",
    metadata,
    row_id(),
    Column("what", String(12), nullable=False),
    Column("subject_id", Id, nullable=False),
    to("sides"),
    to("members", nullable=True),
    Column("at", Moment, nullable=False),
    UniqueConstraint("what", "subject_id", "side_id"),
)

# A question asked of many at a time, or again and again.
checkins = Table(
    "checkins",
    metadata,
    row_id(),
    to("networks", index=True),
    to("exchanges", nullable=True),
    to("sides", nullable=True),
    Column("words", Secret, nullable=False),  # by language; or the name of an instrument
    Column("kind", String(12), nullable=False),  # scale, yes_no, words, or an instrument
    Column("state", String(8), nullable=False),  # planned, done, stopped
    to("members", "made_by", nullable=True),
    Column("due_at", Moment, nullable=False),
    Column("every_days", Integer, nullable=False, server_default="0"),
    Column("told_to", Id, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
)

checkin_answers = Table(
    "checkin_answers",
    metadata,
    row_id(),
    to("checkins"),
    to("members", index=True),
    Column("turn", Integer, nullable=False, server_default="0"),  # which time it was asked
    Column("answer", Secret),
    # Somebody should look at it: an answer that asks for a person.
    Column("urgent", Boolean, nullable=False, server_default=text("false")),
    Column("state", String(8), nullable=False),  # asked, answered, skipped, seen
    Column("no_more", Boolean, nullable=False, server_default=text("false")),  # no such questions
    Column("at", Moment, nullable=False),
    UniqueConstraint("checkin_id", "member_id", "turn"),
    Index("ix_checkin_answers_urgent", "checkin_id", "urgent", "state"),
)

# Something coordinators say to many at once, written once a language.
broadcasts = Table(
    "broadcasts",
    metadata,
    row_id(),
    to("networks", index=True),
    to("sides", nullable=True),
    to("exchanges", nullable=True),
    Column("audience", String(12), nullable=False),  # everybody, waiting, introduced
    Column("words", Secret, nullable=False),  # by language
    Column("state", String(8), nullable=False, index=True),  # draft, sending, held, stopped, done
    to("members", "made_by", nullable=True),
    Column("total", Integer, nullable=False, server_default="0"),
    Column("told_to", Id, nullable=False, server_default="0"),  # members up to here were queued
    Column("shown", Secret),  # the key of the message that shows how far it is
    Column("created_at", Moment, nullable=False),
    Column("done_at", Moment),
)

# An anonymised report for officials and observers, as it was when it was made.
briefs = Table(
    "briefs",
    metadata,
    row_id(),
    to("networks", index=True),
    to("exchanges", nullable=True),
    Column("content", Secret, nullable=False),
    Column("state", String(8), nullable=False),  # draft, sent
    to("members", "made_by", nullable=True),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
)

# A message in other words, for a network and a language; the newest counts, taking it off undoes.
wordings = Table(
    "wordings",
    metadata,
    row_id(),
    to("networks"),
    Column("language", String(8), nullable=False),
    Column("message", String(64), nullable=False),  # SHA-256 of the message id
    Column("original", Secret, nullable=False),
    Column("words", Secret, nullable=False),  # one text, or one a plural form
    to("members", "made_by", nullable=True),
    Column("created_at", Moment, nullable=False),
    Index("ix_wordings_network_id", "network_id", "language", "message"),
)

# Rounds, proposals, reminders and broadcasts are held; `zones` are those of a region, none: of all.
freezes = Table(
    "freezes",
    metadata,
    row_id(),
    to("networks", index=True),
    Column("zones", JSON),
    Column("region", String(40)),  # an ISO 3166 code
    Column("state", String(8), nullable=False),  # frozen, thawing, over
    Column("step", Integer, nullable=False, server_default="0"),
    to("members", "made_by", nullable=True),
    Column("began_at", Moment, nullable=False),
    Column("thawed_at", Moment),
)

# What somebody told about a risk, for the safeguarding contacts of their own side alone.
reports = Table(
    "reports",
    metadata,
    row_id(),
    to("networks", index=True),
    to("sides", index=True),
    to("members", index=True),
    to("meetings", nullable=True),
    to("matches", nullable=True, index=True),  # where it is about somebody they are in a match with
    to("members", "about_id", nullable=True),
    Column("words", Secret, nullable=False),
    Column("state", String(8), nullable=False),  # new, taken, closed
    to("members", "taken_by", nullable=True),
    Column("at", Moment, nullable=False),
    Column("changed_at", Moment),
)

# What those who run a network did: for the coordinators of every side to read.
audit = Table(
    "audit",
    metadata,
    row_id(),
    to("networks"),
    to("sides", nullable=True),
    to("members", nullable=True),
    Column("what", String(40), nullable=False),
    Column("subject", String(40), nullable=False),  # a code, an id: never a name
    Column("details", Secret),
    Column("at", Moment, nullable=False),
    Index("ix_audit_network_id", "network_id", "id"),
)
