"""aiosqlite without a trip to its thread for a statement that has nothing to wait for.

SQLAlchemy asks an aiosqlite cursor to open, execute, fetch and close: four trips to the
connection's thread, and each costs several times what the statement does. In WAL mode only the
write lock (`BEGIN IMMEDIATE`), a commit (fsync) and the settings at the start can wait for anybody:
those take one trip. All else is done on the spot, tens of microseconds each.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import aiosqlite

WAITS = ("BEGIN IMMEDIATE", "PRAGMA", "VACUUM")


class Connection(aiosqlite.Connection):
    """A connection whose cursors take one trip at the most."""

    def cursor(self) -> Cursor:  # type: ignore[override]  # SQLAlchemy enters it, as it would aiosqlite's
        """A cursor; nothing has happened yet."""
        return Cursor(self)

    async def _connect(self) -> aiosqlite.Connection:
        try:
            return await super()._connect()
        except sqlite3.Error:
            self._thread.join()  # it is at its end; later it would find no loop to report to
            raise

    async def run(self, many: bool, sql: str, parameters: Any) -> tuple[sqlite3.Cursor, list[Any]]:
        """Executes a statement and fetches everything."""

        def work() -> tuple[sqlite3.Cursor, list[Any]]:
            execute = self._conn.executemany if many else self._conn.execute
            cursor = execute(sql, parameters)
            return cursor, cursor.fetchall() if cursor.description else []

        if not sql.startswith(WAITS):
            return work()
        to_thread: Any = self._execute
        found: tuple[sqlite3.Cursor, list[Any]] = await to_thread(work)
        return found


class Cursor:
    """What SQLAlchemy asks of a cursor, answered from what `run` brought back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._done: sqlite3.Cursor | None = None
        self._rows: list[Any] = []
        self.arraysize = 1

    async def __aenter__(self) -> Cursor:
        """The cursor itself: it is open as it is."""
        return self

    @property
    def description(self) -> Any:
        """The columns of the result, None where there is none."""
        return self._done.description if self._done else None

    @property
    def rowcount(self) -> int:
        """Rows touched, -1 where that is not known."""
        return self._done.rowcount if self._done else -1

    @property
    def lastrowid(self) -> int | None:
        """SQLite's number of the last row inserted."""
        return self._done.lastrowid if self._done else None

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        """Executes a statement and brings back its rows."""
        self._done, self._rows = await self._connection.run(False, sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> Cursor:
        """Executes a statement for each of the parameters."""
        self._done, self._rows = await self._connection.run(True, sql, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        """The rows that came back."""
        return self._rows

    async def close(self) -> None:
        """Nothing is left open."""


def connect(database: str, **options: Any) -> Connection:
    """Like `aiosqlite.connect`; await it to open."""
    opens = partial(sqlite3.connect, database, **options | {"check_same_thread": False})
    made = Connection(opens, iter_chunk_size=64)
    made._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does, lest a crash hang on it
    return made
