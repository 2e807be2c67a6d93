"""People of a town who were introduced and met, as often as a test wants."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from bot.store import enrolments, exchanges, logs, matches, meetings
from bot.store.networks import Member
from bot.store.tables import matched, outcomes
from tests.coordinators.town import Town


async def pair(
    town: Town, *, held: int = 0, missed: int = 0, exchange_id: int = 0, onward: int = 0
) -> tuple[Member, Member]:
    """Two new members, introduced a week ago; both rate each meeting of 90 minutes a 4."""
    two = (await town.member(0, name="Qone"), await town.member(1, name="Qtwo"))
    at = exchange_id or await town.exchange()
    asked = town.now - timedelta(days=7)
    async with town.store.begin() as db:
        for each in two:
            await enrolments.enrol(db, each.id, at, asked)
        who = [(each.id, each.side_id) for each in two]
        match_id = await matches.propose(db, at, None, who, {}, asked, town.now)
        of_it = matched.c.match_id == match_id
        await db.run(update(matched).where(of_it).values(answer="yes", answered_at=asked))
        await matches.activate(db, match_id, asked)
        for number in range(held + missed):
            met = number < held
            starts = town.now - timedelta(days=number + 1)
            state = "held" if met else "missed"
            id_ = await meetings.add(db, match_id, state, starts, 90, two[0].id, asked)
            told = {"again": None, "note": None, "risk": None}
            for each in two:
                rating = 4 if met else None
                await logs.add(db, id_, each.id, town.now, met=met, rating=rating, **told)
        for each in two if onward else ():
            said = {"member_id": each.id, "answers": {"changed": "yes"}, "onward": onward}
            await db.add(outcomes, match_id=match_id, at=town.now, **said)
    return two


async def opened(town: Town, track: int, shape: str) -> int:
    """Another exchange of the network."""
    async with town.store.begin() as db:
        return await exchanges.create(db, town.network_id, track, shape, None)
