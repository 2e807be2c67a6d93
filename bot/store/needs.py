"""Needs of joint work, and what members pledge to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Select, Table, exists, func, select, update

from bot.domain import funding
from bot.domain.funding import STANDING
from bot.store import exchanges, reminders
from bot.store.db import Db
from bot.store.exchanges import Exchange
from bot.store.matches import Match
from bot.store.matches import by_id as find_match
from bot.store.tables import exchanges as exchange_rows
from bot.store.tables import matched, matches, needs, pledges

AGREED = "pledge"
"""What sides agree to, as `agreements` names it."""

GONE = "—"
"""The words of a need once nobody speaks for it."""

OPENED, NEW = "need_opened", "need_new"
"""The reminders that have people told of a need, and tell one."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a match lacks; `exchange_id` is where it is shown. States: see domain.funding."""

    table: ClassVar[Table] = needs
    id: int
    exchange_id: int
    match_id: int
    made_by: int | None
    confirmed_by: int | None
    words: str
    sort: str
    state: str
    outcome: str | None
    created_at: datetime

    @property
    def holder_ids(self) -> list[int]:
        """Who speaks for it: who told it and who confirmed it, as far as they are known."""
        return [each for each in (self.made_by, self.confirmed_by) if each is not None]


@dataclass(frozen=True, slots=True)
class Pledge:
    """What a member would give to a need; `words` are empty once they have left."""

    table: ClassVar[Table] = pledges
    id: int
    need_id: int
    member_id: int
    words: str | dict[str, Any]
    state: str
    created_at: datetime

    @property
    def text(self) -> str:
        """What they wrote."""
        return self.words if isinstance(self.words, str) else "—"


async def given_in(db: Db, network_id: int) -> list[Exchange]:
    """The open exchanges of a network in which needs are shown."""
    return [each for each in await exchanges.open_in(db, network_id) if each.template.gives]


async def joint_work(db: Db, member_ids: Sequence[int]) -> list[Match]:
    """The active matches these members are in together with somebody of another side."""
    mine, other = matched.alias(), matched.alias()
    there = exists().where(
        mine.c.match_id == matches.c.id,
        mine.c.member_id.in_(member_ids),
        mine.c.answer == "yes",
        other.c.match_id == matches.c.id,
        other.c.answer == "yes",
        other.c.side_id != mine.c.side_id,
    )
    query = select(matches).where(matches.c.state == "active", there)
    return await db.all(Match, query.order_by(matches.c.id.desc()))


async def mates(db: Db, match_id: int, side_id: int) -> list[int]:
    """The ids of the members of a match who are of another side than this one."""
    there = (matched.c.match_id == match_id, matched.c.answer == "yes")
    query = select(matched.c.member_id).where(*there, matched.c.side_id != side_id)
    return [row.member_id for row in await db.rows(query.order_by(matched.c.id))]


async def tell(
    db: Db, exchange_id: int, match_id: int, member_id: int, sort: str, words: str, now: datetime
) -> int:
    """A need that nobody has confirmed yet; its id."""
    of = {"exchange_id": exchange_id, "match_id": match_id, "made_by": member_id}
    return await db.add(needs, **of, words=words, sort=sort, state="proposed", created_at=now)


async def by_id(db: Db, need_id: int, *, hold: bool = False) -> Need | None:
    """The need; with `hold` held until the end, with all that is pledged to it."""
    query = select(needs).where(needs.c.id == need_id)
    return await db.one(Need, query.with_for_update() if hold else query)


async def count_of(db: Db, match_id: int) -> int:
    """How many needs of a match are not closed."""
    where = (needs.c.match_id == match_id, needs.c.state != "closed")
    return int(await db.scalar(select(func.count()).select_from(needs).where(*where)))


async def of_members(db: Db, member_ids: Sequence[int]) -> list[Need]:
    """The needs of what these members are or were in that are not closed, the newest first."""
    mine = exists().where(
        matched.c.match_id == needs.c.match_id,
        matched.c.member_id.in_(member_ids),
        matched.c.answer == "yes",
    )
    query = select(needs).where(needs.c.state != "closed", mine)
    return await db.all(Need, query.order_by(needs.c.id.desc()))


def _in_network(network_id: int) -> Select[Any]:
    query = select(needs).join(exchange_rows, exchange_rows.c.id == needs.c.exchange_id)
    return query.where(exchange_rows.c.network_id == network_id)


async def open_in(db: Db, network_ids: Sequence[int], after: int, limit: int) -> list[Need]:
    """The open needs of work that goes on in networks, by id above `after`."""
    query = select(needs).join(exchange_rows, exchange_rows.c.id == needs.c.exchange_id)
    query = query.join(matches, matches.c.id == needs.c.match_id)
    active = (needs.c.state == "open", matches.c.state == "active")
    here = (exchange_rows.c.network_id.in_(network_ids), *active)
    query = query.where(*here, needs.c.id > after).order_by(needs.c.id)
    return await db.all(Need, query.limit(limit))


async def of_network(db: Db, network_id: int, before: int, limit: int) -> list[Need]:
    """All needs of a network, the newest first, those before one if it is named."""
    query = _in_network(network_id)
    if before:
        query = query.where(needs.c.id < before)
    return await db.all(Need, query.order_by(needs.c.id.desc()).limit(limit))


async def goes_on(db: Db, need: Need) -> bool:
    """Whether those who told the need still work together."""
    match = await find_match(db, need.match_id)
    return match is not None and match.state == "active"


async def confirm(db: Db, need: Need, keeps: int, member_id: int, now: datetime) -> None:
    """A member takes the place of the holder that is missing beside the one who `keeps` theirs."""
    values = {"made_by": keeps, "confirmed_by": member_id, "state": "open"}
    await db.change(needs, need.id, **values)
    if need.state == "proposed":
        await reminders.schedule(db, OPENED, need.id, now, tag="0")


async def set_state(
    db: Db, need_id: int, state: str, now: datetime, outcome: str | None = None
) -> None:
    """A need is met, or closed, maybe with what became of it."""
    values: dict[str, Any] = {"state": state}
    if state == "closed":
        values |= {"closed_at": now, "outcome": outcome}
    await db.change(needs, need_id, **values)


async def offer(db: Db, need_id: int, member_id: int, words: str, now: datetime) -> int:
    """What a member would give; its id."""
    of = {"need_id": need_id, "member_id": member_id, "words": words}
    return await db.add(pledges, **of, state="offered", created_at=now)


async def pledge(db: Db, pledge_id: int) -> Pledge | None:
    """The pledge with this row id."""
    return await db.one(Pledge, select(pledges).where(pledges.c.id == pledge_id))


async def pledges_to(db: Db, need_id: int) -> list[Pledge]:
    """All that was ever pledged to a need, the oldest first."""
    query = select(pledges).where(pledges.c.need_id == need_id)
    return await db.all(Pledge, query.order_by(pledges.c.id))


async def pledges_by(db: Db, member_ids: Sequence[int], limit: int) -> list[Pledge]:
    """What these members pledged and have not dropped, the newest first."""
    where = (pledges.c.member_id.in_(member_ids), pledges.c.state != "dropped")
    query = select(pledges).where(*where).order_by(pledges.c.id.desc())
    return await db.all(Pledge, query.limit(limit))


async def standing_of(db: Db, need_id: int, member_id: int) -> Pledge | None:
    """A member's pledge to a need of which something is to come."""
    mine = (pledges.c.need_id == need_id, pledges.c.member_id == member_id)
    query = select(pledges).where(*mine, pledges.c.state.in_(STANDING))
    return await db.one(Pledge, query)


async def may_offer(db: Db, need_id: int, member_id: int) -> bool:
    """Whether a member may offer something to a need, after what they offered before."""
    mine = (pledges.c.need_id == need_id, pledges.c.member_id == member_id)
    rows = await db.rows(select(pledges.c.state).where(*mine).order_by(pledges.c.id))
    return funding.may_offer([row.state for row in rows])


async def set_pledge(db: Db, pledge_id: int, state: str, now: datetime) -> None:
    """What became of a pledge."""
    await db.change(pledges, pledge_id, state=state, changed_at=now)


async def release(db: Db, need_id: int, now: datetime, *states: str) -> list[int]:
    """Nothing more is to come of pledges in these states: they are declined; who made them."""
    where = (pledges.c.need_id == need_id, pledges.c.state.in_(states))
    found = [row.member_id for row in await db.rows(select(pledges.c.member_id).where(*where))]
    await db.run(update(pledges).where(*where).values(state="declined", changed_at=now))
    return found


async def left(db: Db, member_id: int, now: datetime, match_id: int = 0) -> list[int]:
    """Somebody goes from a match, or all of them: their words go where nobody else spoke for them.

    What they told with another is the other's from now on. Returns who has an offer that is off.
    """
    theirs = (needs.c.made_by == member_id) | (needs.c.confirmed_by == member_id)
    query = select(needs).where(theirs, needs.c.state != "closed").with_for_update()
    if match_id:
        query = query.where(needs.c.match_id == match_id)
    off: list[int] = []
    for each in await db.all(Need, query.order_by(needs.c.id)):
        rest = [id_ for id_ in each.holder_ids if id_ != member_id]
        if rest:
            await db.change(needs, each.id, made_by=rest[0], confirmed_by=None)
            continue
        off += await release(db, each.id, now, "offered", "accepted")
        gone = {"made_by": None, "confirmed_by": None, "words": GONE}
        await db.change(needs, each.id, **gone, state="closed", closed_at=now)
    return off


async def counts(db: Db, need_ids: Sequence[int]) -> dict[int, int]:
    """How many pledges each need has of which something came or is to come."""
    states = pledges.c.state.in_((*STANDING, "received"))
    query = select(pledges.c.need_id, func.count().label("many"))
    query = query.where(pledges.c.need_id.in_(need_ids), states).group_by(pledges.c.need_id)
    return {row.need_id: row.many for row in await db.rows(query)}
