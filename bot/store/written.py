"""What was written in people's chats, so that it can be deleted there while Telegram allows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Table, bindparam, select, update

from bot.store.db import Db
from bot.store.tables import inbox, outbox, people

DELETABLE = timedelta(hours=48)
"""For so long Telegram lets a bot delete a message of a private chat."""

FADING_AT_ONCE = 2000
"""Messages that are deleted at a time: others wait for this."""


async def in_chat(db: Db, person_id: int, since: datetime) -> list[int]:
    """Telegram's ids of what the bot and a person wrote in their chat from then on."""
    sent = (outbox.c.person_id == person_id, outbox.c.sent_at > since)
    ours = select(outbox.c.message_id).where(*sent, outbox.c.message_id.is_not(None))
    came = (inbox.c.person_id == person_id, inbox.c.received_at > since)
    theirs = select(inbox.c.message_id).where(*came, inbox.c.message_id.is_not(None))
    return sorted({row.message_id for each in (ours, theirs) for row in await db.rows(each)})


@dataclass(frozen=True, slots=True)
class Written:
    """A message in the chat of a person, and the row of the outbox or inbox that tells of it."""

    queue: Table
    row_id: int
    person_id: int
    message_id: int


async def old_in_discreet(db: Db, since: datetime, until: datetime) -> list[Written]:
    """Some of what was written between these instants in the chats of discreet people.

    Nothing of who hides: the note they left may be their way back.
    """
    theirs = (people.c.discreet, people.c.state != "hidden")
    found: list[Written] = []
    for queue, at in ((outbox, outbox.c.sent_at), (inbox, inbox.c.received_at)):
        query = (
            select(queue.c.id, queue.c.person_id, queue.c.message_id)
            .join(people, people.c.id == queue.c.person_id)
            .where(*theirs, at > since, at <= until, queue.c.message_id.is_not(None))
        )
        rows = await db.rows(query.limit(FADING_AT_ONCE))
        found += [Written(queue, row.id, row.person_id, row.message_id) for row in rows]
    return found


async def no_longer_there(db: Db, found: Sequence[Written]) -> None:
    """These messages are deleted in their chats."""
    for queue in (outbox, inbox):
        gone = update(queue).where(queue.c.id == bindparam("row")).values(message_id=None)
        await db.each(gone, [{"row": one.row_id} for one in found if one.queue is queue])
