"""The database: opening it, its column types, one unit of work, and all that differs by dialect.

`async with store.begin() as db` is the unit of work. SQLite has one writer connection, which takes
the write lock at the start of each transaction; readers have their own read-only connections.
"""

from __future__ import annotations

import itertools
import json
import secrets
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, ClassVar, Protocol, TypeAlias, TypeVar

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Executable,
    Integer,
    LargeBinary,
    Select,
    Table,
    TypeDecorator,
    event,
    insert,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Row, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store import onetrip
from bot.store.keys import Keys

Id = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware instant, kept in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Secret(TypeDecorator[bytes]):
    """A column whose JSON value is sealed: `Db.add` and `Db.change` seal it, `Db.all` opens it."""

    impl = LargeBinary
    cache_ok = True


class Loaded(Protocol):
    """A frozen dataclass whose fields are columns of its `table`."""

    table: ClassVar[Table]
    __dataclass_fields__: ClassVar[dict[str, Any]]


Noun = TypeVar("Noun", bound=Loaded)
Query: TypeAlias = Select[*tuple[Any, ...]]
Record: TypeAlias = Row[*tuple[Any, ...]]

_sequence = itertools.count(secrets.randbits(20))
_EPOCH_MS = 1_735_689_600_000  # 2025-01-01


def new_id() -> int:
    """A row id: milliseconds since 2025 above 20 bits that differ between processes.

    The application chooses ids, because a sealed value's associated data names its row.
    """
    return (time.time_ns() // 1_000_000 - _EPOCH_MS) << 20 | next(_sequence) & 0xFFFFF


@dataclass(frozen=True, slots=True)
class Db:
    """An open transaction."""

    connection: AsyncConnection
    keys: Keys

    async def add(self, table: Table, **values: Any) -> int:
        """Inserts a row and returns its id."""
        row_id = int(values.setdefault("id", new_id()))
        await self.connection.execute(insert(table).values(self.sealed(table, row_id, values)))
        return row_id

    async def add_new(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Inserts sealed rows, leaving out those whose unique values are there already."""
        dialect = self.connection.dialect.name
        query = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table)
        if rows:
            await self.connection.execute(query.on_conflict_do_nothing(), rows)

    async def change(self, table: Table, row_id: int, **values: Any) -> None:
        """Updates columns of one row."""
        query = update(table).where(table.c.id == row_id)
        await self.connection.execute(query.values(self.sealed(table, row_id, values)))

    async def all(
        self, noun: type[Noun], query: Query, bound: Mapping[str, Any] | None = None
    ) -> list[Noun]:
        """The rows of a query that selects the columns of `noun.table`."""
        found = (await self.connection.execute(query, bound)).all()
        return [self.opened(noun, row) for row in found]

    async def one(
        self, noun: type[Noun], query: Query, bound: Mapping[str, Any] | None = None
    ) -> Noun | None:
        """The first row of such a query, if there is one."""
        row = (await self.connection.execute(query, bound)).first()
        return None if row is None else self.opened(noun, row)

    async def rows(self, query: Query) -> Sequence[Record]:
        """Rows as they are, sealed columns closed."""
        found: Sequence[Record] = (await self.connection.execute(query)).all()
        return found

    async def scalar(self, query: Query) -> Any:
        """The first column of the first row, or None."""
        return (await self.connection.execute(query)).scalar()

    async def each(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """Executes a statement once for each row of its bound values."""
        if rows:
            await self.connection.execute(statement, rows)

    async def run(self, statement: Executable) -> int:
        """Executes a statement and returns how many rows it touched."""
        return (await self.connection.execute(statement)).rowcount

    def sealed(self, table: Table, row_id: int | str, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values with secret columns sealed."""
        return {
            name: self._seal(table, row_id, name, value)
            if isinstance(table.c[name].type, Secret)
            else value
            for name, value in values.items()
        }

    def _seal(self, table: Table, row_id: int | str, column: str, value: Any) -> bytes | None:
        if value is None:
            return None
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "surrogatepass"
        )
        return self.keys.seal(data, f"{table.name}|{row_id}|{column}")

    def opened(self, noun: type[Noun], row: Record) -> Noun:
        """A row as its frozen dataclass, secrets opened."""
        values = row._mapping  # noqa: SLF001 - SQLAlchemy's documented name
        found = {each.name: values[each.name] for each in fields(noun) if each.name in values}
        for name, value in found.items():
            if value is not None and isinstance(noun.table.c[name].type, Secret):
                found[name] = self.open(noun.table, values["id"], name, value)
        return noun(**found)

    def open(self, table: Table, row_id: int | str, column: str, value: bytes) -> Any:
        """What was sealed into a column of a row."""
        return json.loads(self.keys.open(value, f"{table.name}|{row_id}|{column}"))


@dataclass(slots=True)
class Store:
    """The database and its keys, which are others once a secret is replaced (`bot.store.ring`)."""

    writer: AsyncEngine
    reader: AsyncEngine
    keys: Keys

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Db]:
        """One transaction: committed at the end, rolled back whole if anything raises."""
        async with self.writer.begin() as connection:
            yield Db(connection, self.keys)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Db]:
        """One consistent look; on SQLite it cannot write and waits for no writer."""
        async with self.reader.begin() as connection:
            yield Db(connection, self.keys)

    @property
    def shared(self) -> bool:
        """Whether other processes may work on the same database (PostgreSQL)."""
        return self.writer.dialect.name == "postgresql"

    async def close(self) -> None:
        """Gives back all connections."""
        await self.reader.dispose()
        await self.writer.dispose()


def open_store(url: str, keys: Keys) -> Store:
    """Opens `sqlite:///file`, or `postgresql://…`, without touching it yet."""
    where = make_url(url)
    if where.get_backend_name() == "sqlite":
        return Store(_sqlite(where, write=True), _sqlite(where, write=False), keys)
    engine = create_async_engine(
        where.set(drivername="postgresql+asyncpg"), pool_size=20, hide_parameters=True
    )
    return Store(engine, engine, keys)


def _sqlite(where: URL, *, write: bool) -> AsyncEngine:
    file = where.set(drivername="sqlite+aiosqlite")
    size = 1 if write else 4
    engine = create_async_engine(
        file,
        pool_size=size,
        max_overflow=0,
        pool_timeout=600,
        hide_parameters=True,
        pool_reset_on_return=None,  # `begin` ends what it began
        connect_args={"timeout": 60, "async_creator_fn": onetrip.connect},
    )
    first = (
        ["PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON"]
        if write
        else ["PRAGMA query_only=ON"]
    )

    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not open transactions of its own
        cursor = connection.cursor()
        for pragma in first:
            cursor.execute(pragma)
        cursor.close()

    def begun(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    event.listen(engine.sync_engine, "connect", connected)
    event.listen(engine.sync_engine, "begin", begun)
    return engine
