"""The tracks of a network against each other: what happens on each, and who is on two of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select

from bot.store.db import Db
from bot.store.stats import Scope, held_by_match
from bot.store.tables import enrolments, exchanges, matched, matches, meetings, outcomes


@dataclass(frozen=True, slots=True)
class OnTrack:
    """What there is and was on a track.

    Exchanges (`open` of them now), people who took part, introductions, people who met, meetings
    held, introductions that led to three meetings or more; onward actions, and how many told them.
    """

    track: int
    exchanges: int = 0
    open: int = 0
    people: int = 0
    matches: int = 0
    met: int = 0
    meetings: int = 0
    thirds: int = 0
    onward: int = 0
    told: int = 0


async def tracks(db: Db, network_id: int) -> list[OnTrack]:
    """What happens on each track that has an exchange, in their order."""
    found: dict[int, dict[str, int]] = {}
    here = exchanges.c.network_id == network_id
    for query in (_exchanges(), _people(), _introduced(network_id), _met(), _onward()):
        for row in await db.rows(query.where(here).group_by(exchanges.c.track)):
            values = {name: int(value or 0) for name, value in row._asdict().items()}
            found.setdefault(row.track, {}).update(values)
    return [OnTrack(**found[track]) for track in sorted(found)]


def _exchanges() -> Select[Any]:
    opened = func.sum(case((exchanges.c.state == "open", 1), else_=0))
    return select(exchanges.c.track, func.count().label("exchanges"), opened.label("open"))


def _people() -> Select[Any]:
    many = func.count(enrolments.c.member_id.distinct()).label("people")
    return select(exchanges.c.track, many).select_from(exchanges.join(enrolments))


def _introduced(network_id: int) -> Select[Any]:
    held = held_by_match(Scope(network_id))
    query = select(
        exchanges.c.track,
        func.sum(case((matches.c.active_at.is_not(None), 1), else_=0)).label("matches"),
        func.sum(held.c.held).label("meetings"),
        func.sum(case((held.c.held >= 3, 1), else_=0)).label("thirds"),
    )
    joined = exchanges.join(matches).outerjoin(held, held.c.match_id == matches.c.id)
    return query.select_from(joined)


def _met() -> Select[Any]:
    """Who was in a match that held a meeting."""
    held = select(meetings.c.match_id).where(meetings.c.state == "held")
    query = select(exchanges.c.track, func.count(matched.c.member_id.distinct()).label("met"))
    return query.select_from(exchanges.join(matches).join(matched)).where(matches.c.id.in_(held))


def _onward() -> Select[Any]:
    query = select(
        exchanges.c.track,
        func.sum(outcomes.c.onward).label("onward"),
        func.count(outcomes.c.member_id.distinct()).label("told"),
    )
    return query.select_from(exchanges.join(matches).join(outcomes))


async def overlaps(db: Db, network_id: int) -> dict[tuple[int, int], int]:
    """How many take part on both of two tracks, the lower first."""
    query = select(enrolments.c.member_id, exchanges.c.track).distinct()
    query = query.select_from(enrolments.join(exchanges))
    each = query.where(exchanges.c.network_id == network_id).cte("each")
    one, other = each.alias("one"), each.alias("other")
    both = select(one.c.track, other.c.track.label("with_"), func.count().label("many"))
    both = both.select_from(one.join(other, one.c.member_id == other.c.member_id))
    both = both.where(one.c.track < other.c.track).group_by(one.c.track, other.c.track)
    return {(row.track, row.with_): row.many for row in await db.rows(both)}


@dataclass(frozen=True, slots=True)
class CameOfIt:
    """What was told of a track: how many answered each question, and how many with yes.

    And how many people that was, and of how many onward actions.
    """

    asked: Counter[str]
    yes: Counter[str]
    people: int
    onward: int


@dataclass(frozen=True, slots=True)
class Told:
    """What one member told of one match."""

    member_id: int
    answers: Mapping[str, Any]
    onward: int


async def came_of_it(db: Db, scope: Scope) -> dict[int, CameOfIt]:
    """What people told of each track in the period."""
    query = select(
        *(outcomes.c.id, outcomes.c.answers, outcomes.c.onward, outcomes.c.member_id),
        exchanges.c.track,
    )
    query = query.select_from(outcomes.join(matches).join(exchanges))
    rows = await db.rows(query.where(scope.here, *scope.within(outcomes.c.at)))
    found: dict[int, list[Told]] = {}
    for row in rows:
        answers = db.open(outcomes, row.id, "answers", row.answers)
        found.setdefault(row.track, []).append(Told(row.member_id, answers, row.onward))
    return {track: _summed(each) for track, each in found.items()}


def _summed(told: Sequence[Told]) -> CameOfIt:
    asked = {(key, who) for key, who, _answer in _said(told)}
    yes = {
        (k, each.member_id) for each in told for k, said in each.answers.items() if said == "yes"
    }
    return CameOfIt(
        Counter(key for key, _member in asked),
        Counter(key for key, _member in yes),
        len({each.member_id for each in told}),
        sum(each.onward for each in told),
    )


def _said(told: Sequence[Told]) -> Iterator[tuple[str, int, Any]]:
    """Each answer with its question and the member: who tells of five matches is one person."""
    for each in told:
        for key, answer in each.answers.items():
            yield key, each.member_id, answer


@dataclass(frozen=True, slots=True)
class Held:
    """Meetings held in a period: how many, how long in all, and by how many people."""

    meetings: int
    minutes: int
    people: int


async def held(db: Db, scope: Scope) -> Held:
    """The meetings that were held."""
    where = (meetings.c.state == "held", scope.here, *scope.within(meetings.c.starts_at))
    sums = select(func.count(), func.sum(meetings.c.minutes)).select_from(meetings)
    (found,) = await db.rows(sums.join(matches).where(*where))
    who = select(func.count(matched.c.member_id.distinct()))
    people = await db.scalar(who.select_from(meetings.join(matches).join(matched)).where(*where))
    return Held(found[0], int(found[1] or 0), people)
