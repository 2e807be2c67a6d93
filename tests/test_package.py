"""The wheel, installed away from the checkout, brings all that the bot needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LOOK = """
import asyncio
from pathlib import Path
import bot
from bot.i18n import LANGUAGES, locales_folder
from bot.store import schema
from bot.store.db import open_store
from bot.store.keys import Keys, new_secret

async def migrated():
    store = open_store("sqlite:///new.db", Keys.of(new_secret()))
    await schema.migrate(store)
    await store.close()

package = Path(bot.__file__).parent
assert package.parent.name == "site", package
catalogs = sorted(file.parts[-3] for file in locales_folder().rglob("*.po"))
assert catalogs == sorted(LANGUAGES[1:]), catalogs
assert (package / "sandbox" / "static" / "index.html").exists()
asyncio.run(migrated())
assert Path("new.db").stat().st_size
print("all there")
"""


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the built wheel installed in its `site`."""
    folder = tmp_path_factory.mktemp("away")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run([*pip, *build], check=True)
    (wheel,) = folder.glob("proxeny-*.whl")
    install = ["install", "--no-deps", "--no-index", "--target", str(folder / "site"), str(wheel)]
    subprocess.run([*pip, *install], check=True)
    return folder


def python(away: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Runs the installed bot's python, outside the checkout."""
    environment = {"PYTHONPATH": str(away / "site"), "PATH": "", "LANG": "C.UTF-8"}
    command = [sys.executable, *args]
    return subprocess.run(command, cwd=away, env=environment, capture_output=True, text=True)


def test_the_installed_command_explains_itself(away: Path) -> None:
    done = python(away, "-m", "bot", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    for command in ("run", "migrate", "backup", "sandbox"):
        assert command in done.stdout


def test_catalogs_migrations_and_the_page_are_in_the_wheel(away: Path) -> None:
    done = python(away, "-c", LOOK)
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["all there"]), done.stderr


def test_a_missing_setting_is_one_line(away: Path) -> None:
    done = python(away, "-m", "bot", "run")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "PROXENY_TOKEN is not set" in done.stderr
