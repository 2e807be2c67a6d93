"""groups of people

Revision: 0003, after 0002.

Circles, teams and delegations: what a round makes of them, and what they do together.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "forbidden",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("low_id", ID, nullable=False),
        sa.Column("high_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["members.id"], name=op.f("fk_forbidden_by_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["high_id"], ["members.id"], name=op.f("fk_forbidden_high_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["low_id"], ["members.id"], name=op.f("fk_forbidden_low_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"],
            ["networks.id"],
            name=op.f("fk_forbidden_network_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forbidden")),
        sa.UniqueConstraint("low_id", "high_id", name=op.f("uq_forbidden_low_id_high_id")),
    )
    op.create_index(op.f("ix_forbidden_high_id"), "forbidden", ["high_id"])
    op.create_index(op.f("ix_forbidden_network_id"), "forbidden", ["network_id"])
    op.create_table(
        "drafted_groups",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=4), nullable=False),
        sa.Column("reasons", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_drafted_groups_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafted_groups")),
    )
    op.create_index("ix_drafted_groups_round_id", "drafted_groups", ["round_id", "state", "place"])
    op.create_table(
        "drafted_seats",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("side_id", ID, nullable=False),
        sa.Column("leads", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["drafted_groups.id"],
            name=op.f("fk_drafted_seats_group_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_drafted_seats_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["side_id"], ["sides.id"], name=op.f("fk_drafted_seats_side_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafted_seats")),
    )
    op.create_index(op.f("ix_drafted_seats_group_id"), "drafted_seats", ["group_id"])
    op.create_index(op.f("ix_drafted_seats_member_id"), "drafted_seats", ["member_id"])
    op.create_table(
        "needs",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("exchange_id", ID, nullable=False),
        sa.Column("match_id", ID, nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("confirmed_by", ID, nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("sort", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["members.id"], name=op.f("fk_needs_confirmed_by"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["exchange_id"], ["exchanges.id"], name=op.f("fk_needs_exchange_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["members.id"], name=op.f("fk_needs_made_by"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["match_id"], ["matches.id"], name=op.f("fk_needs_match_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
    )
    op.create_index(op.f("ix_needs_exchange_id"), "needs", ["exchange_id"])
    op.create_index(op.f("ix_needs_match_id"), "needs", ["match_id"])
    op.create_table(
        "outcomes",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("match_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("onward", sa.Integer(), server_default="0", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["match_id"], ["matches.id"], name=op.f("fk_outcomes_match_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_outcomes_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
        sa.UniqueConstraint("match_id", "member_id", name=op.f("uq_outcomes_match_id_member_id")),
    )
    op.create_index(op.f("ix_outcomes_match_id"), "outcomes", ["match_id"])
    op.create_index(op.f("ix_outcomes_member_id"), "outcomes", ["member_id"])
    op.create_table(
        "programme",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("match_id", ID, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["members.id"], name=op.f("fk_programme_made_by"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["match_id"], ["matches.id"], name=op.f("fk_programme_match_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    op.create_index(op.f("ix_programme_match_id"), "programme", ["match_id"])
    op.create_table(
        "rooms",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("chat", sa.String(length=32), nullable=False),
        sa.Column("telegram_id", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("match_id", ID, nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["match_id"], ["matches.id"], name=op.f("fk_rooms_match_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_rooms_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("chat", name=op.f("uq_rooms_chat")),
    )
    op.create_index(op.f("ix_rooms_match_id"), "rooms", ["match_id"])
    op.create_index(op.f("ix_rooms_network_id"), "rooms", ["network_id"])
    op.create_table(
        "tasks",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("match_id", ID, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["members.id"], name=op.f("fk_tasks_made_by"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["match_id"], ["matches.id"], name=op.f("fk_tasks_match_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_tasks_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(op.f("ix_tasks_match_id"), "tasks", ["match_id"])
    op.create_index(op.f("ix_tasks_member_id"), "tasks", ["member_id"])
    op.create_table(
        "attendance",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("meeting_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("came", sa.Boolean(), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["members.id"], name=op.f("fk_attendance_by_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_attendance_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_attendance_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint(
            "meeting_id", "member_id", name=op.f("uq_attendance_meeting_id_member_id")
        ),
    )
    op.create_index(op.f("ix_attendance_member_id"), "attendance", ["member_id"])
    op.create_table(
        "pledges",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("need_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_pledges_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["needs.id"], name=op.f("fk_pledges_need_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledges")),
    )
    op.create_index(op.f("ix_pledges_member_id"), "pledges", ["member_id"])
    op.create_index(op.f("ix_pledges_need_id"), "pledges", ["need_id"])
    op.add_column("enrolments", sa.Column("answers", sa.LargeBinary(), nullable=True))
    op.add_column("exchanges", sa.Column("name", sa.LargeBinary(), nullable=True))
    op.add_column("exchanges", sa.Column("settings", sa.JSON(), nullable=True))
    op.add_column("exchanges", sa.Column("created_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("exchanges", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("invites", sa.Column("opened", sa.Integer(), server_default="0", nullable=False))
    op.add_column("invites", sa.Column("created_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "matched", sa.Column("leads", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("meetings", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column("meetings", sa.Column("agenda", sa.LargeBinary(), nullable=True))
    op.add_column("members", sa.Column("code", sa.String(length=8), nullable=True))
    op.create_index("ix_members_network_id_code", "members", ["network_id", "code"])


def downgrade() -> None:
    op.drop_index("ix_members_network_id_code", table_name="members")
    op.drop_column("members", "code")
    op.drop_column("meetings", "agenda")
    op.drop_column("meetings", "number")
    op.drop_column("matched", "leads")
    op.drop_column("invites", "created_at")
    op.drop_column("invites", "opened")
    op.drop_column("exchanges", "closed_at")
    op.drop_column("exchanges", "created_at")
    op.drop_column("exchanges", "settings")
    op.drop_column("exchanges", "name")
    op.drop_column("enrolments", "answers")
    op.drop_table("pledges")
    op.drop_table("attendance")
    op.drop_table("tasks")
    op.drop_table("rooms")
    op.drop_table("programme")
    op.drop_table("outcomes")
    op.drop_table("needs")
    op.drop_table("drafted_seats")
    op.drop_table("drafted_groups")
    op.drop_table("forbidden")
