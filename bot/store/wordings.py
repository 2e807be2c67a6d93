"""What networks say in their own words, by language; what is on top counts, the rest is history."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeAlias

from sqlalchemy import Table, delete, func, select

from bot.store.db import Db
from bot.store.networks import GONE
from bot.store.tables import members, wordings

Words: TypeAlias = Mapping[str, Sequence[str]]
"""By message id, one text or one for each plural form."""

NONE: Words = {}
PAGE = 8

_Table: TypeAlias = Mapping[str, Words]
_known: dict[int, tuple[tuple[int, int], _Table]] = {}
"""By network, what was opened last and of which version: rows are added and taken off, no more."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A message in other words; `message` is the hash of its id, which is the `original`."""

    table: ClassVar[Table] = wordings
    id: int
    network_id: int
    language: str
    message: str
    original: str
    words: list[str]
    made_by: int | None
    created_at: datetime


def hashed(message_id: str) -> str:
    """What a message is kept under."""
    return hashlib.sha256(message_id.encode()).hexdigest()


async def add(
    db: Db,
    network_id: int,
    language: str,
    message_id: str,
    words: Sequence[str],
    member_id: int,
    now: datetime,
) -> int:
    """Says a message in other words from now on; the wording's id."""
    return await db.add(
        wordings,
        network_id=network_id,
        language=language,
        message=hashed(message_id),
        original=message_id,
        words=list(words),
        made_by=member_id,
        created_at=now,
    )


async def by_id(db: Db, wording_id: int) -> Wording | None:
    """The wording with this row id."""
    return await db.one(Wording, select(wordings).where(wordings.c.id == wording_id))


async def in_use(db: Db, network_id: int, language: str, message_id: str) -> Wording | None:
    """The words a message has in a network's language now."""
    where = (wordings.c.network_id == network_id, wordings.c.language == language)
    query = select(wordings).where(*where, wordings.c.message == hashed(message_id))
    return await db.one(Wording, query.order_by(wordings.c.id.desc()).limit(1))


async def page(db: Db, network_id: int, after: int = 0) -> list[Wording]:
    """What counts, by id after `after`; one more than a page where there are more."""
    newest = _newest(network_id)
    query = select(wordings).where(wordings.c.id.in_(newest), wordings.c.id > after)
    return await db.all(Wording, query.order_by(wordings.c.id).limit(PAGE + 1))


def _newest(network_id: int) -> Any:
    query = select(func.max(wordings.c.id)).where(wordings.c.network_id == network_id)
    return query.group_by(wordings.c.language, wordings.c.message)


async def take_off(db: Db, wording_id: int) -> None:
    """Undoes a wording: the one before it counts again, or what the bot usually says."""
    await db.run(delete(wordings).where(wordings.c.id == wording_id))


async def of_people(db: Db, person_ids: Collection[int]) -> dict[int, _Table]:
    """By person, the words of their newest network by language; no wordings: left out.

    Where no network has any this is one query on an empty table.
    """
    columns = (wordings.c.network_id, func.max(wordings.c.id).label("last"), func.count())
    rows = await db.rows(select(*columns).group_by(wordings.c.network_id))
    if not rows or not person_ids:
        return {}
    versions = {row.network_id: (int(row[1]), int(row[2])) for row in rows}
    of = await _newest_networks(db, person_ids)
    return {
        person_id: await _words(db, network_id, versions[network_id])
        for person_id, network_id in of.items()
        if network_id in versions
    }


async def _newest_networks(db: Db, person_ids: Collection[int]) -> dict[int, int]:
    mine = (members.c.person_id.in_(person_ids), members.c.state.not_in(GONE))
    query = select(members.c.person_id, members.c.network_id).where(*mine)
    return {row.person_id: row.network_id for row in await db.rows(query.order_by(members.c.id))}


async def _words(db: Db, network_id: int, version: tuple[int, int]) -> _Table:
    known = _known.get(network_id)
    if known is None or known[0] != version:
        known = _known[network_id] = (version, await _opened(db, network_id))
    return known[1]


async def _opened(db: Db, network_id: int) -> _Table:
    query = select(wordings).where(wordings.c.id.in_(_newest(network_id)))
    found: dict[str, dict[str, Sequence[str]]] = {}
    for each in await db.all(Wording, query):
        found.setdefault(each.language, {})[each.original] = each.words
    return found
