"""`proxeny rotate-key`: beside a bot that runs, by itself over kills, and where it can't."""

from __future__ import annotations

import asyncio
import random
import signal
import stat
from pathlib import Path

import pytest

from bot.sandbox import Person, Sandbox
from bot.store import people
from bot.store.db import open_store
from bot.store.keys import Keys, new_secret
from bot.store.ring import Ring
from tests.store.old_key import opens_all, sealed_with
from tests.store.test_rotation import filled, refused
from tests.test_command_line import TOKEN, ran, started


async def test_beside_a_bot_that_runs(tmp_path: Path) -> None:
    sandbox = await Sandbox.start(page=False)
    environment = {"token": sandbox.token, "api_url": sandbox.url}
    process = await started(tmp_path, "run", **environment)
    assert process.stdout is not None
    await asyncio.wait_for(process.stdout.readline(), 30)
    ana = await Person.create(sandbox.url, "Ana")
    await ana.says("/help")
    await ana.waits()
    file = tmp_path / "proxeny.key"
    old = file.read_text()
    code, output, errors = await ran(tmp_path, "rotate-key", **environment)
    assert (code, errors) == (0, "")
    assert "All is written anew" in output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (new,) = file.read_text().split()
    assert new not in (old.strip(), output)
    await ana.says("/privacy")
    await ana.sees("What is stored, and why")
    process.send_signal(signal.SIGTERM)
    _, errors_ = await asyncio.wait_for(process.communicate(), 10)
    assert b"Traceback" not in errors_
    await sandbox.stop()
    await refused(f"sqlite:///{tmp_path}/proxeny.db", old)


@pytest.mark.soak
async def test_killed_again_and_again(tmp_path: Path) -> None:
    """5,000 people; every run but the last is killed at some moment, and nobody is lost."""
    file, old = tmp_path / "proxeny.key", new_secret()
    store = open_store(f"sqlite:///{tmp_path}/proxeny.db", Keys.of(old))
    file.write_text(old)
    file.chmod(0o600)
    assert (await ran(tmp_path, "migrate", token=TOKEN))[0] == 0
    await filled(store, 5000, old)
    await store.close()
    choose, kills = random.Random(7), 0
    for _ in range(12):
        process = await started(tmp_path, "rotate-key", "--here", token=TOKEN)
        try:
            await asyncio.wait_for(process.wait(), choose.uniform(1.0, 3.0))
            break
        except TimeoutError:
            process.kill()
            await process.wait()
            kills += 1
    code, output, errors = await ran(tmp_path, "rotate-key", "--here", token=TOKEN)
    assert code == 0, output + errors
    assert kills > 2
    (secret,) = file.read_text().split()
    await _all_there(f"sqlite:///{tmp_path}/proxeny.db", Keys.of(secret))


async def _all_there(database: str, keys: Keys) -> None:
    at = Ring(open_store(database, keys))
    await at.check()
    await at.join(keys)
    assert set(await sealed_with(at.store)) == {keys.id.hex()}
    assert await opens_all(at.store, keys) >= 4999
    async with at.store.read() as db:
        for n in range(2, 5000, 499):
            assert await people.by_telegram_id(db, 5_000_000_000 + n)
    await at.close()


@pytest.mark.soak
async def test_a_key_of_the_environment_is_changed_by_hand(tmp_path: Path) -> None:
    old, new = new_secret(), new_secret()
    assert (await ran(tmp_path, "migrate", token=TOKEN, secret_key=old))[0] == 0
    code, _, errors = await ran(tmp_path, "rotate-key", token=TOKEN, secret_key=old)
    assert code == 1
    assert errors.startswith("proxeny: Where the key comes from, put a new one in front")
    both = {"token": TOKEN, "secret_key": f"{new} {old}"}
    code, output, errors = await ran(tmp_path, "rotate-key", "--here", **both)
    assert (code, "level='warning'" in errors) == (0, False)
    assert "Take the old key out" in output
    assert (await ran(tmp_path, "migrate", token=TOKEN, secret_key=new))[0] == 0
    assert (await ran(tmp_path, "migrate", token=TOKEN, secret_key=old))[0] == 1
