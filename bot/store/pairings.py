"""A match as one of the two in it sees it: both members, their sides and people; and its end."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.disclosure import NAME, Shown, pseudonym
from bot.domain.exchange import GROUPED
from bot.domain.policy import Policy
from bot.domain.replies import Value
from bot.store import enrolments, exchanges, matches, meetings, networks, people, reminders, shown
from bot.store.db import Db
from bot.store.matches import Match, Matched
from bot.store.meetings import Meeting
from bot.store.networks import Member, Network, Side
from bot.store.people import Person
from bot.store.tables import members
from bot.store.tables import people as people_table

OF_PROPOSAL = ("proposal", "proposal_nudge", "proposal_expiry")
OF_MATCH = (*OF_PROPOSAL, "next_meeting", "partner_quiet", "partner_back", "checkin_pair")
OF_MEETING = ("meeting_day", "meeting_hour", "meeting_log")


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two, with what they said to the proposal."""

    member: Member
    side: Side
    person: Person
    said: Matched

    @property
    def zone(self) -> str:
        """The time zone they live by."""
        return self.person.zone or self.member.told.zone

    @property
    def name(self) -> str:
        """The name they chose for others to see."""
        return self.member.name or "—"

    @property
    def shown(self) -> Value:
        """The name their partner knows them by: a pseudonym until they show their own."""
        return self.name if self.said.shows >= NAME else pseudonym(self.said.alias)

    @property
    def present(self) -> bool:
        """Whether anything may be said to them unasked: neither paused nor gone."""
        return self.member.state == "active" and self.person.state == "here"


@dataclass(frozen=True, slots=True)
class Pairing:
    """A match of two, seen by `me`."""

    match: Match
    network: Network
    me: Half
    partner: Half

    @property
    def policy(self) -> Policy:
        """The network's policy."""
        return self.network.settled

    @property
    def halves(self) -> tuple[Half, Half]:
        """Both of them."""
        return self.me, self.partner

    @property
    def member_ids(self) -> list[int]:
        """The row ids of both members."""
        return [half.member.id for half in self.halves]


async def of(db: Db, person_id: int, match_id: int, *, hold: bool = False) -> Pairing | None:
    """The match as this person sees it; None where they are not in it, or have left.

    With `hold` it is locked until the end of the transaction: two taps at once come one by one.
    """
    match = await (matches.locked if hold else matches.by_id)(db, match_id)
    pairing = None if match is None else await _seen(db, match)
    if pairing is not None and pairing.me.person.id != person_id:
        pairing = replace(pairing, me=pairing.partner, partner=pairing.me)
    mine = pairing is not None and pairing.me.person.id == person_id
    return pairing if pairing and mine and pairing.me.member.state != "left" else None


async def held(db: Db, match_id: int) -> Pairing | None:
    """The match, locked until the end of the transaction, seen by either of the two."""
    match = await matches.locked(db, match_id)
    return None if match is None else await _seen(db, match)


async def _seen(db: Db, match: Match) -> Pairing | None:
    exchange = await exchanges.by_id(db, match.exchange_id)
    if exchange is None or exchange.format in GROUPED:
        return None  # a circle of which two are left is no pair
    halves = [await _half(db, each) for each in await matches.parties(db, match.id)]
    found = [half for half in halves if half is not None]
    if len(found) != 2:
        return None
    network = await networks.by_id(db, found[0].member.network_id)
    return None if network is None else Pairing(match, network, found[0], found[1])


async def _half(db: Db, said: Matched) -> Half | None:
    member = await networks.member(db, said.member_id)
    side = await networks.side(db, said.side_id)
    person = None if member is None else await people.by_id(db, member.person_id)
    if member is None or side is None or person is None:
        return None
    return Half(member, side, person, said)


async def open_of(db: Db, person_id: int) -> list[Pairing]:
    """A person's proposed and active matches in all networks, the newest first."""
    found = [
        await of(db, person_id, match.id)
        for member in await networks.memberships(db, person_id)
        for match in await matches.open_of(db, member.id)
    ]
    return [each for each in found if each is not None]


async def active_of(db: Db, person_id: int) -> list[Pairing]:
    """A person's active matches in all networks, the newest first."""
    return [each for each in await open_of(db, person_id) if each.match.state == "active"]


async def goes_on(db: Db, pairing: Pairing, half: Half) -> bool:
    """Whether one of the two has another open match in the same exchange."""
    return bool(await matches.others_open(db, pairing.match, half.member.id))


async def has_several(db: Db, person_id: int) -> bool:
    """Whether a person has more than one partner, so that they must be told which is meant."""
    return await matches.active_count(db, person_id) > 1


async def introduced(db: Db, pairing: Pairing, now: datetime) -> None:
    """Both said yes: what waited for their answers goes, and the silence is counted from here."""
    await reminders.cancel(db, pairing.match.id, *OF_PROPOSAL)
    for half in [] if pairing.policy.staged else pairing.halves:
        await shown.set_shown(db, half.said.id, Shown(NAME, NAME))
    await stirred(db, pairing, now)
    exchange = await exchanges.by_id(db, pairing.match.exchange_id)
    if exchange is not None and (days := exchange.settled.checkin_days):
        due_at = now + timedelta(days=days)
        for half in pairing.halves:
            who = half.person.id
            await reminders.schedule(db, "checkin_pair", pairing.match.id, due_at, who)


async def contacts(db: Db, side_id: int, without: Collection[int] = ()) -> list[Member]:
    """A side's safeguarding contacts who can be reached, without those a report is about."""
    query = select(members).join(people_table, people_table.c.id == members.c.person_id)
    where = (
        members.c.side_id == side_id,
        members.c.role == "safeguarding",
        members.c.state == "active",
        members.c.id.not_in(without),
        people_table.c.state == "here",
    )
    return await db.all(Member, query.where(*where).order_by(members.c.id))


async def end(
    db: Db, pairing: Pairing, state: str, now: datetime, why: str, first: Collection[int] = ()
) -> None:
    """Ends a match: its meetings and reminders go, and who has no other open one waits again.

    Members in `first` go first next time.
    """
    await matches.close(db, pairing.match.id, state, now, why)
    await forget_meetings(db, await meetings.coming(db, pairing.match.id, now))
    await reminders.cancel(db, pairing.match.id, *OF_MATCH)
    await shown.forget_contacts(db, [half.said.id for half in pairing.halves])
    for member_id in sorted(pairing.member_ids):  # always in this order, so that none deadlock
        goes_first = member_id in first
        await enrolments.wait_again(db, member_id, pairing.match.exchange_id, first=goes_first)


async def forget_meetings(db: Db, ahead: Iterable[Meeting]) -> None:
    """Cancels meetings and whatever would remind of them."""
    for meeting in ahead:
        await meetings.set_state(db, meeting.id, "cancelled")
        await reminders.cancel(db, meeting.id, *OF_MEETING)


async def stirred(db: Db, pairing: Pairing, now: datetime) -> None:
    """`pairing.me` did something: the silence is counted anew, and they are not quiet."""
    match_id = pairing.match.id
    await reminders.cancel(db, match_id, "next_meeting")
    await reminders.cancel(db, match_id, "partner_quiet", person_id=pairing.partner.person.id)
    ahead = await meetings.coming(db, match_id, now)
    ends = [
        each.starts_at + timedelta(minutes=each.minutes) for each in ahead if each.state == "agreed"
    ]
    due_at = max([now, *ends]) + timedelta(days=pairing.policy.silent_days)
    for half in pairing.halves:
        await reminders.schedule(
            db, "next_meeting", match_id, due_at, half.person.id, f"{due_at:%Y%m%d%H%M%S%f}"
        )
