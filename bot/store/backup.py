"""A consistent copy of the database, as a SQLite file, while the bot goes on."""

from __future__ import annotations

import errno
from pathlib import Path

from sqlalchemy import insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.db import open_store
from bot.store.keys import Keys
from bot.store.tables import metadata

AT_ONCE = 1000


async def copy(database: str, keys: Keys, file: Path) -> None:
    """Copies the database to `file`, which must not exist yet.

    Raises FileNotFoundError where there is no database.
    """
    be_there(database)
    source = open_store(database, keys)
    try:
        async with source.writer.connect() as connection:
            if source.shared:
                await _copy_rows(connection, keys, file)
            else:
                raw = await connection.get_raw_connection()
                await raw.driver_connection.execute("VACUUM INTO ?", (str(file),))  # type: ignore[union-attr]  # it is there while we are connected
    finally:
        await source.close()


def be_there(database: str) -> None:
    """Raises FileNotFoundError where a database would be made by opening it."""
    where = make_url(database)
    if where.get_backend_name() == "sqlite" and not Path(where.database or "").exists():
        raise FileNotFoundError(errno.ENOENT, "there is no database", where.database)


async def _copy_rows(connection: AsyncConnection, keys: Keys, file: Path) -> None:
    """One snapshot of all tables, with the schema's revision, into a new SQLite file."""
    await connection.execution_options(isolation_level="REPEATABLE READ")
    target = open_store(f"sqlite:///{file}", keys)
    async with target.writer.connect() as into:
        await into.execute(text("PRAGMA defer_foreign_keys=ON"))
        await into.run_sync(metadata.create_all)
        for table in metadata.sorted_tables:
            rows = await connection.stream(select(table))
            async for part in rows.mappings().partitions(AT_ONCE):
                await into.execute(insert(table), [dict(row) for row in part])
        revision = await connection.scalar(text("SELECT version_num FROM alembic_version"))
        await into.execute(
            text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        )
        await into.execute(text("INSERT INTO alembic_version VALUES (:it)"), {"it": revision})
        await into.commit()
    await target.close()
