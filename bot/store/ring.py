"""Which keys a database needs, what they must know of its past, and a new secret while it runs.

The fact `key` names the keys (their ids) with which something in it may be sealed: one, or two
while a new secret takes the old one's place. The fact `index` has, sealed, the index keys of its
former secrets and the key of its queues.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import inspect

from bot.store import facts
from bot.store.db import Db, Store
from bot.store.keys import Keys, Link, WrongKey
from bot.store.lock import Lock

KEY_FACT, INDEX_FACT = "key", "index"
PLACE = f"facts|{INDEX_FACT}|value"


def lock_on(store: Store, key: bytes, *, shared: bool) -> Lock:
    """Shared by all processes whose newest key it is; nobody's, who may take it, once it is old."""
    return Lock(store, f"key {key.hex()}", shared)


@dataclass(slots=True)
class Ring:
    """The keys of an open store: theirs at the start, and others once a secret is replaced."""

    store: Store
    _lock: Lock | None = field(default=None)

    async def check(self) -> None:
        """Sees that this database was sealed with our keys; raises WrongKey, nothing written."""
        await self._mark(self.store.keys)
        async with self.store.writer.connect() as connection:
            tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        if "facts" not in tables:
            return
        async with self.store.begin() as db:
            known = await sealing(db)
        if not known <= set(self.store.keys.ids):
            raise WrongKey("this database was written with another secret key")

    async def join(self, keys: Keys) -> None:
        """From now on these keys seal and open, and know the database's past; raises WrongKey."""
        await self._mark(keys)
        async with self.store.begin() as db:
            known = await sealing(db)
            if not known <= set(keys.ids):
                raise WrongKey("this database needs another secret key, too")
            await facts.put(db, KEY_FACT, _written(known | {keys.id}))
            self.store.keys = await _remembering(db, keys)

    async def _mark(self, keys: Keys) -> None:
        """Others see by a lock which key we seal with, so that none is taken from under us."""
        lock = lock_on(self.store, keys.id, shared=True)
        if self._lock is not None and self._lock.name == lock.name:
            return
        if not await lock.ours():
            raise WrongKey("this database is being written anew with another secret key")
        await self.leave()
        self._lock = lock

    async def leave(self) -> None:
        """We seal no more."""
        if self._lock is not None:
            await self._lock.release()

    async def close(self) -> None:
        """Closes the store: we seal no more."""
        await self.leave()
        await self.store.close()


async def sealing(db: Db) -> set[bytes]:
    """The ids of the keys with which something in this database may be sealed."""
    known = await facts.get(db, KEY_FACT) or ""
    return {bytes.fromhex(each) for each in known.split(",") if each}


def _written(ids: Iterable[bytes]) -> str:
    return ",".join(sorted(each.hex() for each in ids))


async def _remembering(db: Db, keys: Keys) -> Keys:
    if sealed := await facts.get(db, INDEX_FACT):
        return keys.after(*_read(keys.open(base64.b64decode(sealed), PLACE)))
    await _write(db, keys, keys.former)
    return keys


def _read(plain: bytes) -> tuple[list[Link], bytes]:
    told = json.loads(plain)
    former = [(bytes.fromhex(id_), bytes.fromhex(key)) for id_, key in told["former"]]
    return former, bytes.fromhex(told["queue"])


async def _write(db: Db, keys: Keys, former: tuple[Link, ...]) -> None:
    told = {"former": [[id_.hex(), key.hex()] for id_, key in former], "queue": keys.queue.hex()}
    sealed = keys.seal(json.dumps(told).encode(), PLACE)
    await facts.put(db, INDEX_FACT, base64.b64encode(sealed).decode())


async def finish(db: Db, keys: Keys) -> None:
    """All is sealed with the newest key: nothing needs the old one any more."""
    await _write(db, keys, keys.former)
    await facts.put(db, KEY_FACT, _written([keys.id]))
