"""What was told and is too old: which rows, and what of them is blanked, some at a time.

What stays are figures: that two met, how it was rated, how many onward actions there were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, and_, delete, func, or_, select, update

from bot.domain.funding import STANDING
from bot.store.db import Db, Record, Secret
from bot.store.needs import GONE
from bot.store.tables import (
    audit,
    checkin_answers,
    checkins,
    exchanges,
    logs,
    matched,
    matches,
    meetings,
    needs,
    outcomes,
    pledges,
    programme,
    pulse_answers,
    pulses,
    reports,
    stories,
    tasks,
)

STEP = 200
"""How many rows are gone through in a transaction."""

MEMBERS, GOING = 50, 10
"""How many members are, and how many of them may go: that takes longer for each."""


Where = Callable[[datetime], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Old:
    """What of a table goes once `where` holds of a row; `blank` is what is put in its place.

    `via` joins the table to what knows its network. Without `blank` the whole row goes.
    """

    table: Table
    via: Callable[[Select[Any]], Select[Any]]
    where: Where
    blank: Mapping[str, Any]

    @property
    def empties(self) -> bool:
        """Whether nothing is put in its place: then the database knows which are blank."""
        return bool(self.blank) and all(value is None for value in self.blank.values())

    def query(self, network_id: int, limit: datetime, after: int) -> Select[Any]:
        """The rows after one that are too old and not yet blank."""
        columns = (self.table.c[name] for name in ("id", *self.blank))
        query = self.via(select(*columns).select_from(self.table))
        here = (_network_of(self) == network_id, self.table.c.id > after)
        found = query.where(*here, self.where(limit))
        if self.empties:
            found = found.where(or_(*(self.table.c[name].is_not(None) for name in self.blank)))
        return found.order_by(self.table.c.id).limit(STEP)


def _network_of(old: Old) -> Column[Any]:
    named = {reports: reports.c.network_id, checkin_answers: checkins.c.network_id}
    return named.get(old.table, exchanges.c.network_id)


def _over(limit: datetime) -> ColumnElement[bool]:
    return and_(matches.c.closed_at.is_not(None), matches.c.closed_at < limit)


def _met(limit: datetime) -> ColumnElement[bool]:
    return or_(meetings.c.starts_at < limit, _over(limit))


def _of_exchange(query: Select[Any], exchange_id: Column[Any]) -> Select[Any]:
    return query.join(exchanges, exchanges.c.id == exchange_id)


def _of_match(query: Select[Any], match_id: Column[Any]) -> Select[Any]:
    query = query.join(matches, matches.c.id == match_id)
    return _of_exchange(query, matches.c.exchange_id)


def _of_log(query: Select[Any]) -> Select[Any]:
    query = query.join(meetings, meetings.c.id == logs.c.meeting_id)
    return _of_match(query, meetings.c.match_id)


def _of_pledge(query: Select[Any]) -> Select[Any]:
    query = query.join(needs, needs.c.id == pledges.c.need_id)
    return _of_exchange(query, needs.c.exchange_id)


def _of_answer(query: Select[Any]) -> Select[Any]:
    return query.join(checkins, checkins.c.id == checkin_answers.c.checkin_id)


def _of_pulse(query: Select[Any]) -> Select[Any]:
    query = query.join(pulses, pulses.c.id == pulse_answers.c.pulse_id)
    return _of_exchange(query, pulses.c.exchange_id)


def _matched(column: Column[Any]) -> Callable[[Select[Any]], Select[Any]]:
    return lambda query: _of_match(query, column)


def _exchanged(column: Column[Any]) -> Callable[[Select[Any]], Select[Any]]:
    return lambda query: _of_exchange(query, column)


def _closed(limit: datetime) -> ColumnElement[bool]:
    return needs.c.closed_at < limit


def _given(limit: datetime) -> ColumnElement[bool]:
    when = func.coalesce(pledges.c.changed_at, pledges.c.created_at)
    over = or_(pledges.c.state.not_in(STANDING), needs.c.closed_at < limit)
    return and_(when < limit, over)


def _put(limit: datetime) -> ColumnElement[bool]:
    over = and_(pulses.c.state == "closed", pulses.c.closes_at < limit)
    return and_(over, pulse_answers.c.at < limit)


def _untold(limit: datetime) -> ColumnElement[bool]:
    return and_(stories.c.state.in_(("draft", "declined")), stories.c.created_at < limit)


def _settled(limit: datetime) -> ColumnElement[bool]:
    when = func.coalesce(reports.c.changed_at, reports.c.at)
    return and_(reports.c.state == "closed", when < limit)


def _answered(limit: datetime) -> ColumnElement[bool]:
    seen = or_(checkin_answers.c.state != "answered", ~checkin_answers.c.urgent)
    return and_(checkin_answers.c.at < limit, seen)


OLD: tuple[Old, ...] = (
    Old(logs, _of_log, _met, {"note": None, "risk": None}),
    Old(meetings, _matched(meetings.c.match_id), _met, {"agenda": None}),
    Old(matched, _matched(matched.c.match_id), _over, {"reason": None, "contact": None}),
    Old(matches, _exchanged(matches.c.exchange_id), _over, {"reasons": None}),
    Old(outcomes, _matched(outcomes.c.match_id), _over, {"answers": {}}),
    Old(tasks, _matched(tasks.c.match_id), _over, {"words": GONE}),
    Old(programme, _matched(programme.c.match_id), _over, {"words": GONE}),
    Old(needs, _exchanged(needs.c.exchange_id), _closed, {"words": GONE, "outcome": None}),
    Old(pledges, _of_pledge, _given, {"words": {}}),
    Old(reports, lambda query: query, _settled, {"words": {}, "about_id": None}),
    Old(checkin_answers, _of_answer, _answered, {"answer": None}),
    Old(pulse_answers, _of_pulse, _put, {"own": None, "guess": None}),
    Old(stories, _exchanged(stories.c.exchange_id), _untold, {}),
)
"""All of it, one after the other."""


async def blank_some(
    db: Db, old: Old, network_id: int, limit: datetime, after: int
) -> tuple[int, int]:
    """Blanks some rows after one; after which to go on, 0 at the end, and how many were told in."""
    rows = await db.rows(old.query(network_id, limit, after))
    told = [row for row in rows if _says(db, old, row)]
    ids = [row.id for row in told]
    if not old.blank:
        await db.run(delete(old.table).where(old.table.c.id.in_(ids)))
    elif old.empties:
        await db.run(update(old.table).where(old.table.c.id.in_(ids)).values(**old.blank))
    else:
        for id_ in ids:
            await db.change(old.table, id_, **old.blank)
    return (rows[-1].id if len(rows) == STEP else 0), len(told)


def _says(db: Db, old: Old, row: Record) -> bool:
    """Whether anything is left in a row of what is to go."""
    return not old.blank or any(
        _opened(db, old, row, name) != value for name, value in old.blank.items()
    )


def _opened(db: Db, old: Old, row: Record, name: str) -> Any:
    value = row._mapping[name]  # noqa: SLF001 - SQLAlchemy's documented name
    if value is None or not isinstance(old.table.c[name].type, Secret):
        return value
    return db.open(old.table, row.id, name, value)


async def drop_log(db: Db, network_id: int, limit: datetime) -> bool:
    """Deletes some entries of the log; whether there may be more."""
    there = (audit.c.network_id == network_id, audit.c.at < limit)
    some = select(audit.c.id).where(*there).order_by(audit.c.id).limit(STEP)
    return await db.run(delete(audit).where(audit.c.id.in_(some))) == STEP
