"""What the two of a match show each other, and by which pseudonym they know each other before."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.domain.disclosure import CONTACT, Shown, free
from bot.store.db import Db, new_id
from bot.store.tables import matched, matches, members

OPEN = ("proposed", "active")


async def aliases(db: Db, member_ids: Sequence[int]) -> list[int]:
    """Numbers of pseudonyms for those of a new match, used by none whom these people know so."""
    persons = select(members.c.person_id).where(members.c.id.in_(member_ids))
    theirs = select(members.c.id).where(members.c.person_id.in_(persons))
    open_ = (
        select(matched.c.match_id)
        .join(matches, matches.c.id == matched.c.match_id)
        .where(matched.c.member_id.in_(theirs), matches.c.state.in_(OPEN))
    )
    query = select(matched.c.alias).where(
        matched.c.match_id.in_(open_), matched.c.alias.is_not(None)
    )
    taken = {row.alias for row in await db.rows(query)}
    return free(taken, new_id(), len(member_ids))


async def set_shown(db: Db, matched_id: int, now: Shown) -> None:
    """How far one of the two shows who they are; how to be reached is forgotten with the offer."""
    values = {"shows": now.shows, "offers": now.offers}
    await db.change(matched, matched_id, **values)
    if now.offers < CONTACT:
        await db.change(matched, matched_id, contact=None)


async def set_contact(db: Db, matched_id: int, contact: str) -> None:
    """How one of the two can be reached."""
    await db.change(matched, matched_id, contact=contact)


async def forget_contacts(db: Db, matched_ids: Sequence[int]) -> None:
    """Nobody of a match that is over can be reached through it."""
    for each in matched_ids:
        await db.change(matched, each, contact=None)
