"""Some weeks after two were introduced, each is asked privately how it is going."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.check_buttons import question_say
from bot.domain.checkins import PAIR
from bot.domain.replies import Say, _
from bot.reminders.kinds import Kind
from bot.store import checkins, pairings, reports
from bot.store.db import Db
from bot.store.pairings import Pairing
from bot.store.reminders import Reminder


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Asks one of the two, if they are still introduced."""
    pairing = await pairings.of(db, reminder.person_id or 0, reminder.subject_id)
    if pairing is None or pairing.match.state != "active" or not pairing.me.present:
        return []
    member = pairing.me.member
    if await checkins.wants_none(db, member.id) or await _reported(db, pairing):
        return []
    found = await checkins.of_pairs(db, member, pairing.match.exchange_id, now)
    turn = await checkins.times_asked(db, found.id, member.id)
    answer_id = await checkins.ask(db, found.id, member.id, turn, now)
    name = pairing.partner.shown
    question = _("How is it going with <tg-spoiler>{name}</tg-spoiler>?", name=name)
    return [question_say(pairing.me.person.id, answer_id, PAIR, question)]


async def _reported(db: Db, pairing: Pairing) -> bool:
    """Whether they reported the other one, and said already how it is going."""
    return await reports.opened_by(db, pairing.match.id, pairing.me.member.id)


KIND = Kind("checkin_pair", due, timedelta(days=14))
