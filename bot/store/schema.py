"""Bringing a database to today's schema."""

from __future__ import annotations

from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.store.db import Store

log = structlog.get_logger()

LOCK = 7_061_726_563
"""The number of the advisory lock that a migration holds on PostgreSQL."""


def folder() -> Path:
    """Where the migrations are: beside the package in a checkout, inside it when installed."""
    inside = Path(__file__).parents[1] / "migrations"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "migrations"


def config(connection: Connection) -> Config:
    """Alembic's configuration over an open connection."""
    made = Config()
    made.set_main_option("script_location", str(folder()))
    made.attributes["connection"] = connection
    return made


async def migrate(store: Store, revision: str = "head") -> None:
    """Brings the database to a revision, one process at a time."""
    async with store.writer.begin() as connection:
        await connection.run_sync(_migrate, revision)


def _migrate(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    before = MigrationContext.configure(connection).get_current_revision()
    command.upgrade(config(connection), revision)
    after = MigrationContext.configure(connection).get_current_revision()
    if before != after:
        log.info("database migrated", since=before or "nothing", to=after)


def newest() -> str | None:
    """The newest revision there is."""
    return ScriptDirectory(str(folder())).get_current_head()
