"""Which keys a database needs, what they must know of its past, and a new secret while it runs.

The fact `key` names the keys (their ids) with which something in it may be sealed: one, or two
while a new secret takes the old one's place. The fact `index` has, sealed, the index keys of its
former secrets and the key of its queues; it stays sealed with the old one until all is written
anew. So a database knows its keys' order. One that was replaced never seals again: with it in
front nobody would be found by their hash, and no block would hold.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import inspect

from bot.store import facts
from bot.store.db import Db, Store
from bot.store.keys import ID_SIZE, Keys, Link, WrongKey
from bot.store.lock import Lock

KEY_FACT, INDEX_FACT = "key", "index"
PLACE = f"facts|{INDEX_FACT}|value"

OTHER = "this database was written with another secret key"
BOTH = "this database is sealed with two secret keys, and needs both until it is written anew"
ORDER = "the secret keys are not in this database's order: the newest must be in front"
BUSY = "this database is being written anew with another secret key"


def lock_on(store: Store, key: bytes, *, shared: bool) -> Lock:
    """Shared by all processes whose newest key it is; nobody's, who may take it, once it is old."""
    return Lock(store, f"key {key.hex()}", shared)


@dataclass(slots=True)
class Ring:
    """The keys of an open store: theirs at the start, and others once a secret is replaced."""

    store: Store
    _lock: Lock | None = field(default=None)

    async def check(self) -> bool:
        """Sees that this database was sealed with our keys; raises WrongKey, nothing written.

        Returns whether anybody ever joined.
        """
        self._lock = await self._marked(self.store.keys)
        async with self.store.writer.connect() as connection:
            tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        if "facts" not in tables:
            return False
        async with self.store.begin() as db:
            known = await sealing(db)
            await _fitting(db, self.store.keys, known)
        return bool(known)

    async def join(self, keys: Keys) -> None:
        """From now on these keys seal and open, and know the database's past.

        Raises WrongKey where they don't fit; then all is as it was.
        """
        lock = await self._marked(keys)
        try:
            async with self.store.begin() as db:
                joined = await _joined(db, keys)
        except BaseException:
            if lock is not self._lock:
                await lock.release()
            raise
        self.store.keys = joined  # not before the database has noted them
        if lock is not self._lock:
            await self.leave()
            self._lock = lock

    async def _marked(self, keys: Keys) -> Lock:
        """Others see by a lock which key we seal with, so that none is taken from under us."""
        lock = lock_on(self.store, keys.id, shared=True)
        if self._lock is not None and self._lock.name == lock.name:
            return self._lock
        if not await lock.ours():
            await lock.release()
            raise WrongKey(BUSY)
        return lock

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
    return _ids(await facts.get(db, KEY_FACT) or "")


def _ids(written: str) -> set[bytes]:
    return {bytes.fromhex(each) for each in written.split(",") if each}


def _written(ids: Iterable[bytes]) -> str:
    return ",".join(sorted(each.hex() for each in ids))


async def _joined(db: Db, keys: Keys) -> Keys:
    known = _ids(await facts.held(db, KEY_FACT))
    keys = await _fitting(db, keys, known)
    await facts.put(db, KEY_FACT, _written(known | {keys.id}))
    if not await facts.get(db, INDEX_FACT):
        await _write(db, keys, keys.former)
    return keys


async def _fitting(db: Db, keys: Keys, known: set[bytes]) -> Keys:
    """The same keys, which know this database's past; raises WrongKey where they don't fit it."""
    if not known <= set(keys.ids):
        raise WrongKey(OTHER if known.isdisjoint(keys.ids) else BOTH)
    told, had = await facts.get(db, INDEX_FACT), list[bytes]()
    if told:
        sealed = base64.b64decode(told)
        former, queue = _read(keys.open(sealed, PLACE))
        keys = keys.after(former, queue)
        had = [*(id_ for id_, _ in former), sealed[:ID_SIZE]]
    had += known.difference(had)
    if not _in_order(keys.ids, had):
        raise WrongKey(ORDER)
    return keys


def _in_order(ids: Sequence[bytes], had: Sequence[bytes]) -> bool:
    """Whether keys, the newest first, go on from those that a database had, the oldest first.

    One that is new to it comes in front of one it has; a fresh one takes whatever comes.
    """
    newest, *older = ids
    return not had or (newest not in had[:-1] and set(older) <= set(had))


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
