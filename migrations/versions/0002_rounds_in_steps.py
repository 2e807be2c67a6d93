"""rounds in steps

Revision: 0002, after 0001.

A round keeps its pairs in rows of their own. What an older version previewed cannot be read here
without its key, so those previews are cancelled; /round makes new ones.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def of(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    to = "rounds.id" if column == "round_id" else "members.id"
    return sa.ForeignKeyConstraint([column], [to], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.add_column("exchanges", sa.Column("rules", sa.LargeBinary(), nullable=True))
    number = {"server_default": "0", "nullable": False}
    op.add_column("rounds", sa.Column("progress", sa.Integer(), **number))
    op.add_column("rounds", sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("rounds", sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("rounds", sa.Column("told_to", ID, **number))
    op.add_column("rounds", sa.Column("shown", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_rounds_state"), "rounds", ["state"])
    op.execute("UPDATE rounds SET state = 'cancelled' WHERE state = 'draft'")
    op.execute("UPDATE rounds SET state = 'done' WHERE state = 'approved'")
    op.create_table(
        "drafted",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=4), nullable=False),
        sa.Column("one_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=False),
        sa.Column("reasons", sa.LargeBinary(), nullable=False),
        of("drafted", "round_id"),
        of("drafted", "one_id"),
        of("drafted", "other_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafted")),
    )
    op.create_index("ix_drafted_round_id", "drafted", ["round_id", "state", "place"])
    op.create_index(op.f("ix_drafted_one_id"), "drafted", ["one_id"])
    op.create_index(op.f("ix_drafted_other_id"), "drafted", ["other_id"])
    op.create_table(
        "left_out",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        of("left_out", "round_id"),
        of("left_out", "member_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_left_out")),
    )
    op.create_index("ix_left_out_round_id", "left_out", ["round_id", "place"])
    op.create_index(op.f("ix_left_out_member_id"), "left_out", ["member_id"])


def downgrade() -> None:
    op.drop_table("left_out")
    op.drop_table("drafted")
    op.execute("UPDATE rounds SET state = 'approved' WHERE state = 'done'")
    op.execute("UPDATE rounds SET state = 'cancelled' WHERE state <> 'approved'")
    op.drop_index(op.f("ix_rounds_state"), table_name="rounds")
    for column in ("shown", "told_to", "approved_at", "checked_at", "progress"):
        op.drop_column("rounds", column)
    op.drop_column("exchanges", "rules")
