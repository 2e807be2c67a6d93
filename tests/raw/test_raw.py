"""What somebody finds who takes the server's disk, without the key: nobody."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest

from bot import app, settings
from bot.sandbox import Sandbox
from bot.store.keys import Keys, new_secret
from tests.conftest import KINDS, fresh_schema
from tests.raw.busy import Traced, arrive, busy, settled
from tests.raw.needles import found, of_number, of_text

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=KINDS)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """A database without tables, and the folder in which its files are."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bot.db", tmp_path
    address = fresh_schema(request.getfixturevalue("postgres"))
    return address, Path(parse_qs(urlsplit(address).query)["host"][0])


@pytest.mark.parametrize("many", [10, pytest.param(200, marks=pytest.mark.soak)])
@pytest.mark.timeout(600)
async def test_the_disk_names_nobody(where: tuple[str, Path], tmp_path: Path, many: int) -> None:
    """After a busy run: database, write-ahead log, backup and logs, read as bytes."""
    database, folder = where
    secret, sandbox = new_secret(), await Sandbox.start(limits=False, page=False)
    who = await arrive(sandbox, many)
    matches = await prepared(database, secret, who)
    async with running(database, secret, sandbox, tmp_path):
        await busy(who, matches)
        await backed_up(database, secret, tmp_path)
        await checkpoint(database)
    await sandbox.stop()
    raws = list(everything_in(folder, tmp_path))
    assert sum(map(len, raws)) > 300_000
    needles = {needle for each in who for needle in each.needles()}
    assert set[bytes]().union(*(found(raw, needles) for raw in raws)) == set()
    a_control(who, raws)


def a_control(who: Sequence[Traced], raws: Sequence[bytes]) -> None:
    """Whatever way something is written, the search would have found it there."""
    for needle in (*of_text(who[0].texts[-1]), *of_number(who[0].actor.person.id)):
        assert found(raws[0][:100_000] + needle + raws[0][:1000], [needle]) == {needle}


def everything_in(*folders: Path) -> Iterator[bytes]:
    """All files of a database, its backup and its logs."""
    for folder in dict.fromkeys(folders):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.stat().st_size:
                yield file.read_bytes()


async def prepared(database: str, secret: str, who: Sequence[Traced]) -> list[int]:
    """The database with everybody in it; the matches' row ids."""
    keys = Keys.of(secret)
    ring = await app.open_database(
        settings.load(token="1:" + "A" * 35, database_url=database), keys
    )
    async with ring.store.begin() as db:
        matches = await settled(db, who)
    await ring.close()
    return matches


def environment(database: str, secret: str, token: str, url: str) -> dict[str, str]:
    """What a bot in a process of its own is told; it logs all it can."""
    return {
        "PATH": os.environ["PATH"],
        "PROXENY_TOKEN": token,
        "PROXENY_API_URL": url,
        "PROXENY_DATABASE_URL": database,
        "PROXENY_SECRET_KEY": secret,
        "PROXENY_PAID_BROADCAST": "true",
        "PROXENY_LOG": "debug",
    }


@asynccontextmanager
async def running(
    database: str, secret: str, sandbox: Sandbox, folder: Path
) -> AsyncIterator[None]:
    """A bot with its log in a file. It ends as in a seizure: nothing is tidied up."""
    with (folder / "bot.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            env=environment(database, secret, sandbox.token, sandbox.url),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
        try:
            assert process.stdout is not None
            await asyncio.wait_for(process.stdout.readline(), 30)
            yield
        finally:
            process.kill()
            await process.wait()


async def backed_up(database: str, secret: str, folder: Path) -> None:
    """`proxeny backup` beside the running bot."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "backup", str(folder / "backup.db")),
        env=environment(database, secret, "1:" + "A" * 35, "http://127.0.0.1:9"),
        cwd=ROOT,
    )
    assert await asyncio.wait_for(process.wait(), 60) == 0


async def checkpoint(database: str) -> None:
    """PostgreSQL writes to its files what it has in memory."""
    if not database.startswith("sqlite"):
        connection = await asyncpg.connect(database)
        await connection.execute("CHECKPOINT")
        await connection.close()
