"""What all tables share: the metadata, ids and references."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    MetaData,
)

from bot.store.db import Id

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def row_id() -> Column[Any]:
    """A table's id, chosen by the application."""
    return Column("id", Id, primary_key=True, autoincrement=False)


def to(table: str, name: str = "", **named: Any) -> Column[Any]:
    """A reference to a row of `table`, which goes when that row goes."""
    one = {"people": "person", "matches": "match", "exchanges": "exchange"}.get(table, table[:-1])
    named.setdefault("nullable", False)
    return Column(name or f"{one}_id", Id, ForeignKey(f"{table}.id", ondelete="CASCADE"), **named)
