"""In which order the keys stand: the database knows, and what is not in its order is refused."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import delete
from structlog.testing import capture_logs

from bot.delivery.rekey import KeyWatch
from bot.store import people, ring, rotation
from bot.store.db import Db, Store, open_store
from bot.store.keys import Keys, WrongKey
from bot.store.ring import Ring
from bot.store.tables import facts
from tests.conftest import cleared
from tests.store.test_rotation import NEW, NEWEST, NOW, OLD, filled, rewritten

NAMES = {"old": OLD, "new": NEW, "newest": NEWEST}
FILES = [*NAMES, *(f"{one} {other}" for one in NAMES for other in NAMES if one != other)]
FITS = {
    "fresh": FILES,
    "one key": ["old", "new old", "newest old"],
    "joined": ["new old"],
    "half": ["new old"],
    "finished": ["new", "new old", "newest new"],
    "second joined": ["newest new"],
    "second finished": ["newest", "newest old", "newest new"],
}


def keys(named: str) -> Keys:
    """The keys that a file would have."""
    return Keys.of("\n".join(NAMES[each] for each in named.split()))


async def rotating(database: str, named: str, *, steps: int = 0, all_: bool = False) -> None:
    """A process with these keys, that rewrites some of it or all."""
    at = Ring(open_store(database, keys(named)))
    await at.check()
    await at.join(keys(named))
    going = rotation.steps(at.store)
    for _ in range(steps):
        await anext(going)
    if all_:
        await rewritten(at.store)
    await at.close()


async def come_to(database: str, state: str) -> None:
    """The database is in this state."""
    if state == "fresh":
        return
    store = open_store(database, keys("old"))
    await filled(store, 30)
    await store.close()
    if state != "one key":
        steps, done = {"joined": 0}.get(state, 2), state not in {"joined", "half"}
        await rotating(database, "new old", steps=steps, all_=done)
    if state.startswith("second"):
        await rotating(database, "newest new", all_=state == "second finished")


@pytest.mark.parametrize("state", FITS)
async def test_only_what_is_in_the_order_of_the_database_comes_in(
    sqlite_model: Path, tmp_path: Path, state: str
) -> None:
    """At start as in a process that runs; and who comes in finds everybody."""
    model = tmp_path / "model.db"
    shutil.copy(sqlite_model, model)
    await come_to(f"sqlite:///{model}", state)
    fit = []
    for number, named in enumerate(FILES):
        shutil.copy(model, tmp_path / f"{number}.db")
        if await _comes_in(f"sqlite:///{tmp_path}/{number}.db", named, state):
            fit.append(named)
    assert fit == FITS[state]


async def _comes_in(database: str, named: str, state: str) -> bool:
    at = Ring(open_store(database, keys(named)))
    try:
        await at.check()
    except WrongKey:
        with pytest.raises(WrongKey):
            await at.join(keys(named))
        return False
    else:
        await at.join(keys(named))
        if state != "fresh":
            await _everybody_is_found(at.store)
        return True
    finally:
        await at.close()


async def _everybody_is_found(store: Store) -> None:
    async with store.read() as db:
        for n in (0, 2, 3, 29):
            assert await people.by_telegram_id(db, 5_000_000_000 + n)


async def test_the_first_to_come_says_which_is_the_newer(sqlite_model: Path) -> None:
    """Of two keys of a fresh database the first seals, and the other can't come in front later."""
    database = f"sqlite:///{sqlite_model.parent}/fresh.db"
    shutil.copy(sqlite_model, sqlite_model.parent / "fresh.db")
    await rotating(database, "new old")
    for named in ("old new", "old", "newest old"):
        at = Ring(open_store(database, keys(named)))
        with pytest.raises(WrongKey):
            await at.check()
        await at.close()
    await rotating(database, "new", all_=True)


@pytest.mark.parametrize(
    ("state", "named", "says"),
    [
        ("one key", "new", "this database was written with another secret key"),
        ("half", "new", "is sealed with two secret keys, and needs both"),
        ("half", "old", "is sealed with two secret keys, and needs both"),
        ("one key", "old new", "the newest must be in front"),
        ("finished", "old new", "the newest must be in front"),
    ],
)
async def test_it_says_what_is_wrong(
    sqlite_model: Path, tmp_path: Path, state: str, named: str, says: str
) -> None:
    shutil.copy(sqlite_model, tmp_path / "test.db")
    await come_to(f"sqlite:///{tmp_path}/test.db", state)
    at = Ring(open_store(f"sqlite:///{tmp_path}/test.db", keys(named)))
    with pytest.raises(WrongKey, match=says):
        await at.check()
    await at.close()


@pytest.mark.parametrize("bad", ["old new", "old", "new", "old old", "", "nonsense"])
async def test_a_bot_that_runs_keeps_its_keys_where_the_file_is_wrong(
    database: str, tmp_path: Path, bad: str
) -> None:
    """The file is swapped, cut, emptied or spoilt while all is rewritten: one line, no more."""
    await come_to(database, "one key")
    file = tmp_path / "proxeny.key"
    at = Ring(open_store(database, keys("old")))
    await at.check()
    await at.join(keys("old"))
    watch = KeyWatch(at, file, asyncio.Event())
    file.write_bytes(f" {NEW} \r\n{OLD}\r\n\r\n".encode())
    await watch.look()
    await anext(rotation.steps(at.store))
    file.write_text(" ".join(NAMES.get(each, each) for each in bad.split()))
    with capture_logs() as lines:
        for _ in range(3):
            await watch.look()
    assert [line["event"] for line in lines] == ["the key file is not followed"]
    assert not any(secret in str(lines) for secret in NAMES.values())
    assert at.store.keys.ids == keys("new old").ids
    await _everybody_is_found(at.store)
    await rewritten(at.store)
    file.write_text(NEW)
    await watch.look()
    assert at.store.keys.ids == keys("new").ids
    await at.close()


async def test_a_file_that_is_gone_is_one_line(database: str, tmp_path: Path) -> None:
    at = Ring(open_store(database, keys("old")))
    await at.join(keys("old"))
    watch = KeyWatch(at, tmp_path / "proxeny.key", asyncio.Event())
    with capture_logs() as lines:
        for _ in range(3):
            await watch.look()
    assert len(lines) == 1
    await at.close()


@pytest.mark.postgres
async def test_who_was_refused_still_shows_which_key_it_seals_with(postgresql_model: str) -> None:
    """Else the old key would be taken from under a process that goes on with it."""
    await cleared(postgresql_model)
    slow, quick = (Ring(open_store(postgresql_model, keys("old"))) for _ in range(2))
    for each in (slow, quick):
        await each.join(keys("old"))
    await quick.join(keys("new old"))
    with pytest.raises(WrongKey):
        await slow.join(keys("newest old"))
    await rewritten(quick.store)
    async with quick.store.read() as db:
        assert await ring.sealing(db) == set(keys("new old").ids)
    for each in (slow, quick):
        await each.close()


async def test_of_two_that_come_at_once_with_other_keys_one_is_refused(database: str) -> None:
    """Neither may overwrite what the other noted: in an empty database, and beside an old key."""
    for first, second in (("old", "newest"), ("new old", "newest old")):
        both = [Ring(open_store(database, keys(each))) for each in (first, second)]
        done = await asyncio.gather(
            both[0].join(keys(first)), both[1].join(keys(second)), return_exceptions=True
        )
        assert sorted(type(each).__name__ for each in done) == ["NoneType", "WrongKey"]
        for each in both:
            await each.close()
        await cleared_of_facts(database)
        await rotating(database, "old")


async def cleared_of_facts(database: str) -> None:
    """As if nobody had been here."""
    store = open_store(database, keys("old"))
    async with store.begin() as db:
        await db.run(delete(facts))
    await store.close()


async def test_a_commit_that_fails_leaves_the_keys_as_they_were(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is sealed with a key of which the database does not know."""
    await come_to(database, "one key")
    at = Ring(open_store(database, keys("old")))
    await at.join(keys("old"))

    begin = Store.begin

    @asynccontextmanager
    async def never_committed(store: Store) -> AsyncIterator[Db]:
        async with begin(store) as db:
            yield db
            raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(Store, "begin", never_committed)
        with pytest.raises(ConnectionError):
            await at.join(keys("new old"))
    assert at.store.keys.ids == keys("old").ids
    async with at.store.begin() as db:
        await people.met(db, 6_000_000_000, "en", NOW)
    await at.close()
