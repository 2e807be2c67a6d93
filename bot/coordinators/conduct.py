"""A round: previewing it, and, once approved, introducing people and telling the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from bot import quiet
from bot.domain.matching import Candidate, Result, Why, match, may_meet, week_hours
from bot.domain.policy import Policy
from bot.domain.proposals import proposal_say
from bot.domain.replies import Say
from bot.domain.rounds import left_out_say
from bot.store import exchanges, matches, pairs, reminders, rounds
from bot.store.db import Db
from bot.store.exchanges import Enrolment, Exchange
from bot.store.networks import Member
from bot.store.rounds import Round

Waiting: TypeAlias = Sequence[tuple[Enrolment, Member]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a round brought: how many pairs, how many fell away since the preview, who waits on."""

    pairs: int
    dropped: int
    waiting: int
    said: Sequence[Say]


def candidate(enrolment: Enrolment, member: Member, now: datetime) -> Candidate:
    """A waiting member as the matching sees them."""
    told = member.told
    return Candidate(
        id=member.id,
        side=member.side_id,
        languages=frozenset(told.languages),
        hours=week_hours(told.availability, told.zone, now),
        formats=frozenset(told.formats),
        place=told.place,
        interests=frozenset(told.interests),
        opinions=told.opinions,
        waited=enrolment.rounds_waited,
        first=enrolment.first,
    )


async def preview(db: Db, exchange: Exchange, now: datetime, member_id: int) -> Round | None:
    """Matches who waits and stores it as the draft; None if nobody waits. Hold the exchange."""
    waiting = await exchanges.waiting(db, exchange.id)
    if not waiting:
        return None
    who = [candidate(*each, now) for each in waiting]
    met = await pairs.of_network(db, exchange.network_id)
    found = await asyncio.to_thread(match, who, met, seed=int(now.timestamp()))
    round_id = await rounds.draft(db, exchange.id, as_json(found), now, member_id)
    return await rounds.by_id(db, round_id)


def as_json(result: Result) -> dict[str, Any]:
    """A result as a round stores it."""
    return {
        "pairs": [
            {"one": each.one, "other": each.other, "reasons": each.reasons.as_json()}
            for each in result.pairs
        ],
        "left_out": [
            {"member": each.id, "why": each.why.value, "place": each.place}
            for each in result.left_out
        ],
    }


async def holding(
    db: Db, exchange: Exchange, result: dict[str, Any], now: datetime
) -> tuple[Waiting, list[dict[str, Any]]]:
    """Who waits now, and the pairs of a result whose musts all still hold."""
    waiting = await exchanges.waiting(db, exchange.id)
    named = {id_ for each in result["pairs"] for id_ in (each["one"], each["other"])}
    who = [candidate(*each, now) for each in waiting if each[1].id in named]
    allowed = may_meet(who, await pairs.of_network(db, exchange.network_id))
    good = [e for e in result["pairs"] if frozenset((e["one"], e["other"])) in allowed]
    return waiting, good


async def conduct(
    db: Db, exchange: Exchange, approved: Round, policy: Policy, now: datetime
) -> Outcome:
    """Proposes every pair that still holds and tells the others where they stand.

    Hold the exchange, and see that the round is a draft.
    """
    waiting, good = await holding(db, exchange, approved.result, now)
    await rounds.set_state(db, approved.id, "approved")
    whose = {member.id: (enrolment, member) for enrolment, member in waiting}
    said: list[Say] = []
    for each in good:
        both = [whose.pop(each["one"]), whose.pop(each["other"])]
        said += await _propose(db, approved, both, each["reasons"], policy, now)
    for enrolment, _member in whose.values():
        await exchanges.waited_in_vain(db, enrolment.id)
    await exchanges.end_skipping(db, exchange.id)
    next_at = now + timedelta(days=policy.days_between_rounds)
    await rounds.set_next(db, exchange.id, next_at)
    said += await _left_out(db, exchange.id, approved, set(whose), next_at, now)
    dropped = len(approved.result["pairs"]) - len(good)
    return Outcome(len(good), dropped, len(whose), said)


async def _propose(
    db: Db,
    approved: Round,
    both: Waiting,
    reasons: dict[str, Any],
    policy: Policy,
    now: datetime,
) -> list[Say]:
    """Stores a match and proposes it; who is asleep or rests is asked when they may be."""
    members = [member for _enrolment, member in both]
    begins = [await quiet.allowed_from(db, each.person_id, now) for each in members]
    expires_at = max(begins) + timedelta(hours=policy.proposal_expires_hours)
    match_id = await matches.propose(
        db,
        approved.exchange_id,
        approved.id,
        [(each.id, each.side_id) for each in members],
        reasons,
        now,
        expires_at,
    )
    await pairs.remember(db, members[0].network_id, members[0].id, members[1].id)
    await reminders.schedule(db, "proposal_expiry", match_id, expires_at)
    said: list[Say] = []
    for (enrolment, member), begin in zip(both, begins, strict=True):
        await exchanges.set_matched(db, enrolment.id)
        nudge_at = begin + timedelta(hours=policy.proposal_nudge_hours)
        await reminders.schedule(db, "proposal_nudge", match_id, nudge_at, member.person_id)
        say = proposal_say(member.person_id, match_id, reasons, expires_at)
        said += await _unasked(db, "proposal", match_id, say, begin, now)
    return said


async def _left_out(
    db: Db, exchange_id: int, approved: Round, ids: set[int], next_at: datetime, now: datetime
) -> list[Say]:
    whys = {each["member"]: Why(each["why"]) for each in approved.result["left_out"]}
    said: list[Say] = []
    in_line: dict[int, int] = {}
    for enrolment, member in await exchanges.waiting(db, exchange_id):
        place = in_line[member.side_id] = in_line.get(member.side_id, 0) + 1
        if member.id in ids:
            why = whys.get(member.id, Why.LINE)
            say = left_out_say(member.person_id, why, place, next_at)
            begin = await quiet.allowed_from(db, member.person_id, now)
            said += await _unasked(db, "left_out", enrolment.id, say, begin, now)
    return said


async def _unasked(
    db: Db, kind: str, subject_id: int, say: Say, begin: datetime, now: datetime
) -> list[Say]:
    """The message, if it may be sent now; else a reminder that will say it."""
    if begin <= now:
        return [say.as_reminder()]
    await reminders.schedule(db, kind, subject_id, begin, say.to, f"{now:%Y%m%d%H%M}")
    return []
