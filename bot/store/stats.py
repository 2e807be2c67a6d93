"""How a network is doing: counts by side, of people who stay unnamed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select, true

from bot.domain.figures import Step, shown
from bot.domain.people import Profile
from bot.store.db import Db
from bot.store.tables import (
    attendance,
    checkin_answers,
    checkins,
    enrolments,
    exchanges,
    invites,
    matched,
    matches,
    meetings,
    members,
)

COUNTED = ("participant", "facilitator")
"""The roles of those who take part."""

APPROVED = ("active", "paused", "held")
NEVER_IN = ("no", "late")
TOOK_PLACE = ("held", "missed")
PAGE = 1000


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted: a network or one of its exchanges; meetings in [since, until)."""

    network_id: int
    exchange_id: int = 0
    since: datetime | None = None
    until: datetime | None = None

    @property
    def here(self) -> ColumnElement[bool]:
        """Matches of it."""
        if self.exchange_id:
            return matches.c.exchange_id == self.exchange_id
        ours = select(exchanges.c.id).where(exchanges.c.network_id == self.network_id)
        return matches.c.exchange_id.in_(ours)

    def within(self, moment: ColumnElement[Any]) -> list[ColumnElement[bool]]:
        """What keeps a moment to the period."""
        since = [] if self.since is None else [moment >= self.since]
        return since if self.until is None else [*since, moment < self.until]

    @property
    def takes_part(self) -> ColumnElement[bool]:
        """Members who are counted: all of the network, or those of the exchange."""
        all_ = and_(
            members.c.network_id == self.network_id,
            members.c.role.in_(COUNTED),
            members.c.state != "joining",
        )
        if not self.exchange_id:
            return all_
        enrolled = select(enrolments.c.member_id).where(
            enrolments.c.exchange_id == self.exchange_id
        )
        asked = select(matched.c.member_id).join(matches).where(self.here)
        return and_(all_, or_(members.c.id.in_(enrolled), members.c.id.in_(asked)))


def held_by_match(scope: Scope) -> Subquery:
    """How many meetings each match held."""
    query = select(meetings.c.match_id, func.count().label("held")).join(matches)
    where = (meetings.c.state == "held", scope.here, *scope.within(meetings.c.starts_at))
    return query.where(*where).group_by(meetings.c.match_id).subquery()


def _absences(scope: Scope) -> Subquery:
    """How many held meetings of a match each of its members did not come to."""
    query = select(meetings.c.match_id, attendance.c.member_id, func.count().label("missed"))
    query = query.select_from(attendance.join(meetings).join(matches))
    where = (meetings.c.state == "held", ~attendance.c.came, scope.here)
    period = scope.within(meetings.c.starts_at)
    both = (meetings.c.match_id, attendance.c.member_id)
    return query.where(*where, *period).group_by(*both).subquery()


def _lived(scope: Scope) -> Subquery:
    """Whether each member who was ever asked was introduced, and the meetings of their best."""
    held, absent = held_by_match(scope), _absences(scope)
    introduced = and_(matches.c.active_at.is_not(None), matched.c.answer.not_in(NEVER_IN))
    came = func.coalesce(held.c.held, 0) - func.coalesce(absent.c.missed, 0)
    query = select(
        matched.c.member_id,
        func.max(case((introduced, 1), else_=0)).label("introduced"),
        func.max(case((introduced, came), else_=0)).label("held"),
    )
    same = and_(absent.c.match_id == matches.c.id, absent.c.member_id == matched.c.member_id)
    joined = matched.join(matches).outerjoin(held, held.c.match_id == matches.c.id)
    query = query.select_from(joined.outerjoin(absent, same))
    asked = and_(true(), *scope.within(matches.c.proposed_at))
    return (
        query.where(scope.here, or_(asked, held.c.held > 0))
        .group_by(matched.c.member_id)
        .subquery()
    )


def _reached(scope: Scope) -> tuple[Subquery, ColumnElement[int]]:
    """How far a member came, as `figures.Step`; who left without being asked just signed up."""
    lived = _lived(scope)
    taken = bool(scope.exchange_id)
    approved = members.c.state.in_((*APPROVED, "left", "declined") if taken else APPROVED)
    step = case(
        (lived.c.held >= 3, int(Step.THRICE)),
        (lived.c.held == 2, int(Step.TWICE)),
        (lived.c.held == 1, int(Step.MET)),
        (lived.c.introduced == 1, int(Step.INTRODUCED)),
        (lived.c.member_id.is_not(None), int(Step.ASKED)),
        (approved, int(Step.APPROVED)),
        else_=int(Step.SIGNED_UP),
    )
    return lived, step


def _of_members(scope: Scope, lived: Subquery, query: Select[Any]) -> Select[Any]:
    joined = query.select_from(members.outerjoin(lived, lived.c.member_id == members.c.id))
    period = [] if scope.until is None else [members.c.joined_at < scope.until]
    return joined.where(scope.takes_part, *period)


async def reached(db: Db, scope: Scope) -> list[tuple[int, int, int]]:
    """How many of each side came how far: side, furthest step, people."""
    lived, step = _reached(scope)
    query = _of_members(
        scope, lived, select(members.c.side_id, step.label("step"), func.count().label("many"))
    )
    rows = await db.rows(query.group_by(members.c.side_id, step))
    return [(row.side_id, row.step, row.many) for row in rows]


async def reached_each(db: Db, scope: Scope) -> list[tuple[int, datetime, int]]:
    """How far each came: member, when they signed up, furthest step."""
    lived, step = _reached(scope)
    query = _of_members(scope, lived, select(members.c.id, members.c.joined_at, step.label("step")))
    return [(row.id, row.joined_at, row.step) for row in await db.rows(query)]


async def invited(db: Db, network_id: int) -> dict[int, int]:
    """How often participants' invitations were opened, by side."""
    query = select(invites.c.side_id, func.sum(invites.c.opened).label("many")).where(
        invites.c.network_id == network_id, invites.c.role == "participant"
    )
    rows = await db.rows(query.group_by(invites.c.side_id))
    return {row.side_id: int(row.many or 0) for row in rows}


async def waiting(db: Db, scope: Scope) -> dict[int, int]:
    """How many wait to be introduced, by side."""
    query = select(members.c.side_id, func.count(members.c.id.distinct()).label("many"))
    query = query.select_from(members.join(enrolments))
    where = [members.c.state == "active", enrolments.c.state == "waiting", scope.takes_part]
    if scope.exchange_id:
        where.append(enrolments.c.exchange_id == scope.exchange_id)
    rows = await db.rows(query.where(*where).group_by(members.c.side_id))
    return {row.side_id: row.many for row in rows}


async def first_asked(db: Db, scope: Scope) -> list[tuple[int, datetime, datetime]]:
    """Side, when each signed up, and when they were first asked whether they would like to meet."""
    first = func.min(matches.c.proposed_at).label("first")
    asked = select(matched.c.member_id, first).join(matches).where(scope.here)
    each = asked.group_by(matched.c.member_id).subquery()
    query = select(members.c.side_id, members.c.joined_at, each.c.first)
    joined = members.join(each, each.c.member_id == members.c.id)
    query = query.select_from(joined).where(scope.takes_part)
    return [(row.side_id, row.joined_at, row.first) for row in await db.rows(query)]


async def took_place(db: Db, scope: Scope, since: datetime) -> list[tuple[int, datetime, str, int]]:
    """Meetings held and missed from a time on, a row a member: meeting, when, state, member."""
    query = select(meetings.c.id, meetings.c.starts_at, meetings.c.state, matched.c.member_id)
    query = query.select_from(meetings.join(matches).join(matched))
    where = (meetings.c.state.in_(TOOK_PLACE), meetings.c.starts_at >= since, scope.here)
    rows = await db.rows(query.where(*where, matched.c.answer.not_in(NEVER_IN)))
    return [(row.id, row.starts_at, row.state, row.member_id) for row in rows]


@dataclass(frozen=True, slots=True)
class Shows:
    """Of a side's people: how many were expected at a meeting, places they had, places missed."""

    people: int
    places: int
    missed: int

    def share(self, fewest: int) -> int | None:
        """Percent of the places that were missed; None of fewer people than that."""
        return shown(round(100 * self.missed / self.places), fewest, self.people)


async def shows(db: Db, scope: Scope) -> dict[int, Shows]:
    """By side, how often its people were expected at a meeting and it or they did not come."""
    absent = or_(meetings.c.state == "missed", attendance.c.came.is_(False))
    query = select(
        matched.c.side_id,
        func.count(matched.c.member_id.distinct()).label("people"),
        func.count().label("places"),
        func.sum(case((absent, 1), else_=0)).label("missed"),
    )
    came = and_(
        attendance.c.meeting_id == meetings.c.id, attendance.c.member_id == matched.c.member_id
    )
    where = (meetings.c.state.in_(TOOK_PLACE), scope.here, matched.c.answer.not_in(NEVER_IN))
    query = query.select_from(matched.join(matches).join(meetings).outerjoin(attendance, came))
    rows = await db.rows(query.where(*where).group_by(matched.c.side_id))
    return {row.side_id: Shows(row.people, row.places, int(row.missed)) for row in rows}


async def languages(db: Db, scope: Scope) -> dict[int, Counter[str]]:
    """How many of each side speak each language."""
    found: dict[int, Counter[str]] = {}
    after = 0
    while True:
        query = select(members.c.id, members.c.side_id, members.c.profile).where(
            scope.takes_part, members.c.profile.is_not(None), members.c.id > after
        )
        rows = await db.rows(query.order_by(members.c.id).limit(PAGE))
        for row in rows:
            told = Profile.of(db.open(members, row.id, "profile", row.profile))
            found.setdefault(row.side_id, Counter()).update(set(told.languages))
        if len(rows) < PAGE:
            return found
        after = rows[-1].id


async def measured(db: Db, network_id: int, kinds: tuple[str, ...]) -> list[tuple[str, int, float]]:
    """Answers to measuring questions, the oldest first: kind, member, value."""
    query = select(
        checkin_answers.c.id, checkin_answers.c.member_id, checkin_answers.c.answer, checkins.c.kind
    ).select_from(checkin_answers.join(checkins))
    where = (
        checkins.c.network_id == network_id,
        checkins.c.kind.in_(kinds),
        checkin_answers.c.state.in_(("answered", "seen")),
        checkin_answers.c.answer.is_not(None),
    )
    rows = await db.rows(query.where(*where).order_by(checkin_answers.c.at, checkin_answers.c.id))
    opened = (
        (row.kind, row.member_id, db.open(checkin_answers, row.id, "answer", row.answer))
        for row in rows
    )
    return [(kind, who, float(value)) for kind, who, value in opened if isinstance(value, int)]
