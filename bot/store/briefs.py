"""Briefs: drafts that await the agreement of every side, and those that observers have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Table, delete, select

from bot.domain.briefs import Brief
from bot.domain.rights import OBSERVER
from bot.store import agreements
from bot.store.db import Db
from bot.store.stats import Scope
from bot.store.tables import briefs, exchanges, members, people, stories

AGREED = "brief"
"""What sides agree to, as `agreements` names it."""

PAGE = 8
MOST_STORIES = 12


@dataclass(frozen=True, slots=True)
class Kept:
    """A brief as it is stored: draft or sent."""

    table: ClassVar[Table] = briefs
    id: int
    network_id: int
    exchange_id: int | None
    content: dict[str, Any]
    state: str
    made_by: int | None
    created_at: datetime
    sent_at: datetime | None

    @property
    def brief(self) -> Brief:
        """What it says."""
        return Brief.of(self.content)


@dataclass(frozen=True, slots=True)
class Story:
    """A published story's words and their language."""

    table: ClassVar[Table] = stories
    id: int
    words: str
    language: str


async def make(
    db: Db, scope: Scope, content: Mapping[str, Any], member_id: int, now: datetime
) -> int:
    """A new draft in place of the one of the same network or exchange; its id."""
    same = (
        briefs.c.network_id == scope.network_id,
        briefs.c.exchange_id == scope.exchange_id
        if scope.exchange_id
        else briefs.c.exchange_id.is_(None),
    )
    for row in await db.rows(select(briefs.c.id).where(briefs.c.state == "draft", *same)):
        await drop(db, row.id)
    return await db.add(
        briefs,
        network_id=scope.network_id,
        exchange_id=scope.exchange_id or None,
        content=dict(content),
        state="draft",
        made_by=member_id,
        created_at=now,
    )


async def by_id(db: Db, brief_id: int, *, hold: bool = False) -> Kept | None:
    """The brief; with `hold` held until the end, so that two agreements come one by one."""
    query = select(briefs).where(briefs.c.id == brief_id)
    return await db.one(Kept, query.with_for_update() if hold else query)


async def page(db: Db, network_id: int, state: str, before: int = 0) -> list[Kept]:
    """The newest of a network that are draft or sent, one more than a page if there are."""
    where = [briefs.c.network_id == network_id, briefs.c.state == state]
    if before:
        where.append(briefs.c.id < before)
    query = select(briefs).where(*where).order_by(briefs.c.id.desc())
    return await db.all(Kept, query.limit(PAGE + 1))


async def send(db: Db, brief_id: int, now: datetime) -> None:
    """Observers have it from now on."""
    await db.change(briefs, brief_id, state="sent", sent_at=now)


async def drop(db: Db, brief_id: int) -> None:
    """A draft goes, and what was agreed to of it; one that was sent meanwhile stays."""
    draft = (briefs.c.id == brief_id, briefs.c.state == "draft")
    if await db.run(delete(briefs).where(*draft)):
        await agreements.forget(db, AGREED, brief_id)


async def observers(db: Db, network_id: int) -> list[int]:
    """The person ids of those who observe the network and can be reached."""
    query = select(members.c.person_id).join(people, people.c.id == members.c.person_id)
    where = (
        members.c.network_id == network_id,
        members.c.role == OBSERVER,
        members.c.state == "active",
        people.c.state == "here",
    )
    return [row.person_id for row in await db.rows(query.where(*where).order_by(members.c.id))]


async def published(db: Db, scope: Scope) -> list[int]:
    """The ids of some stories that were published in the period, the newest first."""
    query = select(stories.c.id).join(exchanges, exchanges.c.id == stories.c.exchange_id)
    where = [stories.c.state == "published", exchanges.c.network_id == scope.network_id]
    if scope.exchange_id:
        where.append(stories.c.exchange_id == scope.exchange_id)
    found = query.where(*where, *scope.within(stories.c.published_at))
    newest = found.order_by(stories.c.published_at.desc(), stories.c.id.desc())
    return [row.id for row in await db.rows(newest.limit(MOST_STORIES))]


async def quoted(db: Db, story_ids: Collection[int]) -> list[Story]:
    """Those of these stories that are still published, the newest first."""
    where = (stories.c.id.in_(story_ids), stories.c.state == "published")
    newest = (stories.c.published_at.desc(), stories.c.id.desc())
    return await db.all(Story, select(stories).where(*where).order_by(*newest))
