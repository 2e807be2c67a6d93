"""safety

Revision: 0005, after 0004.

What is passed on between people, what they show each other, blocks, and what a report is about.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "blocks",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("of", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocks")),
        sa.UniqueConstraint("by", "of", name=op.f("uq_blocks_by_of")),
    )
    op.create_index("ix_blocks_of", "blocks", ["of"])
    op.create_table(
        "relayed",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("match_id", ID, nullable=False),
        sa.Column("writer_id", ID, nullable=False),
        sa.Column("reader_id", ID, nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("copy_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["match_id"], ["matches.id"], name=op.f("fk_relayed_match_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["people.id"], name=op.f("fk_relayed_reader_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["writer_id"], ["people.id"], name=op.f("fk_relayed_writer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relayed")),
    )
    op.create_index("ix_relayed_match_id", "relayed", ["match_id"])
    op.create_index("ix_relayed_reader_id_copy_id", "relayed", ["reader_id", "copy_id"])
    op.create_index("ix_relayed_writer_id_message_id", "relayed", ["writer_id", "message_id"])
    op.create_table(
        "talks",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("match_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["match_id"], ["matches.id"], name=op.f("fk_talks_match_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talks")),
    )
    with op.batch_alter_table("forbidden") as batch:
        batch.add_column(sa.Column("side_id", ID, nullable=True))
        batch.create_foreign_key(
            op.f("fk_forbidden_side_id"), "sides", ["side_id"], ["id"], ondelete="CASCADE"
        )
        batch.drop_constraint(op.f("uq_forbidden_low_id_high_id"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_forbidden_low_id_high_id_side_id"), ["low_id", "high_id", "side_id"]
        )
    op.execute(
        "UPDATE forbidden SET side_id = (SELECT side_id FROM members"
        " WHERE members.id = coalesce(forbidden.by_id, forbidden.low_id))"
    )
    with op.batch_alter_table("invites") as batch:
        batch.add_column(
            sa.Column("revoked", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        )
    with op.batch_alter_table("checkin_answers") as batch:
        batch.add_column(
            sa.Column("no_more", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        )
    op.execute("UPDATE checkin_answers SET no_more = true, state = 'skipped' WHERE state = 'never'")
    with op.batch_alter_table("matched") as batch:
        batch.add_column(sa.Column("alias", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("shows", sa.Integer(), server_default="0", nullable=False))
        batch.add_column(sa.Column("offers", sa.Integer(), server_default="0", nullable=False))
        batch.add_column(sa.Column("contact", sa.LargeBinary(), nullable=True))
    # Those who were introduced before know each other's names already.
    op.execute("UPDATE matched SET shows = 1, offers = 1 WHERE answer = 'yes'")
    with op.batch_alter_table("reports") as batch:
        batch.add_column(sa.Column("match_id", ID, nullable=True))
        batch.add_column(sa.Column("about_id", ID, nullable=True))
        batch.create_foreign_key(
            op.f("fk_reports_match_id"), "matches", ["match_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_foreign_key(
            op.f("fk_reports_about_id"), "members", ["about_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_index("ix_reports_match_id", ["match_id"])


def downgrade() -> None:
    with op.batch_alter_table("reports") as batch:
        batch.drop_index("ix_reports_match_id")
        batch.drop_constraint(op.f("fk_reports_about_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_reports_match_id"), type_="foreignkey")
        batch.drop_column("about_id")
        batch.drop_column("match_id")
    op.execute("UPDATE checkin_answers SET state = 'never' WHERE no_more")
    with op.batch_alter_table("checkin_answers") as batch:
        batch.drop_column("no_more")
    with op.batch_alter_table("invites") as batch:
        batch.drop_column("revoked")
    op.execute(
        "DELETE FROM forbidden WHERE EXISTS (SELECT 1 FROM forbidden AS f WHERE"
        " f.low_id = forbidden.low_id AND f.high_id = forbidden.high_id AND f.id < forbidden.id)"
    )
    with op.batch_alter_table("forbidden") as batch:
        batch.drop_constraint(op.f("uq_forbidden_low_id_high_id_side_id"), type_="unique")
        batch.create_unique_constraint(op.f("uq_forbidden_low_id_high_id"), ["low_id", "high_id"])
        batch.drop_constraint(op.f("fk_forbidden_side_id"), type_="foreignkey")
        batch.drop_column("side_id")
    with op.batch_alter_table("matched") as batch:
        for column in ("contact", "offers", "shows", "alias"):
            batch.drop_column(column)
    for table in ("talks", "relayed", "blocks"):
        op.drop_table(table)
