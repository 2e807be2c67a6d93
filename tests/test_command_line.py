"""`proxeny` as a process: trouble is one line, never a traceback, never the token."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import Person, Sandbox
from bot.store.keys import new_secret

ROOT = Path(__file__).parents[1]
TOKEN = "123456789:" + "A" * 35
Process = asyncio.subprocess.Process


async def started(folder: Path, *args: str, **environment: str) -> Process:
    """`proxeny` with these arguments in a folder."""
    given = {f"PROXENY_{name.upper()}": value for name, value in environment.items()}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *args),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **given},
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def ran(folder: Path, *args: str, **environment: str) -> tuple[int | None, str, str]:
    """Its exit code, output and errors."""
    process = await started(folder, *args, **environment)
    output, errors = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode, output.decode(), errors.decode()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A Telegram of our own."""
    running = await Sandbox.start(page=False)
    yield running
    await running.stop()


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({}, "PROXENY_TOKEN is not set (a file with it may be named by PROXENY_TOKEN_FILE)"),
        ({"token": "x"}, "PROXENY_TOKEN is not a bot token; BotFather gives one such as"),
        ({"token": TOKEN, "owners": "ana"}, "PROXENY_OWNERS must be Telegram ids"),
        ({"token": TOKEN, "log": "loud"}, "PROXENY_LOG must be debug, info, warning or error"),
        ({"token": TOKEN, "secret_key": "x"}, "PROXENY_SECRET_KEY: the secret key is not base64"),
        ({"token_file": "/nowhere"}, "PROXENY_TOKEN_FILE: /nowhere can't be read"),
    ],
)
async def test_a_malformed_setting_is_one_line(
    tmp_path: Path, environment: dict[str, str], line: str
) -> None:
    code, output, errors = await ran(tmp_path, "run", **environment)
    assert (code, output) == (1, "")
    assert errors.startswith(f"proxeny: {line}")
    assert errors.count("\n") == 1


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({"api_url": "http://127.0.0.1:9"}, "could not start (NetworkError): Telegram refused"),
        ({"database_url": "sqlite:////nowhere/x.db"}, "could not start (OperationalError): "),
        (
            {"database_url": "postgresql://u:secret-password@127.0.0.1:9/x"},
            "could not start (",
        ),
        ({"listen": "256.1.1.1:80"}, "could not start ("),
    ],
)
async def test_what_can_not_be_reached_is_one_line(
    tmp_path: Path, sandbox: Sandbox, environment: dict[str, str], line: str
) -> None:
    settings = {
        "token": sandbox.token,
        "secret_key": new_secret(),
        "api_url": sandbox.url,
        "log": "error",
    }
    code, _, errors = await ran(tmp_path, "run", **settings | environment)
    assert code == 1
    assert f"proxeny: {line}" in errors
    assert errors.count("\n") == 1
    assert sandbox.token not in errors
    assert "secret-password" not in errors


async def test_a_wrong_token_is_one_line_without_it(tmp_path: Path, sandbox: Sandbox) -> None:
    settings = {"secret_key": new_secret(), "api_url": sandbox.url, "log": "error"}
    code, _, errors = await ran(tmp_path, "run", token=TOKEN, **settings)
    assert code == 1
    assert errors.startswith("proxeny: could not start (InvalidToken): Telegram refused the call")
    assert errors.count("\n") == 1
    assert TOKEN not in errors


async def test_run_makes_a_key_talks_and_stops(tmp_path: Path, sandbox: Sandbox) -> None:
    process = await started(tmp_path, "run", token=sandbox.token, api_url=sandbox.url)
    assert process.stdout is not None
    claim = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
    assert claim.startswith(
        f"Nobody owns this bot yet. To claim it, open https://t.me/{sandbox.username}"
    )
    ana = await Person.create(sandbox.url, "Ana")
    await ana.says("/help")
    await ana.waits()
    process.send_signal(signal.SIGTERM)
    _, errors = await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0
    assert "A NEW SECRET KEY WAS MADE: BACK IT UP" in errors.decode()
    assert "Traceback" not in errors.decode()
    assert sandbox.token not in errors.decode()
    assert stat.S_IMODE((tmp_path / "proxeny.key").stat().st_mode) == 0o600
    assert (tmp_path / "proxeny.db").exists()


async def test_backup_goes_to_a_new_file(tmp_path: Path) -> None:
    settings = {"token": TOKEN, "secret_key": new_secret()}
    assert (await ran(tmp_path, "migrate", **settings))[0] == 0
    code, _, errors = await ran(tmp_path, "backup", "copy.db", **settings)
    assert (code, errors) == (0, "")
    with sqlite3.connect(tmp_path / "copy.db") as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    code, _, errors = await ran(tmp_path, "backup", "copy.db", **settings)
    assert code == 1
    assert errors == "proxeny: copy.db is there already; a backup goes to a new file\n"


async def test_a_backup_of_nothing_says_so(tmp_path: Path) -> None:
    settings = {"token": TOKEN, "secret_key": new_secret(), "database_url": "sqlite:///none.db"}
    code, _, errors = await ran(tmp_path, "backup", "copy.db", **settings)
    assert code == 1
    assert errors.count("\n") == 1
    assert not (tmp_path / "none.db").exists()


def test_without_a_command_it_shows_what_there_is() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "bot"], cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    for command in ("run", "migrate", "backup", "sandbox"):
        assert command in shown.stdout + shown.stderr
