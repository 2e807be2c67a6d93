"""What becomes of a circle or team when somebody in it says something, leaves, or says nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.funding import NOT_NEEDED
from bot.domain.groups import Verdict, enough, named, still_together, verdict
from bot.domain.replies import Say, Text, Value, _, lines, paragraphs
from bot.domain.tracks import title
from bot.store import groups, needs, roster, sessions
from bot.store.db import Db
from bot.store.groups import Group, Seat
from bot.store.networks import PRESENT

NEWS, LEFT = "group_news", "group_left"
"""The reminders by which the others hear: how the proposal ended, and that somebody left."""

NOT_NOW_FIRST = _(
    "Too few could take their place this time, so the group does not begin. "
    "That says nothing about you. You will be among the first when we try again."
)


def people(group: Group) -> Value:
    """Everybody in a group by the names they chose, in spoilers, side by side."""
    sides = {each.side.id: each.side for each in group.seats}.values()
    ordered = sorted(sides, key=lambda side: side.position)
    return lines(
        *(named(at.name, [_name(e) for e in group.seats if e.side.id == at.id]) for at in ordered)
    )


def _name(seat: Seat) -> Value:
    return _("{name} (leads)", name=seat.name) if seat.leads else seat.name


async def decide(
    db: Db, group: Group, now: datetime, *, over: bool = False, skip: int = 0
) -> Verdict:
    """Begins a proposed group or ends it, if it is time, and has its people hear of it by day.

    The group must be held. `over` once the time to answer is; the person `skip` hears at once.
    """
    found = verdict(group.places, group.sides, group.shape, over=over)
    if found == "begins":
        await groups.begin(db, group, now)
        if begun := await groups.held(db, group.match.id):
            await sessions.ask_to_plan(db, begun, now)
    elif found == "ends":
        first = [each.member.id for each in group.seats if each.place.taken]
        state, why = ("expired", "silence") if over else ("declined", "too few")
        await groups.end(db, group, state, now, why, first)
    if found != "waits":
        others = [each for each in group.seats if each.person.id != skip]
        await groups.call(db, group, NEWS, now, found, *others)
    return found


async def left(db: Db, group: Group, now: datetime) -> list[Say]:
    """`me` leaves an active group, which is held; what coordinators hear of it at once.

    The others hear by day that somebody left, and nothing else.
    """
    rest = await groups.leave(db, group, now)
    said = await no_longer_needed(db, group.me.member.id, now, group.match.id)
    if not still_together(rest.places):
        others = [each.member.id for each in rest.seats]
        await groups.end(db, rest, "closed", now, "left", others)
        await groups.call(db, rest, NEWS, now, "closed", *rest.seats)
        return said + await _to_staff(db, rest, _("It is over, as too few are left."))
    await groups.call(db, rest, LEFT, now, str(group.me.id), *rest.seats)
    if enough(rest.places, rest.sides, rest.shape):
        return said
    follows = _("It goes on, with fewer people than it should have.")
    return said + await _to_staff(db, rest, follows)


async def no_longer_needed(db: Db, member_id: int, now: datetime, match_id: int = 0) -> list[Say]:
    """What those hear whose offer is off, as nobody speaks for the need any more."""
    off = await roster.by_ids(db, await needs.left(db, member_id, now, match_id))
    return [Say(each.person_id, NOT_NEEDED) for each in off.values() if each.state in PRESENT]


async def _to_staff(db: Db, group: Group, follows: Text) -> list[Say]:
    name = title(group.exchange.name, group.exchange.track, group.exchange.format)
    text = paragraphs(_("Somebody has left a group of “{activity}”.", activity=name), follows)
    staff = [each for side in sorted(group.sides) for each in await roster.coordinators(db, side)]
    return [Say(person_id, text) for person_id in {each.person_id: None for each in staff}]


async def gone(db: Db, found: Iterable[Group], now: datetime) -> list[Say]:
    """Ends the part of somebody who goes in each of these groups."""
    said: list[Say] = []
    for each in found:
        group = await groups.of(db, each.me.person.id, each.match.id, hold=True)
        if group is not None and group.match.state == "active":
            said += await left(db, group, now)
        elif group is not None and group.match.state == "proposed":
            await groups.turn_down(db, group, now)
            if rest := await groups.held(db, each.match.id):
                await decide(db, rest, now)
    return said


async def given_up(db: Db, person_id: int, now: datetime, member_id: int = 0) -> list[Say]:
    """Somebody leaves a network, as this member, or all of them: so they leave the groups there."""
    found = await groups.open_of(db, person_id)
    return await gone(db, [g for g in found if member_id in (0, g.me.member.id)], now)
