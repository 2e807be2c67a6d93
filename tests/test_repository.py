"""The repository tells the truth about itself: settings, commands, files, sizes."""

from __future__ import annotations

import os
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from bot.__main__ import cli
from bot.settings import PREFIX, SECRETS, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SETTINGS = {PREFIX + name.upper() for name in Settings.model_fields}
TOLD = ("README.md", "CHANGELOG.md", ".github/CONTRIBUTING.md", "docs/architecture.md")

LONGEST_MODULE = 300
NOT_HERE = {
    "an address that nothing here needs": r"https?://(?!(127\.0\.0\.1|localhost|t\.me|t|x\.y|e\.org"
    r"|[\w.]*[Ee]xample(\.\w+)?|(api|core)\.telegram\.org|www\.w3\.org|semver\.org"
    r"|keepachangelog\.com)(?![\w.-]))[\w-]+\.[\w.-]+",
    "a path of somebody's machine": r"(?<![\w.$}-])/(work|root|Users)/\w|(?<![\w.$}-])/home/\w",
}


@cache
def tracked() -> tuple[Path, ...]:
    """The files that are, or are about to be, in git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    files = [ROOT / name for name in listed.split("\0") if name]
    return tuple(file for file in files if file.is_file())


def told(name: str) -> str:
    """What a document says."""
    return (ROOT / name).read_text("utf-8")


def test_every_setting_is_in_the_readme_and_nothing_else_is() -> None:
    rows = re.findall(r"^\| `(PROXENY_\w+)`", README, re.MULTILINE)
    assert sorted(rows) == sorted(SETTINGS)


def test_every_setting_is_in_the_example_and_nothing_else_is() -> None:
    example = re.findall(r"^#?(PROXENY_\w+)=", told(".env.example"), re.MULTILINE)
    assert sorted(example) == sorted(SETTINGS)


def test_the_example_gives_the_defaults() -> None:
    given = dict(re.findall(r"^#(PROXENY_\w+)=(.+)$", told(".env.example"), re.MULTILINE))
    for name in ("api_url", "paid_broadcast", "log"):
        default = Settings.model_fields[name].default
        assert given[PREFIX + name.upper()] == str(default).lower(), name


def test_the_readme_names_every_setting_that_may_be_a_file() -> None:
    named = set(re.findall(r"`(PROXENY_\w+)_FILE`", README))
    assert named == {PREFIX + name.upper() for name in SECRETS}


@pytest.mark.parametrize("name", TOLD)
def test_the_make_commands_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", told("Makefile"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=[`\n ]|$)", _code(told(name)))) <= targets


@pytest.mark.parametrize("name", TOLD)
def test_the_commands_of_proxeny_exist(name: str) -> None:
    names = (each.callback.__name__ for each in cli.registered_commands if each.callback)
    known = {each.replace("_", "-") for each in names}
    assert set(re.findall(r"(?:\bproxeny|-m bot) ([a-z][a-z-]+)", _code(told(name)))) <= known


def _code(text: str) -> str:
    """What a document sets as code, one piece a line."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


@pytest.mark.parametrize("name", TOLD)
def test_the_files_it_names_exist(name: str) -> None:
    text, here = told(name), (ROOT / name).parent
    rooms = r"(?:bot|tests|docs|locales|migrations|deploy|\.github|\.ci)/"
    named = {ROOT / path for path in re.findall(rf"`({rooms}[\w./-]+)`", text)}
    linked = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    missing = [path for path in (*named, *(here / link for link in linked)) if not path.exists()]
    assert missing == []


@pytest.mark.parametrize("room", ["bot", "tests", "migrations"])
def test_no_module_is_too_long(room: str) -> None:
    ours = [file for file in tracked() if file.suffix == ".py" and (ROOT / room) in file.parents]
    sizes = {file.relative_to(ROOT): len(file.read_text("utf-8").splitlines()) for file in ours}
    made = Path("migrations/versions")  # what Alembic writes is as long as it is
    long = {f: n for f, n in sizes.items() if n > LONGEST_MODULE and made not in f.parents}
    assert long == {}


@pytest.mark.parametrize("what", NOT_HERE)
def test_nothing_ties_it_to_a_place(what: str) -> None:
    found = []
    for file in tracked():
        try:
            text = file.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        if hit := re.search(NOT_HERE[what], text):
            found.append(f"{file.relative_to(ROOT)}: {hit[0]}")
    assert found == []


def test_both_locks_have_a_hash_for_everything() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        pinned = re.split(r"^(?=[a-z0-9])", told(name), flags=re.MULTILINE)[1:]
        assert [each.splitlines()[0] for each in pinned if "--hash=sha256:" not in each] == []


def test_a_python_that_is_too_old_is_told_in_one_line(tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\necho 3.9\n")
    old.chmod(0o755)
    command = ["make", "sandbox", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}"]
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(command, cwd=ROOT, env=outside, capture_output=True, text=True)
    assert done.returncode != 0
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert f"Proxeny needs Python 3.11 or newer and {old} is 3.9." in line


def test_ci_runs_the_commands_of_the_readme() -> None:
    run = re.findall(r"^make (\w+)$", told(".ci/run"), re.MULTILINE)
    assert run == ["check", "test", "soak"]
    assert "make test" in _code(README)
