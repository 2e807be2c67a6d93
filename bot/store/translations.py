"""Words that were passed on and wait, sealed, for their translation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import Table, delete, exists, select

from bot.store.db import Db
from bot.store.tables import relayed, translations

KEPT = timedelta(minutes=2)
"""How long words wait at the most, whatever becomes of them: later a translation helps little."""

TRIES = 2


@dataclass(frozen=True, slots=True)
class Waiting:
    """Words beside the row of what was passed on; `tries` that failed so far.

    `words` has the `text`, the language code it is to go `into`, the one it is `from` ("" where
    that is not known) and those its reader `speaks`.
    """

    table: ClassVar[Table] = translations
    id: int
    relayed_id: int
    words: dict[str, Any]
    tries: int
    at: datetime


async def add(db: Db, relayed_id: int, words: dict[str, Any], now: datetime) -> None:
    """Words wait for a translation, once what they are the words of has arrived."""
    await db.add(translations, relayed_id=relayed_id, words=words, at=now)


async def due(db: Db, at_most: int, without: Collection[int] = ()) -> list[Waiting]:
    """The oldest words whose message has arrived, but those of the rows `without`."""
    there = exists().where(relayed.c.id == translations.c.relayed_id, relayed.c.copy_id > 0)
    query = select(translations).where(there)
    if without:
        query = query.where(translations.c.id.not_in(without))
    return await db.all(Waiting, query.order_by(translations.c.id).limit(at_most))


async def take(db: Db, id_: int) -> bool:
    """The words go; False where they have gone since."""
    return await db.run(delete(translations).where(translations.c.id == id_)) == 1


async def drop(db: Db, relayed_id: int) -> None:
    """The words of a message are no more what is to be translated."""
    await db.run(delete(translations).where(translations.c.relayed_id == relayed_id))


async def failed(db: Db, waiting: Waiting) -> None:
    """They could not be translated; after so many tries they go."""
    tries = waiting.tries + 1
    if tries >= TRIES:
        await take(db, waiting.id)
    else:
        await db.change(translations, waiting.id, tries=tries)


async def any_before(db: Db, moment: datetime) -> bool:
    """Whether words have waited since before `moment`."""
    query = select(translations.c.id).where(translations.c.at < moment).limit(1)
    return await db.scalar(query) is not None


async def forget_before(db: Db, moment: datetime) -> None:
    """Words that have waited since before `moment` go."""
    await db.run(delete(translations).where(translations.c.at < moment))
