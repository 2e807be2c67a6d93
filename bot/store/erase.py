"""Forgetting a person. What others did with them stays as a count, without them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from bot.store import blocks, covers, relayed
from bot.store.db import Db
from bot.store.people import Person
from bot.store.reminders import schedule
from bot.store.tables import (
    attempts,
    audit,
    checkin_answers,
    drafted,
    drafted_seats,
    enrolments,
    forms,
    inbox,
    invites,
    left_out,
    logs,
    matched,
    members,
    metadata,
    outbox,
    outcomes,
    people,
    pledges,
    reminders,
    reports,
    stories,
)
from bot.store.unwritten import unwrite

KIND = "forgotten"
"""The kind of the reminder that somebody is to be forgotten; its subject is the person."""

MADE = tuple(
    column
    for table in metadata.sorted_tables
    for column in table.c
    if column.nullable and column.references(members.c.id)
)
"""The columns that name who made something for others: it stays without them."""

UNDECIDED = timedelta(days=7)
"""How long somebody may think about what they were asked to agree to."""


async def forget(db: Db, person: Person, now: datetime) -> None:
    """Deletes all that is kept of a person but the row their last message is delivered by."""
    query = select(members.c.id, members.c.network_id, members.c.code)
    mine = await db.rows(query.where(members.c.person_id == person.id))
    member_ids = [row.id for row in mine]
    for row in mine:
        await _uncode(db, row.network_id, row.code)
    await unwrite(db, member_ids, now)
    await _disown(db, person.id, member_ids)
    await db.run(delete(members).where(members.c.person_id == person.id))
    await db.run(delete(forms).where(forms.c.id == person.id))
    await db.run(delete(attempts).where(attempts.c.person_id == person.id))
    await relayed.forget(db, person.id)
    await blocks.lift_all(db, person)
    await covers.forget(db, person.id)
    about = reminders.c.subject_id.in_([person.id, *member_ids])
    await db.run(delete(reminders).where(about | (reminders.c.person_id == person.id)))
    await db.run(delete(outbox).where(outbox.c.person_id == person.id))
    parked = (inbox.c.chat == db.keys.queued(person.telegram_id), inbox.c.state == "parked")
    await db.run(delete(inbox).where(*parked))
    theirs = update(inbox).where(inbox.c.person_id == person.id)
    await db.run(theirs.values(person_id=None, message_id=None))
    gone = {"zone": None, "consented_at": None, "is_owner": False}
    await db.change(people, person.id, discreet=False, discreet_own=False, **gone)


async def leave(db: Db, member_id: int) -> None:
    """Forgets what a member told, and their place in line; with whom they met stays, unnamed."""
    await _quieten(db, member_id)
    await db.run(delete(enrolments).where(enrolments.c.member_id == member_id))
    await db.run(delete(reminders).where(reminders.c.subject_id == member_id))
    own = (drafted.c.one_id == member_id) | (drafted.c.other_id == member_id)
    await db.run(delete(drafted).where(own))
    for table in (left_out, drafted_seats):
        await db.run(delete(table).where(table.c.member_id == member_id))
    await db.run(update(logs).where(logs.c.member_id == member_id).values(note=None, risk=None))
    said = update(matched).where(matched.c.member_id == member_id)
    await db.run(said.values(reason=None, contact=None, shows=0, offers=0))
    gone = {"name": None, "profile": None, "paused_until": None}
    await db.change(members, member_id, state="left", **gone)


async def _quieten(db: Db, member_id: int) -> None:
    """What a member said of themselves and to many goes; what it counted for stays."""
    for table in (checkin_answers, reports, stories):
        await db.run(delete(table).where(table.c.member_id == member_id))
    own = pledges.c.member_id == member_id, pledges.c.state.in_(["offered", "accepted"])
    await db.run(delete(pledges).where(*own))
    for column in (outcomes.c.answers, pledges.c.words):
        rows = select(column.table.c.id).where(column.table.c.member_id == member_id)
        for row in await db.rows(rows):
            await db.change(column.table, row.id, **{column.name: {}})


async def _disown(db: Db, person_id: int, member_ids: Sequence[int]) -> None:
    """What they made for others stays, made by nobody."""
    for column in MADE:
        query = update(column.table).where(column.in_(member_ids))
        await db.run(query.values({column.name: None}))
    query = update(invites).where(invites.c.created_by == person_id)
    await db.run(query.values(created_by=None, uses_left=0, revoked=True))


async def _uncode(db: Db, network_id: int, code: str | None) -> None:
    """The log says what was done, no longer to whom."""
    theirs = (audit.c.network_id == network_id, audit.c.subject == code)
    await db.run(update(audit).where(*theirs).values(subject=""))


async def remove(db: Db, person_id: int) -> None:
    """Deletes the last of a person: their account number and their form."""
    await covers.forget(db, person_id)
    await db.run(delete(forms).where(forms.c.id == person_id))
    about = (reminders.c.kind == KIND, reminders.c.subject_id == person_id)
    await db.run(delete(reminders).where(*about))
    await db.run(delete(people).where(people.c.id == person_id))


async def unsaid(db: Db, person_id: int) -> bool:
    """Whether a message to this person still waits to be delivered."""
    waiting = (outbox.c.person_id == person_id, outbox.c.state == "waiting")
    return bool(await db.scalar(select(func.count()).select_from(outbox).where(*waiting)))


async def later(db: Db, person_id: int, at: datetime) -> None:
    """Has a person who has not agreed to anything by then forgotten."""
    await schedule(db, KIND, person_id, at, tag=f"{at:%Y%m%d%H%M%S%f}")
