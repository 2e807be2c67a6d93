"""A round brought somebody nobody, at night or on a day of rest: told when it may be."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say
from bot.domain.rounds import left_out_say
from bot.reminders.kinds import Kind
from bot.store import drafts, enrolments, exchanges, networks, rounds
from bot.store.db import Db
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:  # noqa: ARG001 - a kind's shape
    """Why, and their place in line as it is now; nothing if they wait no more."""
    enrolment = await enrolments.by_id(db, reminder.subject_id)
    if enrolment is None or enrolment.state != "waiting":
        return []
    member = await networks.member(db, enrolment.member_id)
    exchange = await exchanges.by_id(db, enrolment.exchange_id)
    last = await rounds.latest(db, enrolment.exchange_id, "approved", "done")
    if member is None or member.state != "active" or exchange is None or last is None:
        return []
    left = await drafts.left(db, last.id, [member.id])
    told = left[member.id].told if left else {}
    place = await enrolments.place_in_line(db, enrolment)
    return [left_out_say(member.person_id, told, place, exchange.next_round_at)]


KIND = Kind("left_out", due, useful_for=timedelta(days=7))
