"""How far a network has been gone through for what is too old: one row, which goes on and on."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import datetime

from sqlalchemy import delete, select

from bot.domain.retention import AGAIN
from bot.store import activity, reminders
from bot.store.db import Db, new_id
from bot.store.networks import Member
from bot.store.reminders import OPEN, Reminder
from bot.store.tables import networks
from bot.store.tables import reminders as rows

KIND, TOLD, GONE = "retention", "retention_told", "retention_gone"
"""The reminders that go through a network, tell its coordinators, and who is there no more."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far it is: at which stage, after which row, and what has been done so far."""

    stage: int = 0
    after: int = 0
    notes: int = 0
    people: int = 0

    @property
    def tag(self) -> str:
        """As the key of its row has it."""
        return ".".join(map(str, astuple(self)))

    @classmethod
    def of(cls, reminder: Reminder) -> Place:
        """Where a row says it is."""
        told = reminder.key.rpartition(":")[2]
        return cls(*map(int, told.split("."))) if told else cls()


async def go_on(db: Db, network_id: int, at: datetime, place: Place | None = None) -> None:
    """Goes on from a place, or begins anew, at a moment; what was there before goes."""
    await db.run(delete(rows).where(rows.c.kind == KIND, rows.c.subject_id == network_id))
    await reminders.schedule(db, KIND, network_id, at, tag=place.tag if place else "")


async def plan(db: Db, now: datetime) -> None:
    """Has every network gone through that is not to be yet."""
    planned = select(rows.c.subject_id).where(rows.c.kind == KIND, rows.c.state.in_(OPEN))
    for row in await db.rows(select(networks.c.id).where(networks.c.id.not_in(planned))):
        await go_on(db, row.id, now + AGAIN)


async def stays(db: Db, member: Member, now: datetime) -> None:
    """A member wishes to stay: that is something they did."""
    key = f"{activity.KEPT}:{member.id}:{member.person_id}:{now:%Y%m%d%H%M%S%f}"
    row = {"id": new_id(), "kind": activity.KEPT, "key": key, "person_id": member.person_id}
    await db.add_new(rows, [row | {"subject_id": member.id, "due_at": now, "state": "done"}])
