"""A proposal that ended because somebody did not answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.away import NOT_THIS
from bot.domain.pauses import pause_or_stay
from bot.domain.replies import Say, _, paragraphs
from bot.partners import NOTHING_ELSE, OTHERS
from bot.reminders.kinds import Kind
from bot.store import pairings
from bot.store.db import Db
from bot.store.reminders import Reminder

TIME_IS_OVER = _(
    "The time to answer one of the introductions we suggested is over, and that is all right."
)


async def due(db: Db, _now: datetime, reminder: Reminder) -> list[Say]:
    """Tells who said yes that they go first, and asks who did not answer whether to pause."""
    pairing = await pairings.of(db, reminder.person_id or 0, reminder.subject_id)
    if pairing is None or pairing.match.state != "expired" or not pairing.me.present:
        return []
    if await pairings.goes_on(db, pairing, pairing.me):
        text = NOT_THIS if pairing.me.said.answer == "yes" else TIME_IS_OVER
        return [Say(pairing.me.person.id, paragraphs(text, NOTHING_ELSE), OTHERS)]
    if pairing.me.said.answer == "yes":
        text = _(
            "The other person did not answer in time, so the introduction has ended. "
            "That says nothing about you. You will be among the first when we try again."
        )
        return [Say(pairing.me.person.id, text)]
    text = _(
        "The time to answer the introduction we suggested is over, and that is all right. "
        "Would you like to pause for a while?"
    )
    return [Say(pairing.me.person.id, text, pause_or_stay())]


KIND = Kind(name="proposal_over", due=due, useful_for=timedelta(days=7))
