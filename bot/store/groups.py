"""A circle or team as one who is in it sees it: everybody with a place; its beginning and end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from sqlalchemy import select

from bot.domain.exchange import GROUPED
from bot.domain.groups import OUT, Place, shape_of
from bot.domain.matching.circles import Shape
from bot.domain.policy import Policy
from bot.store import (
    enrolments,
    exchanges,
    matches,
    meetings,
    networks,
    pairings,
    pairs,
    people,
    reminders,
    rooms,
    tasks,
)
from bot.store.db import Db
from bot.store.exchanges import Exchange
from bot.store.matches import Match, Matched
from bot.store.networks import Member, Network, Side
from bot.store.people import Person
from bot.store.tables import members

BY_HAND = "coordinator"
"""Why a group ended, where a coordinator ended it."""

OF_PROPOSAL = ("group_proposal", "group_nudge", "group_expiry")
OF_GROUP = (*OF_PROPOSAL, "group_news", "group_left", "session_next", "session_end")
"""The reminders whose subject is a group's match."""

OF_SESSION = (*pairings.OF_MEETING, "session_day", "session_hour", "session_log", "session_who")
"""The reminders whose subject is one of its meetings."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place in a group, with what they said to it."""

    member: Member
    side: Side
    person: Person
    said: Matched

    @property
    def id(self) -> int:
        """The row id of the place."""
        return self.said.id

    @property
    def leads(self) -> bool:
        """Whether they facilitate the circle, or co-lead the team."""
        return self.said.leads

    @property
    def out(self) -> bool:
        """Whether they said no, left, or the others began without them."""
        return self.said.answer in OUT

    @property
    def place(self) -> Place:
        """The place as the rules see it."""
        return Place(self.side.id, self.said.answer, self.said.leads)

    @property
    def zone(self) -> str:
        """The time zone they live by."""
        return self.person.zone or self.member.told.zone

    @property
    def name(self) -> str:
        """The name they chose for others to see."""
        return self.member.name or "—"

    @property
    def present(self) -> bool:
        """Whether anything may be said to them unasked: neither paused nor gone."""
        return self.member.state == "active" and self.person.state == "here"


@dataclass(frozen=True, slots=True)
class Group:
    """A circle or team, seen by `me`; `others` are all who are in it, or may still be.

    `sides` are the row ids of all sides that were to be in it.
    """

    match: Match
    exchange: Exchange
    network: Network
    me: Seat
    others: tuple[Seat, ...]
    sides: frozenset[int]

    @property
    def policy(self) -> Policy:
        """The network's policy."""
        return self.network.settled

    @property
    def shape(self) -> Shape:
        """How its exchange makes groups."""
        return shape_of(self.exchange.settled)

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Everybody who is in it, `me` first."""
        return self.others if self.me.out else (self.me, *self.others)

    @property
    def present(self) -> list[Seat]:
        """The others to whom something may be said unasked."""
        return [each for each in self.others if each.present]

    @property
    def places(self) -> list[Place]:
        """The places of everybody who is in it, as the rules see them."""
        return [each.place for each in self.seats]


async def of(
    db: Db, person_id: int, match_id: int, *, hold: bool = False, out: bool = False
) -> Group | None:
    """The group as this person sees it; None where they are not in it, or have left.

    With `hold` it is locked until the end of the transaction: two taps at once come one by one.
    With `out` they see it, too, if they said no or the others began without them.
    """
    match = await (matches.locked if hold else matches.by_id)(db, match_id)
    seats = [] if match is None else await _seats(db, match)
    mine = [each for each in seats if each.person.id == person_id and each.member.state != "left"]
    if match is None or not mine or (mine[0].out and not out):
        return None
    return await _seen(db, match, mine[0], seats)


async def held(db: Db, match_id: int) -> Group | None:
    """The group, locked until the end of the transaction, seen by one of those in it."""
    match = await matches.locked(db, match_id)
    seats = [] if match is None else await _seats(db, match)
    there = [each for each in seats if not each.out] or seats
    return await _seen(db, match, there[0], seats) if match and there else None


async def _seen(db: Db, match: Match, me: Seat, seats: Sequence[Seat]) -> Group | None:
    exchange = await exchanges.by_id(db, match.exchange_id)
    network = await networks.by_id(db, me.member.network_id)
    if exchange is None or network is None or exchange.format not in GROUPED:
        return None
    others = tuple(each for each in seats if each.id != me.id and not each.out)
    sides = frozenset(each.side.id for each in seats)
    return Group(match, exchange, network, me, others, sides)


async def _seats(db: Db, match: Match) -> list[Seat]:
    """Everybody there ever was in it and is still known, in the order of their places."""
    said = await matches.parties(db, match.id)
    query = select(members).where(members.c.id.in_([each.member_id for each in said]))
    who = {each.id: each for each in await db.all(Member, query)}
    accounts = await people.by_ids(db, {each.person_id for each in who.values()})
    sides = {each.side_id: await networks.side(db, each.side_id) for each in said}
    found = []
    for each in said:
        member, side = who.get(each.member_id), sides[each.side_id]
        person = None if member is None else accounts.get(member.person_id)
        if member is not None and side is not None and person is not None:
            found.append(Seat(member, side, person, each))
    return found


async def open_of(db: Db, person_id: int) -> list[Group]:
    """A person's proposed and active groups in all networks, the newest first."""
    found = [
        await of(db, person_id, match.id)
        for member in await networks.memberships(db, person_id)
        for match in await matches.open_of(db, member.id)
    ]
    return [each for each in found if each is not None]


async def active_of(db: Db, person_id: int) -> list[Group]:
    """A person's active groups in all networks, the newest first."""
    return [each for each in await open_of(db, person_id) if each.match.state == "active"]


async def turn_down(db: Db, group: Group, now: datetime, reason: str | None = None) -> None:
    """`me` said no: they wait again, their place in line kept."""
    await matches.set_answer(db, group.me.id, "no", now, reason)
    mine = {"person_id": group.me.person.id}
    await reminders.cancel(db, group.match.id, "group_proposal", "group_nudge", **mine)
    await _wait(db, group, [group.me], ())


async def begin(db: Db, group: Group, now: datetime) -> None:
    """Those who said yes are a group from now on; who said nothing waits again."""
    taken = [each for each in group.seats if each.place.taken]
    silent = [each for each in group.seats if each.place.open]
    await matches.open_group(db, group.match.id, now)
    for each in silent:
        await matches.set_answer(db, each.id, "late", now)
    await _wait(db, group, silent, ())
    ids = sorted(each.member.id for each in taken)
    await enrolments.accepted(db, ids, group.exchange.id, now)
    across = [
        (one.member.id, other.member.id)
        for one, other in combinations(taken, 2)
        if one.side.id != other.side.id
    ]
    await pairs.remember_all(db, group.network.id, across)
    await reminders.cancel(db, group.match.id, *OF_PROPOSAL)


async def end(
    db: Db, group: Group, state: str, now: datetime, why: str, first: Collection[int] = ()
) -> None:
    """Ends a group, or a proposal of one: what waits for it goes, and everybody waits again.

    `state` is closed, declined or expired; members in `first` go first next time.
    """
    await matches.close(db, group.match.id, state, now, why)
    for each in await meetings.coming(db, group.match.id, now):
        await meetings.set_state(db, each.id, "cancelled")
        await reminders.cancel(db, each.id, *OF_SESSION)
    await reminders.cancel(db, group.match.id, *OF_GROUP)
    await _wait(db, group, group.seats, first)
    await rooms.to_be_closed(db, group.match.id, now)


async def leave(db: Db, group: Group, now: datetime) -> Group:
    """`me` leaves a group that goes on, and waits again; the group without them."""
    await matches.set_answer(db, group.me.id, "left", now)
    mine = {"person_id": group.me.person.id}
    await reminders.cancel(db, group.match.id, *OF_GROUP, **mine)
    for each in await meetings.coming(db, group.match.id, now):
        await reminders.cancel(db, each.id, *OF_SESSION, **mine)
    await _wait(db, group, [group.me], ())
    await tasks.give_back_all(db, group.match.id, group.me.member.id)
    await rooms.see_out(db, group.match.id, group.me.person.telegram_id, now)
    rest = await held(db, group.match.id)
    return rest or group


async def _wait(db: Db, group: Group, seats: Iterable[Seat], first: Collection[int]) -> None:
    for member_id in sorted(each.member.id for each in seats):  # so that none deadlock
        exchange_id = group.exchange.id
        await enrolments.wait_again(db, member_id, exchange_id, first=member_id in first)


async def call(db: Db, group: Group, kind: str, now: datetime, tag: str, *seats: Seat) -> None:
    """Has these hear of something as soon as it may be said to them."""
    for each in seats:
        await reminders.schedule(db, kind, group.match.id, now, each.person.id, tag)
