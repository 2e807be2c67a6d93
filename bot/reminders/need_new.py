"""A need of joint work, told by day to one who said they could give such a thing."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Say, _, button, stacked
from bot.reminders.kinds import Kind
from bot.store import blocks, enrolments, exchanges, matches, needs, networks, reports, roster
from bot.store.db import Db
from bot.store.needs import Need
from bot.store.networks import Member
from bot.store.reminders import Reminder


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Tells of it, if it is still open and could be for them."""
    found = await needs.by_id(db, reminder.subject_id)
    exchange = None if found is None else await exchanges.by_id(db, found.exchange_id)
    if found is None or exchange is None or reminder.person_id is None:
        return []
    member = await networks.membership(db, reminder.person_id, exchange.network_id)
    if found.state != "open" or exchange.state != "open" or not await needs.goes_on(db, found):
        return []
    if member is None or not await _could(db, member, found):
        return []
    text = _("There is joint work that lacks something. You said that you could perhaps help.")
    ways = stacked(button(_("Show"), "pledge.need", found.id))
    return [Say(reminder.person_id, text, ways)]


async def _could(db: Db, member: Member, need: Need) -> bool:
    """Whether a member takes part, and named this sort of help, or none."""
    there = await enrolments.of(db, member.id, need.exchange_id)
    if member.state != "active" or there is None or there.state == "out":
        return False
    named = (there.answers or {}).get("gives")
    own = await matches.party(db, need.match_id, member.id)
    if await _apart(db, member, need):
        return False
    return own is None and (not named or need.sort in named)


async def _apart(db: Db, member: Member, need: Need) -> bool:
    """Whether there is a block or a report between them and one who speaks for it."""
    found = await roster.by_ids(db, need.holder_ids)
    people = [each.person_id for each in found.values()]
    apart = await blocks.between(db, member.person_id, people)
    return bool(apart or await reports.between(db, member.id) & set(need.holder_ids))


KIND = Kind(needs.NEW, due, useful_for=timedelta(days=14))
