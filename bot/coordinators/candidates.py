"""From a member who waits to what the matching knows of them, and which pairs may still be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from bot.domain.matching import Candidate, may_meet, week_hours
from bot.domain.people import Profile
from bot.domain.tracks.answers import Matchable, matchable
from bot.domain.when_where import SLOTS
from bot.store import enrolments, line, matches, pairs
from bot.store.blocks import kept_apart
from bot.store.db import Db
from bot.store.drafts import Drafted
from bot.store.exchanges import Exchange
from bot.store.line import Waiting


@dataclass(frozen=True, slots=True)
class Holding:
    """A pair whose musts hold, and both people."""

    pair: Drafted
    both: tuple[Waiting, Waiting]


@lru_cache(maxsize=256)
def _week(zone: str, now: datetime) -> Mapping[str, frozenset[int]]:
    """The hours of each slot; few zones are asked for, and by many people."""
    return {slot: week_hours((slot,), zone, now) for slot in SLOTS}


def candidate(
    waiting: Waiting, exchange: Exchange, now: datetime, taken_out: frozenset[str] = frozenset()
) -> Candidate:
    """A member who waits as the matching sees them; what they did not tick is spare.

    What they said of statements that were `taken_out` counts no more.
    """
    enrolment, member = waiting
    told, answered = member.told, _answered(waiting, exchange)
    week = _week(told.zone, now)
    ticked = {slot: week[slot] for slot in told.availability if slot in week}
    return Candidate(
        id=member.id,
        side=member.side_id,
        languages=told.spoken,
        hours=frozenset().union(*ticked.values()),
        formats=_formats(told, exchange),
        place=told.place,
        interests=frozenset(told.interests),
        opinions={at: each for at, each in told.opinions.items() if at not in taken_out},
        answers=answered.answers,
        offers=answered.offers,
        needs=answered.needs,
        capacity=answered.capacity or told.capacity,
        waited=enrolment.rounds_waited,
        first=enrolment.first,
        leads=answered.leads or member.role == "facilitator",
        spare={slot: hours for slot, hours in week.items() if slot not in ticked},
    )


def _answered(waiting: Waiting, exchange: Exchange) -> Matchable:
    enrolment, member = waiting
    if not enrolment.answers:
        return Matchable()
    return matchable(enrolments.asked(member.role, exchange), enrolment.answers)


def takes(waiting: Waiting, exchange: Exchange) -> int:
    """How many partners somebody takes in a round, as they said here, or else when they joined."""
    return _answered(waiting, exchange).capacity or waiting[1].told.capacity


def _formats(told: Profile, exchange: Exchange) -> frozenset[str]:
    """How they can meet; a visit leads to another place and is talked over online."""
    visits = exchange.template.visits
    return frozenset({"online"} if visits else told.formats)


async def holding(
    db: Db,
    exchange: Exchange,
    some: Sequence[Drafted],
    now: datetime,
    *,
    hold: bool = False,
) -> list[Holding]:
    """Of these pairs of one round those whose musts hold; with `hold` nobody in them can pause."""
    ids = {id_ for each in some for id_ in each.ids}
    if not ids:
        return []
    who = await line.members_in(db, exchange.id, ids, hold=hold)
    partners = await matches.of_round(db, some[0].round_id, ids)
    apart = await pairs.among(db, ids) | await kept_apart(db, ids)
    rules = exchange.asks
    found = []
    for each in some:
        both = [who[id_] for id_ in (each.one_id, each.other_id) if id_ in who]
        free = len(both) == 2 and all(_free(one, exchange, partners) for one in both)
        if free and each.ids not in apart:
            one, other = both
            if may_meet(candidate(one, exchange, now), candidate(other, exchange, now), rules):
                found.append(Holding(each, (one, other)))
                partners.update(each.ids)
    return found


def _free(waiting: Waiting, exchange: Exchange, partners: Counter[int]) -> bool:
    """Whether somebody takes one more partner in a round in which they have so many already."""
    enrolment, member = waiting
    if not partners[member.id]:
        return enrolment.state == "waiting"
    still = enrolment.state in ("waiting", "matched")
    return still and partners[member.id] < takes(waiting, exchange)
