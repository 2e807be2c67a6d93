"""The key's file over a replacement: who may read it, where it is, and what a power cut leaves."""

from __future__ import annotations

import asyncio
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import new_key, settings
from bot.settings import Misconfigured, Settings
from bot.store import rotation
from bot.store.db import open_store
from bot.store.keys import Keys, WrongKey, new_secret
from bot.store.ring import Ring
from tests.store.test_rotation import NEWEST, OLD, filled
from tests.test_command_line import TOKEN

Loaded = Callable[[], tuple[Settings, Keys]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A key's file in a folder of its own."""
    (tmp_path / "keys").mkdir()
    made = tmp_path / "keys" / "key"
    made.write_text(OLD)
    made.chmod(0o600)
    return made


@pytest.fixture
async def start(
    file: Path, tmp_path: Path, sqlite_model: Path, monkeypatch: pytest.MonkeyPatch
) -> Loaded:
    """What the command line does first, over a database with people in it."""
    monkeypatch.setenv("PROXENY_SECRET_KEY_FILE", str(file))
    database = f"sqlite:///{tmp_path}/test.db"
    shutil.copy(sqlite_model, tmp_path / "test.db")
    store = open_store(database, Keys.of(OLD))
    await filled(store, 10)
    await store.close()

    def started() -> tuple[Settings, Keys]:
        loaded = settings.load(token=TOKEN, database_url=database)
        return loaded, settings.keys(loaded)[0]

    return started


async def replaced(start: Loaded) -> list[str]:
    """`proxeny rotate-key --here`, and what it told."""
    told: list[str] = []
    await new_key.replace(*start(), told.append, here=True)
    return told


async def opens(start: Loaded) -> Keys:
    """The bot would start with what the file has now, and find somebody."""
    loaded, keys = start()
    at = Ring(open_store(loaded.database, keys))
    await at.check()
    await at.close()
    return keys


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o440, 0o660])
async def test_who_may_read_it_stays_the_same(start: Loaded, file: Path, mode: int) -> None:
    """A bot that reads it as a member of the file's group goes on reading it."""
    file.chmod(mode)
    await replaced(start)
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert (await opens(start)).id != Keys.of(OLD).id


async def test_what_a_killed_command_left_shows_nothing(
    start: Loaded, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there with wider rights isn't written into, and a link leads nowhere."""
    stale, elsewhere = file.with_name("key.new"), file.with_name("elsewhere")
    stale.write_text("stale")
    stale.chmod(0o644)
    seen: list[int] = []
    fsync = os.fsync

    def synced(at: int) -> None:
        seen.append(stat.S_IMODE(os.fstat(at).st_mode)) if stat.S_ISREG(os.fstat(at).st_mode) else 0
        fsync(at)

    monkeypatch.setattr(os, "fsync", synced)
    await replaced(start)
    elsewhere.write_text("of somebody else")
    stale.symlink_to(elsewhere)
    await replaced(start)
    assert set(seen) == {0o600}
    assert elsewhere.read_text() == "of somebody else"
    assert not stale.is_symlink()
    await opens(start)


async def test_a_link_stays_a_link(start: Loaded, file: Path) -> None:
    real = file.with_name("real")
    file.rename(real)
    file.symlink_to(real)
    await replaced(start)
    assert file.is_symlink()
    assert real.read_text().strip() != OLD
    await opens(start)


@pytest.mark.parametrize("what", ["fchown", "fchmod", "fsync"])
async def test_where_it_can_not_be_written_nothing_is_left_of_the_new_key(
    start: Loaded, file: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(os, what, refused)
        with pytest.raises(Misconfigured, match="can't be written"):
            await replaced(start)
    assert file.read_text() == OLD
    assert [each.name for each in file.parent.iterdir()] == ["key"]
    await opens(start)


def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is made sure to outlive a power cut, in order, and the names that are given."""
    done: list[str] = []
    fsync, replace, steps = os.fsync, Path.replace, rotation.steps

    def synced(at: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(at).st_mode) else "file")
        fsync(at)

    def renamed(self: Path, target: Path) -> Path:
        done.append("name")
        return replace(self, target)

    def stepped(*given: object) -> object:
        done.append("rows")
        return steps(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    monkeypatch.setattr(rotation, "steps", stepped)
    return done


async def test_the_new_key_outlives_a_power_cut_before_anything_is_sealed_with_it(
    start: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = watched(monkeypatch)
    await replaced(start)
    assert done[:4] == ["file", "name", "folder", "rows"]
    assert done[-3:] == ["file", "name", "folder"]


def test_the_first_key_does_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = watched(monkeypatch)
    settings.keys(settings.load(token=TOKEN), tmp_path)
    assert done == ["file", "folder"]


def test_a_first_key_that_can_not_be_written_leaves_no_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        settings.keys(settings.load(token=TOKEN), tmp_path)
    assert list(tmp_path.iterdir()) == []


async def test_of_two_commands_at_once_one_is_refused(start: Loaded, file: Path) -> None:
    """Else each would put a key of its own in front, and one of them be lost."""
    first, second = start(), start()
    done = await asyncio.gather(
        new_key.replace(*first, str, here=True),
        new_key.replace(*second, str, here=True),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in done) == ["Misconfigured", "NoneType"]
    assert len(file.read_text().split()) == 1
    await opens(start)


async def test_the_file_counts_as_it_is_now(start: Loaded, file: Path) -> None:
    """The command was started, and another one came first and was killed."""
    before = start()
    file.write_text(f"{NEWEST}\n{OLD}\n")
    await new_key.replace(*before, str, here=True)
    assert file.read_text().split() == [NEWEST]
    await opens(start)


@pytest.mark.parametrize("swapped", [True, False])
async def test_a_file_that_is_changed_meanwhile_does_not_lose_the_new_key(
    start: Loaded, file: Path, monkeypatch: pytest.MonkeyPatch, swapped: bool
) -> None:
    """Swapped, the newer one stays; where it isn't in it any more the file is left as it is."""
    now: list[str] = []
    finish = rotation.finish

    async def meddled(store: object) -> None:
        new, old = file.read_text().split()
        now.append(new)
        file.write_text(f"{old} {new}" if swapped else old)
        await finish(store)  # type: ignore[arg-type]

    monkeypatch.setattr(rotation, "finish", meddled)
    if swapped:
        await replaced(start)
        assert file.read_text().split() == now
        await opens(start)
    else:
        with pytest.raises(Misconfigured, match="was changed meanwhile"):
            await replaced(start)
        assert file.read_text() == OLD


async def test_what_does_not_fit_the_database_is_found_before_the_file_is_changed(
    start: Loaded, file: Path
) -> None:
    file.write_text(other := new_secret())
    with pytest.raises(WrongKey):
        await replaced(start)
    assert file.read_text() == other


@pytest.mark.parametrize("here", [True, False])
async def test_without_a_database_there_is_nothing_to_replace(
    start: Loaded, file: Path, tmp_path: Path, here: bool
) -> None:
    loaded, keys = start()
    for each in tmp_path.glob("test.db*"):
        each.unlink()
    with pytest.raises(Misconfigured, match="no database"):
        await new_key.replace(loaded, keys, str, here=here)
    assert file.read_text() == OLD
    assert not list(tmp_path.glob("test.db*"))


async def test_a_database_that_no_bot_ever_used_is_none(
    start: Loaded, file: Path, tmp_path: Path
) -> None:
    loaded, keys = start()
    for each in tmp_path.glob("test.db*"):
        each.unlink()
    (tmp_path / "test.db").touch()
    with pytest.raises(Misconfigured, match="no database"):
        await new_key.replace(loaded, keys, str)
    assert file.read_text() == OLD


async def test_windows_line_ends_and_spaces(start: Loaded, file: Path) -> None:
    file.write_bytes(f"  {NEWEST}\t\r\n\r\n {OLD} \r\n".encode())
    await replaced(start)
    assert file.read_text().split() == [NEWEST]
    await opens(start)
