"""When members last did anything, or anything they were in went on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, func, select

from bot.domain.groups import OUT
from bot.domain.retention import Standing
from bot.store.db import Db
from bot.store.enrolments import OPEN
from bot.store.networks import Member
from bot.store.tables import (
    attendance,
    checkin_answers,
    enrolments,
    exchanges,
    forms,
    logs,
    matched,
    matches,
    meetings,
    members,
    needs,
    outcomes,
    people,
    pledges,
    programme,
    pulse_answers,
    relayed,
    reminders,
    reports,
    stories,
    tasks,
)

KEPT, WORD = "retention_kept", "retention_word"
"""The reminders that remember that somebody wished to stay, and tell them what comes."""

STAYING = ("participant", "facilitator", "observer")
"""Whom this is about: who runs a network, or looks after its people, stays until they leave."""

HERE = ("joining", "pending", "active", "paused", "held")

OF_MEMBERS: tuple[tuple[Column[Any], ColumnElement[Any]], ...] = (
    (enrolments.c.member_id, enrolments.c.waiting_since),
    (matched.c.member_id, matched.c.answered_at),
    (logs.c.member_id, logs.c.at),
    (attendance.c.member_id, attendance.c.at),
    (attendance.c.by_id, attendance.c.at),
    (outcomes.c.member_id, outcomes.c.at),
    (reports.c.member_id, reports.c.at),
    (pulse_answers.c.member_id, pulse_answers.c.at),
    (stories.c.member_id, func.coalesce(stories.c.published_at, stories.c.created_at)),
    (needs.c.made_by, needs.c.created_at),
    (pledges.c.member_id, func.coalesce(pledges.c.changed_at, pledges.c.created_at)),
    (tasks.c.member_id, tasks.c.done_at),
    (tasks.c.made_by, tasks.c.created_at),
    (programme.c.made_by, programme.c.created_at),
)
"""What members do, and when."""

OF_PEOPLE: tuple[tuple[Column[Any], ColumnElement[Any]], ...] = (
    (forms.c.id, forms.c.updated_at),
    (relayed.c.writer_id, relayed.c.at),
    (people.c.id, people.c.consented_at),
)

Times = dict[int, datetime]


async def page(db: Db, network_id: int, before: datetime, after: int, many: int) -> list[Member]:
    """Some members of a network who joined before a moment, by row id above `after`.

    Who hides is none of them: nothing could be said to them.
    """
    ours = (members.c.network_id == network_id, members.c.id > after)
    whom = (members.c.role.in_(STAYING), members.c.state.in_(HERE), members.c.joined_at < before)
    here = (members.c.person_id == people.c.id, people.c.state != "hidden")
    query = select(members).where(*ours, *whom, *here).order_by(members.c.id)
    return await db.all(Member, query.limit(many))


async def standings(db: Db, some: Sequence[Member]) -> dict[int, Standing]:
    """Where each of these members stands."""
    last = await _last(db, some)
    busy = await _busy(db, some)
    told = await _told(db, [each.id for each in some])
    return {
        each.id: Standing(last[each.id], each.id in busy, told.get(word_key(each, last[each.id])))
        for each in some
    }


async def standing(db: Db, member: Member) -> Standing:
    """Where one member stands."""
    return (await standings(db, [member]))[member.id]


def tag(since: datetime) -> str:
    """What the reminder that tells somebody is marked with: it holds until they do something."""
    return f"{since:%Y%m%d%H%M%S%f}"


def word_key(member: Member, since: datetime) -> str:
    """Its key."""
    return f"{WORD}:{member.id}:{member.person_id}:{tag(since)}"


async def _last(db: Db, some: Sequence[Member]) -> Times:
    ids = [each.id for each in some]
    found = {each.id: max(each.joined_at, each.paused_until or each.joined_at) for each in some}
    for column, at in OF_MEMBERS:
        _later(found, await _times(db, column, at, ids))
    persons: dict[int, list[int]] = {}
    for each in some:
        persons.setdefault(each.person_id, []).append(each.id)
    for column, at in OF_PEOPLE:
        times = await _times(db, column, at, list(persons))
        _later(found, {id_: at for person, at in times.items() for id_ in persons[person]})
    for times in (await _shared(db, ids), await _checked(db, ids), await _kept(db, ids)):
        _later(found, times)
    return found


def _later(found: Times, times: Mapping[int, datetime]) -> None:
    for id_, at in times.items():
        found[id_] = max(found[id_], at)


async def _times(db: Db, column: Column[Any], at: ColumnElement[Any], ids: list[int]) -> Times:
    query = select(column, func.max(at)).where(column.in_(ids), at.is_not(None)).group_by(column)
    return dict(_pairs(await db.rows(query)))


def _pairs(rows: Iterable[Any]) -> Iterable[tuple[int, datetime]]:
    return ((row[0], row[1]) for row in rows)


async def _shared(db: Db, ids: list[int]) -> Times:
    """The end of their matches, and the times of their meetings."""
    of = (matched.c.member_id.in_(ids), matched.c.answer.not_in(OUT))
    ends = select(matched.c.member_id, func.max(matches.c.closed_at)).join(matches)
    ends = ends.where(*of, matches.c.closed_at.is_not(None)).group_by(matched.c.member_id)
    met = select(matched.c.member_id, func.max(meetings.c.starts_at))
    met = met.join(meetings, meetings.c.match_id == matched.c.match_id)
    met = met.where(*of, meetings.c.state.in_(("agreed", "held"))).group_by(matched.c.member_id)
    found = dict(_pairs(await db.rows(ends)))
    for id_, at in _pairs(await db.rows(met)):
        found[id_] = max(at, found.get(id_, at))
    return found


async def _checked(db: Db, ids: list[int]) -> Times:
    """Only an answer is something they did: to be asked is not."""
    row = checkin_answers.c
    query = select(row.member_id, func.max(row.at)).where(row.member_id.in_(ids))
    answered = row.state.in_(("answered", "seen"))
    return dict(_pairs(await db.rows(query.where(answered).group_by(row.member_id))))


async def _kept(db: Db, ids: list[int]) -> Times:
    row = reminders.c
    query = select(row.subject_id, func.max(row.due_at)).where(row.subject_id.in_(ids))
    return dict(_pairs(await db.rows(query.where(row.kind == KEPT).group_by(row.subject_id))))


async def _busy(db: Db, some: Sequence[Member]) -> set[int]:
    """Who is in an open match, waits for one, or is in a report that is not closed.

    On a pause nobody waits.
    """
    ids = [each.id for each in some]
    there = (matched.c.member_id.in_(ids), matched.c.answer.not_in(OUT))
    query = select(matched.c.member_id).join(matches).where(*there, matches.c.state.in_(OPEN))
    found = {row.member_id for row in await db.rows(query)}
    active = [each.id for each in some if each.state == "active"]
    waits = (enrolments.c.state.in_(("waiting", "skipping")), exchanges.c.state == "open")
    line = select(enrolments.c.member_id).join(exchanges).where(*waits)
    rows = await db.rows(line.where(enrolments.c.member_id.in_(active)))
    return found | {row.member_id for row in rows} | await _reported(db, ids)


async def _reported(db: Db, ids: list[int]) -> set[int]:
    open_ = reports.c.state != "closed"
    found: set[int] = set()
    for column in (reports.c.member_id, reports.c.about_id):
        found |= {row[0] for row in await db.rows(select(column).where(column.in_(ids), open_))}
    return found


async def _told(db: Db, ids: list[int]) -> dict[str, datetime]:
    """When they were told what comes, by the key of what told them."""
    said = (reminders.c.kind == WORD, reminders.c.state == "done")
    query = select(reminders.c.key, reminders.c.due_at).where(reminders.c.subject_id.in_(ids))
    return {row.key: row.due_at for row in await db.rows(query.where(*said))}
