"""Everything that is kept of one person, to be given to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bot.store.db import Db, Record, Secret
from bot.store.mydata_about import About, Names
from bot.store.mydata_kept import ABOUT, COUNTED, KEPT, Kept, Whose
from bot.store.mydata_opened import OPENERS
from bot.store.people import Person
from bot.store.tables import members

Entry = Mapping[str, Any]
"""What is given of a row: keys in plain English; instants, texts, numbers and names as values."""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of a kind, the oldest first."""

    name: str
    entries: Sequence[Entry]


async def gather(db: Db, me: Person) -> list[Section]:
    """All of it, always in the same order; of what there is nothing of there is no section."""
    query = select(members.c.id).where(members.c.person_id == me.id).order_by(members.c.id)
    mine = tuple(row.id for row in await db.rows(query))
    chats = tuple(db.keys.blinds(me.telegram_id))
    whose, names = Whose(me.id, mine, chats), Names(db, me)
    found = [Section(kept.name, await _entries(db, kept, whose, names)) for kept in KEPT]
    counts = Section("counts", await _counts(db, whose))
    return [each for each in (*found, counts) if each.entries]


async def _entries(db: Db, kept: Kept, whose: Whose, names: Names) -> list[Entry]:
    query = select(kept.table).where(kept.rows(whose)).order_by(kept.table.c.id)
    return [await _entry(db, kept, row, whose, names) for row in await db.rows(query)]


async def _entry(db: Db, kept: Kept, row: Record, whose: Whose, names: Names) -> Entry:
    table = kept.table
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's documented name
    about = await _about(names, {key: values[key] for key in ABOUT if key in values})
    entry = dict(about.names)
    for column, key in kept.given.items():
        value = values[column]
        if value is None:
            continue
        if isinstance(table.c[column].type, Secret):
            value = db.open(table, values["id"], column, value)
        if opener := OPENERS.get(f"{table.name}.{column}"):
            value = opener(value, about, whose)
        entry |= {key: value} if key else value
    return {key: value for key, value in entry.items() if value not in (None, "", [])}


async def _about(names: Names, of: Mapping[str, int | None]) -> About:
    """What a row is about, all its columns together; the later ones say more."""
    found = [await names.of(column, row_id) for column, row_id in of.items() if row_id is not None]
    told: dict[str, Any] = {}
    for each in found:
        told |= {key: value for key, value in each.names.items() if value is not None}
    network = next((each.network for each in found if each.network), None)
    track = next((each.track for each in found if each.track), None)
    return About(told, network, track, next((each.kind for each in found if each.kind), ""))


async def _counts(db: Db, whose: Whose) -> list[Entry]:
    counts: list[Entry] = []
    for name, (column, at) in COUNTED.items():
        query = select(func.count(), func.min(at), func.max(at)).where(whose.own(column))
        many, first, last = (await db.rows(query))[0]
        if many:
            counts.append({"what": name, "how_many": many, "first_at": first, "last_at": last})
    return counts
