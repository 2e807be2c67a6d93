"""The form a person is filling in, and those set aside for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Table, delete, select

from bot.store.db import Db
from bot.store.tables import forms


@dataclass(frozen=True, slots=True)
class Open:
    """A person's open form, by the person's id. `state` is what `bot.forms` made of it."""

    table: ClassVar[Table] = forms
    id: int
    form: str
    state: dict[str, Any]
    updated_at: datetime


async def of(db: Db, person_id: int) -> Open | None:
    """The form this person is filling in."""
    return await db.one(Open, select(forms).where(forms.c.id == person_id))


async def keep(db: Db, person_id: int, form: str, state: dict[str, Any], now: datetime) -> None:
    """Stores where the person is in it; it takes the place of any other."""
    await drop(db, person_id)
    await db.add(forms, id=person_id, form=form, state=state, updated_at=now)


async def drop(db: Db, person_id: int) -> None:
    """Forgets it."""
    await db.run(delete(forms).where(forms.c.id == person_id))
