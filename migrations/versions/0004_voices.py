"""voices

Revision: 0004, after 0003.

What is asked of many and said to many, and how a network is run.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "agreements",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("side_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_agreements_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["side_id"], ["sides.id"], name=op.f("fk_agreements_side_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
        sa.UniqueConstraint(
            "what", "subject_id", "side_id", name=op.f("uq_agreements_what_subject_id_side_id")
        ),
    )
    op.create_table(
        "audit",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("side_id", ID, nullable=True),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_audit_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_audit_network_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["side_id"], ["sides.id"], name=op.f("fk_audit_side_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_network_id", "audit", ["network_id", "id"])
    op.create_table(
        "briefs",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("exchange_id", ID, nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["exchanges.id"],
            name=op.f("fk_briefs_exchange_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["members.id"], name=op.f("fk_briefs_made_by"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_briefs_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefs")),
    )
    op.create_index(op.f("ix_briefs_network_id"), "briefs", ["network_id"])
    op.create_table(
        "broadcasts",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("side_id", ID, nullable=True),
        sa.Column("exchange_id", ID, nullable=True),
        sa.Column("audience", sa.String(length=12), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("told_to", ID, server_default="0", nullable=False),
        sa.Column("shown", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["exchanges.id"],
            name=op.f("fk_broadcasts_exchange_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["members.id"], name=op.f("fk_broadcasts_made_by"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"],
            ["networks.id"],
            name=op.f("fk_broadcasts_network_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["side_id"], ["sides.id"], name=op.f("fk_broadcasts_side_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
    )
    op.create_index(op.f("ix_broadcasts_network_id"), "broadcasts", ["network_id"])
    op.create_index(op.f("ix_broadcasts_state"), "broadcasts", ["state"])
    op.create_table(
        "checkins",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("exchange_id", ID, nullable=True),
        sa.Column("side_id", ID, nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("every_days", sa.Integer(), server_default="0", nullable=False),
        sa.Column("told_to", ID, server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["exchanges.id"],
            name=op.f("fk_checkins_exchange_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["members.id"], name=op.f("fk_checkins_made_by"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_checkins_network_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["side_id"], ["sides.id"], name=op.f("fk_checkins_side_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkins")),
    )
    op.create_index(op.f("ix_checkins_network_id"), "checkins", ["network_id"])
    op.create_table(
        "freezes",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("zones", sa.JSON(), nullable=True),
        sa.Column("region", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("step", sa.Integer(), server_default="0", nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("thawed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["members.id"], name=op.f("fk_freezes_made_by"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_freezes_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_freezes")),
    )
    op.create_index(op.f("ix_freezes_network_id"), "freezes", ["network_id"])
    op.create_table(
        "pulses",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("exchange_id", ID, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["exchanges.id"],
            name=op.f("fk_pulses_exchange_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["members.id"], name=op.f("fk_pulses_made_by"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulses")),
    )
    op.create_index(op.f("ix_pulses_exchange_id"), "pulses", ["exchange_id"])
    op.create_table(
        "stories",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("exchange_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("side_id", ID, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["exchanges.id"],
            name=op.f("fk_stories_exchange_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_stories_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["side_id"], ["sides.id"], name=op.f("fk_stories_side_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    op.create_index(op.f("ix_stories_exchange_id"), "stories", ["exchange_id"])
    op.create_index(op.f("ix_stories_member_id"), "stories", ["member_id"])
    op.create_index(op.f("ix_stories_state"), "stories", ["state"])
    op.create_table(
        "wordings",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("message", sa.String(length=64), nullable=False),
        sa.Column("original", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["members.id"], name=op.f("fk_wordings_made_by"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_wordings_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wordings")),
    )
    op.create_index("ix_wordings_network_id", "wordings", ["network_id", "language", "message"])
    op.create_table(
        "checkin_answers",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("checkin_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("turn", sa.Integer(), server_default="0", nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["checkin_id"],
            ["checkins.id"],
            name=op.f("fk_checkin_answers_checkin_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_checkin_answers_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin_answers")),
        sa.UniqueConstraint(
            "checkin_id",
            "member_id",
            "turn",
            name=op.f("uq_checkin_answers_checkin_id_member_id_turn"),
        ),
    )
    op.create_index(op.f("ix_checkin_answers_member_id"), "checkin_answers", ["member_id"])
    op.create_index(
        "ix_checkin_answers_urgent", "checkin_answers", ["checkin_id", "urgent", "state"]
    )
    op.create_table(
        "pulse_answers",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("pulse_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("side_id", ID, nullable=False),
        sa.Column("own", sa.Integer(), nullable=True),
        sa.Column("guess", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_pulse_answers_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pulse_id"], ["pulses.id"], name=op.f("fk_pulse_answers_pulse_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["side_id"], ["sides.id"], name=op.f("fk_pulse_answers_side_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_answers")),
        sa.UniqueConstraint(
            "pulse_id", "member_id", name=op.f("uq_pulse_answers_pulse_id_member_id")
        ),
    )
    op.create_index(op.f("ix_pulse_answers_member_id"), "pulse_answers", ["member_id"])
    op.create_table(
        "reports",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("side_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("meeting_id", ID, nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("taken_by", ID, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_reports_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_reports_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_reports_network_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["side_id"], ["sides.id"], name=op.f("fk_reports_side_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["members.id"], name=op.f("fk_reports_taken_by"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_member_id"), "reports", ["member_id"])
    op.create_index(op.f("ix_reports_network_id"), "reports", ["network_id"])
    op.create_index(op.f("ix_reports_side_id"), "reports", ["side_id"])
    op.add_column("outbox", sa.Column("about_id", ID, nullable=True))
    op.create_index(op.f("ix_outbox_about_id"), "outbox", ["about_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_outbox_about_id"), table_name="outbox")
    op.drop_column("outbox", "about_id")
    op.drop_table("reports")
    op.drop_table("pulse_answers")
    op.drop_table("checkin_answers")
    op.drop_table("wordings")
    op.drop_table("stories")
    op.drop_table("pulses")
    op.drop_table("freezes")
    op.drop_table("checkins")
    op.drop_table("broadcasts")
    op.drop_table("briefs")
    op.drop_table("audit")
    op.drop_table("agreements")
