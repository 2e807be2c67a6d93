"""Alembic runs the migrations over a connection that `bot.store.schema` gives it."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from bot.store.db import Moment, Secret
from bot.store.tables import metadata

OURS = {Moment: "sa.DateTime(timezone=True)", Secret: "sa.LargeBinary()"}
"""A migration names the plain types, so that it stays as it was when ours change."""


def plain(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """How a column's type is written into a new migration."""
    return OURS.get(type(thing), False) if kind == "type" else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=plain,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
