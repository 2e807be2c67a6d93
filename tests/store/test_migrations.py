"""Each migration up, down and up again, and what they make against the tables in the code."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.store import schema
from bot.store.db import Store, open_store
from bot.store.tables import metadata
from tests.conftest import KEYS


@pytest.fixture
async def store(empty_database: str) -> AsyncIterator[Store]:
    """A migrated database of its own: in a shared one other tests may have tables of theirs."""
    opened = open_store(empty_database, KEYS)
    await schema.migrate(opened)
    yield opened
    await opened.close()


def differences(connection: Connection) -> list[Any]:
    """What Alembic would still change."""
    return compare_metadata(MigrationContext.configure(connection), metadata)


def tables(connection: Connection) -> set[str]:
    """The tables there are."""
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def to_nothing(connection: Connection) -> None:
    """All migrations back."""
    command.downgrade(schema.config(connection), "base")


def each_twice(connection: Connection) -> None:
    """Every migration up, down and up again, in their order."""
    config = schema.config(connection)
    for migration in reversed([*ScriptDirectory.from_config(config).walk_revisions()]):
        command.upgrade(config, migration.revision)
        command.downgrade(config, "-1")
        command.upgrade(config, migration.revision)


async def test_the_migrated_schema_is_that_of_the_code(store: Store) -> None:
    async with store.writer.begin() as connection:
        assert await connection.run_sync(differences) == []


async def test_up_down_and_up_again(store: Store) -> None:
    async with store.writer.begin() as connection:
        await connection.run_sync(to_nothing)
        assert await connection.run_sync(tables) == set()
        await connection.run_sync(each_twice)
        assert await connection.run_sync(tables) == set(metadata.tables)
        assert await connection.run_sync(differences) == []


async def test_migrating_a_migrated_database_changes_nothing(store: Store) -> None:
    await schema.migrate(store)
    async with store.writer.begin() as connection:
        assert await connection.run_sync(differences) == []
