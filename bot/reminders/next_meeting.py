"""Two partners who have let some weeks pass without a word."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.replies import Rows, Say, Text, _, button, stacked
from bot.partners import away
from bot.reminders.kinds import Kind
from bot.store import meetings, pairings, reminders
from bot.store.db import Db
from bot.store.reminders import Reminder

PATIENCE = timedelta(days=5)
"""How long a partner has to answer before the other one is asked whether to wait."""


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """Offers a next time; if the partner stays quiet, `partner_quiet` asks what to do."""
    pairing = await pairings.of(db, reminder.person_id or 0, reminder.subject_id)
    if pairing is None or pairing.match.state != "active":
        return []
    match_id, ahead = pairing.match.id, await meetings.coming(db, pairing.match.id, now)
    if any(each.state == "agreed" for each in ahead):
        return []
    if await away(db, pairing) or not pairing.me.present:
        return []
    tag = f"{now:%Y%m%d%H%M%S%f}"
    who = pairing.me.person.id
    await reminders.schedule(db, "partner_quiet", match_id, now + PATIENCE, who, tag)
    several = await pairings.has_several(db, who)
    return [Say(who, _text(several=several), _ways(match_id, several=several))]


def _text(*, several: bool) -> Text:
    if several:
        return _(
            "It has been quiet for a while with one of your partners. "
            "Would you like to find a time for a conversation?"
        )
    return _("It has been quiet for a while. Would you like to find a time for a conversation?")


def _ways(match_id: int, *, several: bool) -> Rows:
    return stacked(
        button(_("Show"), "match.show", match_id) if several else None,
        button(_("Find a time"), "meet.times", match_id),
        button(_("Later"), "match.wait", match_id),
        button(_("End this introduction"), "match.leave", match_id),
    )


KIND = Kind(name="next_meeting", due=due, useful_for=timedelta(days=7))
