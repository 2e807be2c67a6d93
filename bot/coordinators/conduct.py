"""A round that all have approved: people are asked, or told where they stand, some at a time.

Each function here is one step in one transaction, with the round held. Whatever happens between two
steps, the next one goes on where the last one ended: a pair's row goes when the pair is asked, and
the round notes up to whom people have been told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot import quiet
from bot.coordinators.candidates import Holding, holding, takes
from bot.coordinators.seat import seat
from bot.domain.exchange import GROUPED
from bot.domain.policy import Policy
from bot.domain.proposals import proposal_say
from bot.domain.replies import Say, Text, Value, _, ngettext, paragraphs
from bot.domain.rounds import left_out_say
from bot.store import drafts, enrolments, line, matches, networks, pairs, reminders, roster, rounds
from bot.store.db import Db
from bot.store.exchanges import Exchange
from bot.store.line import Queued
from bot.store.networks import Member
from bot.store.rounds import Round

PAIRS, PEOPLE = 10, 25
"""How many pairs are asked, and how many people told, in one step."""


async def ask(now: datetime, db: Db, exchange: Exchange, approved: Round) -> list[Say] | None:
    """Proposes the next pairs or groups, those that still hold; None when there are no more."""
    if exchange.format in GROUPED:
        return await seat(now, db, exchange, approved)
    some = await drafts.some(db, approved.id, PAIRS)
    if not some:
        return None
    good = await holding(db, exchange, some, now, hold=True)
    network = await networks.by_id(db, exchange.network_id)
    policy = network.settled if network else Policy()
    said = [say for each in good for say in await _propose(db, each, exchange, policy, now)]
    await drafts.drop(db, [each.id for each in some])
    await rounds.went_on(db, approved, asked=len(good))
    return said


async def _propose(
    db: Db, found: Holding, exchange: Exchange, policy: Policy, now: datetime
) -> list[Say]:
    """Stores a match and proposes it; who is asleep or rests is asked when they may be."""
    members = [member for _enrolment, member in found.both]
    reasons = found.pair.reasons
    begins = [await quiet.allowed_from(db, each.person_id, now) for each in members]
    expires_at = max(begins) + timedelta(hours=policy.proposal_expires_hours)
    who = [(each.id, each.side_id) for each in members]
    of = (exchange.id, found.pair.round_id)
    match_id = await matches.propose(db, *of, who, reasons, now, expires_at)
    await pairs.remember(db, exchange.network_id, members[0].id, members[1].id)
    await reminders.schedule(db, "proposal_expiry", match_id, expires_at)
    said: list[Say] = []
    for (enrolment, member), begin in zip(found.both, begins, strict=True):
        await enrolments.set_matched(db, enrolment.id)
        nudge_at = begin + timedelta(hours=policy.proposal_nudge_hours)
        await reminders.schedule(db, "proposal_nudge", match_id, nudge_at, member.person_id)
        one = takes((enrolment, member), exchange) == 1
        several = not one and await _several(db, found.pair.round_id, member)
        say = proposal_say(member.person_id, match_id, reasons, expires_at, one_of_several=several)
        said += await _unasked(db, "proposal", match_id, say, begin, now)
    return said


async def _several(db: Db, round_id: int, member: Member) -> bool:
    """This round has another partner for a member beside the one who was just proposed."""
    asked = await matches.of_round(db, round_id, [member.id])
    return asked[member.id] > 1 or await drafts.many(db, round_id, member.id) > 1


def places(queue: Sequence[Queued], told_to: int) -> dict[int, int]:
    """Everybody's place on their side, by enrolment; those up to `told_to` were counted already.

    They have waited one round more than before, which the others are still to be told.
    """
    at: dict[int, int] = {}
    of_side: dict[int, int] = {}
    for each in sorted(queue, key=lambda each: _before(each, told_to)):
        at[each.id] = of_side[each.side_id] = of_side.get(each.side_id, 0) + 1
    return at


def _before(each: Queued, told_to: int) -> tuple[bool, int, datetime, int]:
    first, waited, since, id_ = each.order
    return (first, waited + (each.id <= told_to), since, id_)


def to_be_told(queue: Iterable[Queued], approved: Round) -> list[Queued]:
    """Who waited when the round was approved and wasn't told yet, in the order of enrolments."""
    since = approved.approved_at
    return sorted(
        (e for e in queue if since and e.waiting_since <= since and e.id > approved.told_to),
        key=lambda each: each.id,
    )


async def tell(
    now: datetime,
    some: Sequence[Queued],
    at: Mapping[int, int],
    db: Db,
    exchange: Exchange,
    approved: Round,
) -> list[Say]:
    """Tells these people, in the order of their enrolments, that the round has nobody for them."""
    ids = [each.member_id for each in some]
    who = await line.members_in(db, exchange.id, ids, hold=True)
    partners = await matches.of_round(db, approved.id, ids)
    left = await drafts.left(db, approved.id, ids)
    waiting = {
        enrolment.id: (enrolment, member)
        for enrolment, member in who.values()
        if enrolment.state == "waiting" and not partners[member.id]
    }
    await enrolments.waited_in_vain(db, *waiting)
    said: list[Say] = []
    for enrolment, member in waiting.values():
        told = left[member.id].told if member.id in left else {}
        say = left_out_say(member.person_id, told, at[enrolment.id], exchange.next_round_at)
        begin = await quiet.allowed_from(db, member.person_id, now)
        said += await _unasked(db, "left_out", enrolment.id, say, begin, now)
    await rounds.went_on(db, approved, told=len(waiting), told_to=some[-1].id)
    return said


async def _unasked(
    db: Db, kind: str, subject_id: int, say: Say, begin: datetime, now: datetime
) -> list[Say]:
    """The message, if it may be sent now; else a reminder that will say it."""
    if begin <= now:
        return [say.as_reminder()]
    await reminders.schedule(db, kind, subject_id, begin, say.to, f"{now:%Y%m%d%H%M}")
    return []


async def finish(db: Db, exchange: Exchange, approved: Round) -> list[Say]:
    """The round is done: who skipped it waits for the next, and the coordinators hear of it."""
    await rounds.set_state(db, approved.id, "done")
    await enrolments.end_skipping(db, exchange.id)
    said = _outcome(approved, grouped=exchange.format in GROUPED)
    return [
        Say(member.person_id, said).as_reminder()
        for side in await networks.sides_of(db, exchange.network_id)
        for member in await roster.coordinators(db, side.id)
    ]


def _outcome(done: Round, *, grouped: bool) -> Value:
    asked, told = done.result["asked"], done.result["told"]
    fell = done.result["groups" if grouped else "pairs"] - asked
    return paragraphs(
        *(_of_groups(asked, fell) if grouped else _of_pairs(asked, fell)),
        ngettext(
            "{n} person waits on and is told why, and their place in line.",
            "{n} people wait on and are told why, and their place in line.",
            told,
        )
        if told
        else None,
        _("Where it is night or a day of rest now, people hear of it afterwards."),
        _("/pairs shows what comes of it."),
    )


def _of_pairs(asked: int, fell: int) -> tuple[Text | None, ...]:
    return (
        ngettext(
            "The round has taken place: {n} pair is being asked.",
            "The round has taken place: {n} pairs are being asked.",
            asked,
        ),
        ngettext(
            "{n} pair was dropped, as somebody paused, left or changed their answers.",
            "{n} pairs were dropped, as somebody paused, left or changed their answers.",
            fell,
        )
        if fell
        else None,
    )


def _of_groups(asked: int, fell: int) -> tuple[Text | None, ...]:
    return (
        ngettext(
            "The round has taken place: the people of {n} group are being asked.",
            "The round has taken place: the people of {n} groups are being asked.",
            asked,
        ),
        ngettext(
            "{n} group was dropped, as somebody paused, left or changed their answers.",
            "{n} groups were dropped, as somebody paused, left or changed their answers.",
            fell,
        )
        if fell
        else None,
    )
