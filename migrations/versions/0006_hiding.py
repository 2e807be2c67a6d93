"""hiding

Revision: 0006, after 0005.

Hiding and discreet previews, messages that can be deleted again, words that wait for a
translation, and blind indexes that say by which key they were made.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXES = (("people", "chat"), ("rooms", "chat"), ("blocks", "by"), ("blocks", "of"))


def upgrade() -> None:
    op.create_table(
        "covers",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_covers")),
    )
    op.create_table(
        "notes",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notes_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_person_id"), "notes", ["person_id"])
    op.create_table(
        "translations",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("relayed_id", ID, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["relayed_id"],
            ["relayed.id"],
            name=op.f("fk_translations_relayed_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translations")),
    )
    op.create_index(op.f("ix_translations_relayed_id"), "translations", ["relayed_id"])
    with op.batch_alter_table("people") as batch:
        for name in ("discreet", "discreet_own"):
            batch.add_column(
                sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False)
            )
    with op.batch_alter_table("inbox") as batch:
        batch.add_column(sa.Column("person_id", ID, nullable=True))
        batch.add_column(sa.Column("message_id", ID, nullable=True))
        batch.create_index("ix_inbox_person_id", ["person_id"])
    with op.batch_alter_table("attempts") as batch:
        batch.create_index("ix_attempts_what", ["what", "at"])
    with op.batch_alter_table("facts") as batch:
        batch.alter_column("value", type_=sa.Text(), existing_nullable=False)
    op.execute("UPDATE inbox SET chat = '' WHERE state = 'done'")
    op.execute("UPDATE outbox SET chat = '' WHERE state <> 'waiting' AND person_id IS NOT NULL")
    facts = sa.table("facts", sa.column("name"), sa.column("value"))
    key = sa.select(facts.c.value).where(facts.c.name == "key").scalar_subquery()
    for name, column in INDEXES:
        table = sa.table(name, sa.column(column))
        old = table.c[column]
        marked = table.update().where(old.not_like("pending:%"), old.not_like("closed:%"))
        op.execute(marked.values({column: key.concat(sa.func.substr(old, 1, 24))}))


def downgrade() -> None:
    """The shortened indexes stay as they are: going back is for a database without people."""
    with op.batch_alter_table("facts") as batch:
        batch.alter_column("value", type_=sa.String(length=200), existing_nullable=False)
    with op.batch_alter_table("attempts") as batch:
        batch.drop_index("ix_attempts_what")
    with op.batch_alter_table("inbox") as batch:
        batch.drop_index("ix_inbox_person_id")
        batch.drop_column("message_id")
        batch.drop_column("person_id")
    with op.batch_alter_table("people") as batch:
        batch.drop_column("discreet_own")
        batch.drop_column("discreet")
    for table in ("translations", "notes", "covers"):
        op.drop_table(table)
