"""Discreet chats empty themselves, while Telegram still lets a bot delete what is in them."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from bot.domain.hiding import in_calls
from bot.domain.replies import Say
from bot.store import people, queues
from bot.store.covers import DELETABLE
from bot.store.db import Db

SPARE = timedelta(hours=4)
"""So long before it would be too late: the bot may be down for a while."""


async def fading(db: Db, now: datetime) -> list[Say]:
    """Deletes what was written in discreet chats nearly two days ago."""
    found = await queues.old_in_discreet(db, now - DELETABLE, now - DELETABLE + SPARE)
    ids: dict[int, set[int]] = defaultdict(set)
    for each in found:
        ids[each.person_id].add(each.message_id)
    hiding = await people.hiding(db, ids.keys())
    await queues.no_longer_there(db, found)
    return [
        Say(person_id, "", erase=part, hidden=person_id in hiding)
        for person_id, theirs in ids.items()
        for part in in_calls(theirs)
    ]
