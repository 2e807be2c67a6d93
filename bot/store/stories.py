"""Stories that members tell: their way to the channel, and out of it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import Table, select, update

from bot.domain.stories import mark_of
from bot.store import agreements, reminders, rooms
from bot.store.db import Db
from bot.store.networks import Member
from bot.store.tables import exchanges, outbox, stories

AGREED = "story"
"""What sides agree to, as `agreements` names it."""

OUT = "story_out"
"""The reminder that a post which was on its way when it was taken back must go."""

ON_ITS_WAY = timedelta(seconds=30)
BLANK = "—"
"""What a post says in the moment before it is deleted."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story: draft, consented, approved (by all sides), published, declined or withdrawn.

    `signed` is the name under it, if there is to be one; `language` is that of its words.
    """

    table: ClassVar[Table] = stories
    id: int
    exchange_id: int
    member_id: int
    side_id: int
    words: str
    signed: str | None
    language: str
    state: str
    created_at: datetime
    published_at: datetime | None

    @property
    def mark(self) -> int:
        """Which of its versions it is."""
        return mark_of(self.words, self.signed)


async def draft(
    db: Db,
    exchange_id: int,
    member: Member,
    words: str,
    signed: str | None,
    language: str,
    now: datetime,
) -> int:
    """A story only its author knows of; its id."""
    whose = {"exchange_id": exchange_id, "member_id": member.id, "side_id": member.side_id}
    told = {"words": words, "signed": signed, "language": language}
    return await db.add(stories, **whose, **told, state="draft", created_at=now)


async def rewrite(db: Db, story_id: int, words: str, signed: str | None) -> None:
    """It reads otherwise: a draft again, to which nobody has agreed."""
    await agreements.forget(db, AGREED, story_id)
    await db.change(stories, story_id, words=words, signed=signed, state="draft")


async def by_id(db: Db, story_id: int, *, hold: bool = False) -> Story | None:
    """The story; with `hold` held until the end, so that two decisions come one by one."""
    query = select(stories).where(stories.c.id == story_id)
    return await db.one(Story, query.with_for_update() if hold else query)


async def of_members(db: Db, member_ids: Sequence[int], limit: int) -> list[Story]:
    """What these members told and have not taken back, the newest first."""
    mine = (stories.c.member_id.in_(member_ids), stories.c.state != "withdrawn")
    query = select(stories).where(*mine).order_by(stories.c.id.desc())
    return await db.all(Story, query.limit(limit))


async def awaiting(db: Db, network_id: int, after: int, limit: int) -> list[Story]:
    """What awaits coordinators in a network, by id above `after`."""
    query = select(stories).join(exchanges, exchanges.c.id == stories.c.exchange_id)
    states = stories.c.state.in_(("consented", "approved"))
    here = (exchanges.c.network_id == network_id, states, stories.c.id > after)
    return await db.all(Story, query.where(*here).order_by(stories.c.id).limit(limit))


async def set_state(db: Db, story_id: int, state: str) -> None:
    """Its author consented, or coordinators approved or declined it."""
    await db.change(stories, story_id, state=state)


async def publish(db: Db, story_id: int, now: datetime) -> None:
    """It is published."""
    await db.change(stories, story_id, state="published", published_at=now)


def key_of(story_id: int) -> str:
    """The key under which it is posted, once."""
    return f"story:{story_id}"


async def take_back(db: Db, story_id: int, now: datetime) -> None:
    """Its words are deleted, here and in the channel, and nobody can publish them again.

    Its channel may be linked no more: as long as the bot is in it, it deletes the post.
    """
    await agreements.forget(db, AGREED, story_id)
    await db.change(stories, story_id, words="", signed=None, state="withdrawn")
    if not await take_out(db, story_id, now):
        waits = (outbox.c.key == key_of(story_id), outbox.c.state == "waiting")
        if await db.run(update(outbox).where(*waits).values(state="stopped", payload=None)):
            await reminders.schedule(db, OUT, story_id, now + ON_ITS_WAY)


async def take_all_back(db: Db, member_id: int, now: datetime) -> None:
    """All that a member told is deleted, here and in the channel."""
    for each in await of_members(db, [member_id], limit=1000):
        await take_back(db, each.id, now)


async def take_out(db: Db, story_id: int, now: datetime) -> bool:
    """Has its post deleted, if it was delivered; whether it was.

    Telegram may refuse to delete what is old, but never to edit it: first its words go.
    """
    query = select(outbox.c.chat, outbox.c.message_id).where(outbox.c.key == key_of(story_id))
    for post in await db.rows(query.where(outbox.c.message_id.is_not(None))):
        if room := await rooms.channel_queued(db, post.chat):
            message = {"message_id": post.message_id}
            await rooms.call(db, room, "editMessageText", now, text=BLANK, **message)
            await rooms.call(db, room, "deleteMessage", now, **message)
        return True
    return False
