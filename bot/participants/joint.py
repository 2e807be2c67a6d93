"""A need of joint work as those see it who are in that work, and as those who could give see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.domain.funding import HOLDERS, SORTS, may_confirm
from bot.domain.replies import Button, Say, Text, Value, _, button, stacked
from bot.router import Turn, too_old
from bot.store import blocks, enrolments, exchanges, matches, needs, networks, reports, roster
from bot.store.db import Db
from bot.store.matches import Matched
from bot.store.needs import Need, Pledge
from bot.store.networks import PRESENT, Member

SHORT = 40

NEVER_THROUGH_ME = _("Money and things never go through me: you hand them over yourselves.")

NEEDS: dict[str, Text] = {
    "proposed": _("Waits for somebody of another side in the same work to confirm it"),
    "open": _("Open: people can offer something"),
    "met": _("You have what you need"),
    "closed": _("Closed"),
}
PLEDGES: dict[str, Text] = {
    "offered": _("offered"),
    "accepted": _("accepted"),
    "given": _("given, as they say"),
    "received": _("received"),
    "declined": _("declined"),
    "dropped": _("taken back"),
}


@dataclass(frozen=True, slots=True)
class Joint:
    """A need, held, seen by `me`, who is in the work; `holders` speak for it."""

    need: Need
    me: Member
    holders: tuple[Member, ...]
    pledges: tuple[Pledge, ...]

    @property
    def holds(self) -> bool:
        """Whether `me` speaks for it."""
        return any(each.id == self.me.id for each in self.holders)

    @property
    def sides(self) -> list[int]:
        """The sides of those who speak for it."""
        return [each.side_id for each in self.holders]

    @property
    def states(self) -> list[str]:
        """The states of what is pledged."""
        return [each.state for each in self.pledges]

    @property
    def may_confirm(self) -> bool:
        """Whether `me` may confirm it."""
        return may_confirm(self.need.state, self.sides, self.me.side_id)


async def holders_of(db: Db, need: Need) -> tuple[Member, ...]:
    """Those who speak for a need, are still there, and did not leave the work."""
    found = await roster.by_ids(db, need.holder_ids)
    in_it = {
        each.member_id for each in await matches.parties(db, need.match_id) if is_in_work(each)
    }
    here = [id_ for id_ in need.holder_ids if id_ in in_it and _there(found.get(id_))]
    return tuple(found[id_] for id_ in here)


def is_in_work(party: Matched) -> bool:
    """Whether somebody of a match is in what came of it."""
    return party.answer == "yes"


def _there(member: Member | None) -> bool:
    return member is not None and member.state in PRESENT


async def _member(turn: Turn, need: Need) -> Member | None:
    exchange = await exchanges.by_id(turn.db, need.exchange_id)
    if exchange is None:
        return None
    member = await networks.membership(turn.db, turn.me.id, exchange.network_id)
    return member if member is not None and member.state == "active" else None


async def in_work(turn: Turn, need_id: int) -> Joint | list[Say]:
    """A need of one's own joint work, held; else what to say instead."""
    need = await needs.by_id(turn.db, need_id, hold=True)
    me = None if need is None else await _member(turn, need)
    if need is None or me is None:
        return [too_old(turn)]
    mine = await matches.party(turn.db, need.match_id, me.id)
    if mine is None or not is_in_work(mine):
        return [too_old(turn)]
    pledged = await needs.pledges_to(turn.db, need.id)
    return Joint(need, me, await holders_of(turn.db, need), tuple(pledged))


async def may_give(turn: Turn, need_id: int) -> tuple[Need, Member] | None:
    """An open need, held, of work that goes on, not one's own, if one takes part in what gives.

    People of two sides must speak for it still: nobody else could accept anything. With none of
    them may there be a block, or an open report.
    """
    need = await needs.by_id(turn.db, need_id, hold=True)
    me = None if need is None else await _member(turn, need)
    if need is None or me is None or need.state != "open":
        return None
    holders = await holders_of(turn.db, need)
    if len({each.side_id for each in holders}) < HOLDERS or not await needs.goes_on(turn.db, need):
        return None
    if len(await free(turn.db, me.id, [each.id for each in holders])) < len(holders):
        return None
    if await matches.party(turn.db, need.match_id, me.id) or not await takes_part(turn.db, me):
        return None
    return need, me


async def free(db: Db, member_id: int, others: Collection[int]) -> list[int]:
    """Those of these members between whom and this one there is neither a block nor a report."""
    found = await roster.by_ids(db, [member_id, *others])
    people = {each.id: each.person_id for each in found.values()}
    there = [each for each in others if each in people]
    apart = await blocks.between(db, people.get(member_id, 0), [people[each] for each in there])
    reported = await reports.between(db, member_id)
    return [each for each in there if people[each] not in apart and each not in reported]


async def takes_part(db: Db, member: Member) -> bool:
    """Whether a member takes part in an open exchange in which needs are shown."""
    there = {each.exchange_id for each in await enrolments.of_member(db, member.id) if is_in(each)}
    return any(each.id in there for each in await needs.given_in(db, member.network_id))


def is_in(enrolment: enrolments.Enrolment) -> bool:
    """Whether somebody still takes part."""
    return enrolment.state != "out"


def short(words: str) -> str:
    """Words that fit a button."""
    return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"


def headed(need: Need) -> Text:
    """A need: what is lacking, and of which sort."""
    return _("<b>{sort}</b>: {words}", sort=SORTS[need.sort], words=need.words)


async def told(db: Db, member_ids: Collection[int], news: Value, *ways: Button) -> list[Say]:
    """A word to members who are still there; it names nothing, for others may see it."""
    found = await roster.by_ids(db, member_ids)
    return [
        Say(each.person_id, news, stacked(*ways))
        for each in found.values()
        if each.state in PRESENT
    ]


def to_need(need_id: int) -> Button:
    """The way to a need."""
    return button(_("Show"), "need.show", need_id)


def without(members: Iterable[Member], me: Member) -> list[int]:
    """The ids of the others."""
    return [each.id for each in members if each.id != me.id]
