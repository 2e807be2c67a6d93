"""The step of a round that asks people whether they take a place in a circle or team."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot import quiet
from bot.coordinators.forming import Forming, forming
from bot.domain.groups import place_say
from bot.domain.policy import Policy
from bot.domain.replies import Say
from bot.store import enrolments, matches, networks, reminders, rounds, seating
from bot.store.db import Db
from bot.store.exchanges import Exchange
from bot.store.rounds import Round

GROUPS = 3
"""How many groups are asked in one step."""


async def seat(now: datetime, db: Db, exchange: Exchange, approved: Round) -> list[Say] | None:
    """Proposes the next groups, those that still hold; None when there are no more."""
    some = await seating.some(db, approved.id, GROUPS)
    if not some:
        return None
    good = await forming(db, exchange, some, now, hold=True)
    network = await networks.by_id(db, exchange.network_id)
    policy = network.settled if network else Policy()
    said = [say for each in good for say in await _propose(db, each, exchange, policy, now)]
    await seating.drop(db, [each.id for each in some])
    await rounds.went_on(db, approved, asked=len(good))
    return said


async def _propose(
    db: Db, found: Forming, exchange: Exchange, policy: Policy, now: datetime
) -> list[Say]:
    """Stores a group and asks its people; who is asleep or rests is asked when they may be."""
    members = [member for _enrolment, member in found.people]
    begins = {each.id: await quiet.allowed_from(db, each.person_id, now) for each in members}
    expires_at = max(begins.values()) + timedelta(hours=policy.proposal_expires_hours)
    reasons = found.group.reasons | {"of_each": found.of_each}
    who, leads = [(each.id, each.side_id) for each in members], found.leads.values()
    of = (exchange.id, found.group.round_id)
    match_id = await matches.propose(db, *of, who, reasons, now, expires_at, leads)
    await reminders.schedule(db, "group_expiry", match_id, expires_at)
    said: list[Say] = []
    for enrolment, member in found.people:
        person_id, begin = member.person_id, begins[member.id]
        await enrolments.set_matched(db, enrolment.id)
        nudge_at = begin + timedelta(hours=policy.proposal_nudge_hours)
        await reminders.schedule(db, "group_nudge", match_id, nudge_at, person_id)
        if begin > now:
            await reminders.schedule(db, "group_proposal", match_id, begin, person_id)
        else:
            leading = member.id in leads
            shown = exchange.format, exchange.settled, reasons
            say = place_say(person_id, match_id, *shown, expires_at, leads=leading)
            said.append(say.as_reminder())
    return said
