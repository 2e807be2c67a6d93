"""What must not stay in a chat: discreet ones empty themselves, and who hides gets nothing new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.hiding import in_calls
from bot.domain.replies import Say
from bot.store import people, written
from bot.store.db import Db
from bot.store.queues import Outgoing

SPARE = timedelta(hours=4)
"""So long before it would be too late: the bot may be down for a while."""


async def fading(db: Db, now: datetime) -> list[Say]:
    """Deletes what was written in discreet chats nearly two days ago.

    While somebody hides it all stays: the note they left may be their way back.
    """
    found = await written.old_in_discreet(
        db, now - written.DELETABLE, now - written.DELETABLE + SPARE
    )
    ids: dict[int, set[int]] = defaultdict(set)
    for each in found:
        ids[each.person_id].add(each.message_id)
    await written.no_longer_there(db, found)
    return [
        Say(person_id, "", erase=part)
        for person_id, theirs in ids.items()
        for part in in_calls(theirs)
    ]


async def out_of_sight(db: Db, came: Sequence[tuple[Outgoing, int]]) -> list[Say]:
    """Deletes what was on its way when its reader hid, as soon as it has arrived as a message.

    To be asked before it is noted as delivered: who hides now waits for us, and then sees it.
    """
    open_ = [(one.person_id, id_) for one, id_ in came if not one.payload.get("hidden")]
    hiding = await people.hiding(db, {who for who, _id in open_ if who is not None})
    return [Say(who, "", erase=(id_,), hidden=True) for who, id_ in open_ if who in hiding]
