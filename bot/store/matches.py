"""Matches: who was put together, what each said to it, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Table, and_, func, select

from bot.domain.disclosure import Shown
from bot.domain.exchange import GROUPED
from bot.domain.groups import OUT
from bot.store import enrolments, shown
from bot.store.db import Db
from bot.store.tables import exchanges, matched, matches, members

OPEN = enrolments.OPEN


@dataclass(frozen=True, slots=True)
class Match:
    """Members put together: proposed, active (all said yes), closed, declined or expired."""

    table: ClassVar[Table] = matches
    id: int
    exchange_id: int
    round_id: int | None
    state: str
    reasons: dict[str, Any] | None
    proposed_at: datetime
    expires_at: datetime
    active_at: datetime | None
    closed_at: datetime | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Matched:
    """One member of a match. `answer` is yes, no, or empty until they say.

    In a group it may also be left, or late: the others began before they said anything.
    """

    table: ClassVar[Table] = matched
    id: int
    match_id: int
    member_id: int
    side_id: int
    answer: str
    answered_at: datetime | None
    reason: str | None
    leads: bool = False
    alias: int | None = None
    shows: int = 0
    offers: int = 0
    contact: str | None = None

    @property
    def shown(self) -> Shown:
        """How far they show the other one who they are."""
        return Shown(self.shows, self.offers)


async def propose(
    db: Db,
    exchange_id: int,
    round_id: int | None,
    who: Sequence[tuple[int, int]],
    reasons: Mapping[str, Any],
    now: datetime,
    expires_at: datetime,
    leads: Collection[int] = (),
) -> int:
    """A new match of `who` (member id, side id; some of them `leads`), proposed to them; its id."""
    match_id = await db.add(
        matches,
        exchange_id=exchange_id,
        round_id=round_id,
        state="proposed",
        reasons=dict(reasons),
        proposed_at=now,
        expires_at=expires_at,
    )
    named = await shown.aliases(db, [member_id for member_id, _side in who])
    for (member_id, side_id), alias in zip(who, named, strict=True):
        part = {"member_id": member_id, "side_id": side_id, "leads": member_id in leads}
        await db.add(matched, match_id=match_id, answer="", alias=alias, **part)
    return match_id


async def by_id(db: Db, match_id: int) -> Match | None:
    """The match with this row id."""
    return await db.one(Match, select(matches).where(matches.c.id == match_id))


async def locked(db: Db, match_id: int) -> Match | None:
    """The match, held until the end of the transaction: two taps at once come one by one."""
    query = select(matches).where(matches.c.id == match_id).with_for_update()
    return await db.one(Match, query)


async def parties(db: Db, match_id: int) -> list[Matched]:
    """Who is in a match."""
    query = select(matched).where(matched.c.match_id == match_id).order_by(matched.c.id)
    return await db.all(Matched, query)


async def party(db: Db, match_id: int, member_id: int) -> Matched | None:
    """A member's part in a match, None if they have none."""
    where = (matched.c.match_id == match_id, matched.c.member_id == member_id)
    return await db.one(Matched, select(matched).where(*where))


async def open_of(db: Db, member_id: int) -> list[Match]:
    """A member's matches that are proposed or active and that they are in, the newest first."""
    query = select(matches).join(matched, matched.c.match_id == matches.c.id)
    where = (matched.c.member_id == member_id, matched.c.answer.not_in(OUT))
    query = query.where(*where, matches.c.state.in_(OPEN))
    return await db.all(Match, query.order_by(matches.c.id.desc()))


async def others_open(db: Db, match: Match, member_id: int) -> list[Match]:
    """A member's other open matches of the same exchange, the newest first."""
    found = await open_of(db, member_id)
    return [each for each in found if each.exchange_id == match.exchange_id and each.id != match.id]


async def active_count(db: Db, person_id: int) -> int:
    """To how many partners somebody is introduced at the moment, in all networks."""
    query = select(func.count()).select_from(matched)
    query = query.join(matches, matches.c.id == matched.c.match_id)
    pairs = exchanges.c.format.not_in(GROUPED)
    query = query.join(exchanges, and_(exchanges.c.id == matches.c.exchange_id, pairs))
    query = query.join(members, members.c.id == matched.c.member_id)
    where = (members.c.person_id == person_id, matches.c.state == "active")
    count: int = await db.scalar(query.where(*where))
    return count


async def all_of(db: Db, member_id: int) -> list[Match]:
    """All matches a member was ever in, the newest first."""
    query = select(matches).join(matched, matched.c.match_id == matches.c.id)
    return await db.all(
        Match, query.where(matched.c.member_id == member_id).order_by(matches.c.id.desc())
    )


async def of_round(db: Db, round_id: int, member_ids: Collection[int]) -> Counter[int]:
    """In how many matches of a round each of these members is."""
    query = select(matched.c.member_id).join(matches, matches.c.id == matched.c.match_id)
    where = (matches.c.round_id == round_id, matched.c.member_id.in_(member_ids))
    return Counter(member_id for (member_id,) in await db.rows(query.where(*where)))


async def open_in(
    db: Db, exchange_ids: Sequence[int], side_id: int | None, limit: int, after: int = 0
) -> list[Match]:
    """Open matches of exchanges, with a member of a side if one is named, above an id."""
    query = select(matches).where(
        matches.c.exchange_id.in_(exchange_ids), matches.c.state.in_(OPEN), matches.c.id > after
    )
    if side_id is not None:
        query = query.where(
            matches.c.id.in_(select(matched.c.match_id).where(matched.c.side_id == side_id))
        )
    return await db.all(Match, query.order_by(matches.c.id).limit(limit))


async def set_answer(
    db: Db, matched_id: int, answer: str, now: datetime, reason: str | None = None
) -> None:
    """What a member said to a proposal: yes or no, with a reason for the coordinator."""
    await db.change(matched, matched_id, answer=answer, answered_at=now, reason=reason)


async def activate(db: Db, match_id: int, now: datetime) -> None:
    """All said yes: they are introduced, and their waiting is over."""
    await db.change(matches, match_id, state="active", active_at=now)
    if found := await by_id(db, match_id):
        who = [each.member_id for each in await parties(db, match_id)]
        await enrolments.accepted(db, who, found.exchange_id, now)


async def open_group(db: Db, match_id: int, now: datetime) -> None:
    """A group is together; those who said yes are its own to name."""
    await db.change(matches, match_id, state="active", active_at=now)


async def close(db: Db, match_id: int, state: str, now: datetime, why: str = "") -> None:
    """The end of a match: closed, declined or expired, and why in a word."""
    await db.change(matches, match_id, state=state, closed_at=now, why=why or None)
