"""The circles or teams of a round before it takes place: names of a coordinator's own side only."""

from __future__ import annotations

from bot.coordinators.draft import Draft
from bot.coordinators.people import named
from bot.domain.exchange import Settled
from bot.domain.matching.types import Reasons
from bot.domain.replies import (
    Button,
    LanguageName,
    Listed,
    Text,
    Value,
    _,
    button,
    lines,
    ngettext,
)
from bot.router import Turn
from bot.store import seating
from bot.store.networks import Member
from bot.store.seating import DraftedGroup, DraftedSeat

PAGE = 10
PROVEN = 60
"""So many people are seated as well as can be, if that takes no longer than a search may."""


def found_line(shape: str, settled: Settled, many: int) -> Text:
    """How many groups there would be, and of what shape."""
    size = settled.size
    if shape == "team":
        return ngettext(
            "{n} team can begin, of about {size} people of each side.",
            "{n} teams can begin, of about {size} people of each side.",
            many,
            size=size,
        )
    return ngettext(
        "{n} circle can begin, of about {size} people of each side.",
        "{n} circles can begin, of about {size} people of each side.",
        many,
        size=size,
    )


def seated_lines(draft: Draft) -> list[Text]:
    """How many have a place, and whether that is the most there can be."""
    seated, waited = draft.round.result["seated"], draft.round.result["waited"]
    told = [_("{seated} of {waited} people who wait have a place.", seated=seated, waited=waited)]
    if waited > seated and waited <= PROVEN:
        told.append(_("With so few people that is the most there can be."))
    elif waited > seated:
        told.append(_("It is the best a long search has found; with so many it is not proven."))
    return told


async def own_groups(turn: Turn, draft: Draft, number: int) -> Value | None:
    """A page of groups, each with its people of one's own side."""
    db, round_id = turn.db, draft.round.id
    after = await seating.skipped_to(db, round_id, number, PAGE)
    found = await seating.some(db, round_id, PAGE, after)
    if not found:
        return None
    ids = [each.id for each in found]
    seats = await seating.seats_of(db, ids)
    mine = await seating.members_of(db, ids, draft.at.side.id)
    told = [
        _group(draft.exchange.format, number * PAGE + at, each, seats[each.id], mine)
        for at, each in enumerate(found, 1)
    ]
    return lines(*told)


def _group(
    shape: str,
    number: int,
    group: DraftedGroup,
    seats: list[DraftedSeat],
    mine: dict[int, Member],
) -> Value:
    own = [_named(mine[each.member_id], each) for each in seats if each.member_id in mine]
    head = _("<b>Circle {number}</b>", number=number)
    if shape == "team":
        head = _("<b>Team {number}</b>", number=number)
    others = ngettext(
        "{head}: {names}, and {n} person of another side",
        "{head}: {names}, and {n} people of other sides",
        len(seats) - len(own),
        head=head,
        names=Listed(tuple(own)),
    )
    return lines(others, _fit(Reasons.of(group.reasons)))


def _named(member: Member, seat: DraftedSeat) -> Value:
    name = named(member)
    return _("{name} (leads)", name=name) if seat.leads else name


def _fit(shared: Reasons) -> Text:
    spoken = Listed(tuple(map(LanguageName, shared.languages)))
    return ngettext(
        "• {languages}, {n} hour in common, fit {score}%",
        "• {languages}, {n} hours in common, fit {score}%",
        shared.hours,
        languages=spoken,
        score=shared.score // 10,
    )


def turns(draft: Draft, number: int, many: int) -> list[Button]:
    """The ways to the pages before and after."""
    ways = []
    if number:
        ways.append(button(_("Previous page"), "round.page", draft.round.id, number - 1))
    if (number + 1) * PAGE < many:
        ways.append(button(_("Next page"), "round.page", draft.round.id, number + 1))
    return ways
