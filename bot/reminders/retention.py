"""A network is gone through, some rows at a time: what was told and is too old is erased.

Who has not been there for as long is told a month before, and can stay.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot import away
from bot.domain import retention as rules
from bot.domain.figures import shown
from bot.domain.replies import Say
from bot.reminders.kinds import Kind
from bot.router import Event, Here, Turn
from bot.store import activity, audit, networks, outdated, people, reminders, retention, roster
from bot.store.db import Db
from bot.store.networks import Member, Network
from bot.store.outdated import OLD
from bot.store.reminders import Reminder
from bot.store.retention import Place

LARGE = 4
"""So many of the tables are large: a look through one of them is a step of its own."""

PEOPLE, LOG = len(OLD), len(OLD) + 1
"""The stages after those in which what was told is erased."""


async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
    """One step of it, and when the next one is."""
    network = await networks.by_id(db, reminder.subject_id)
    if network is None:
        return []
    place, months = Place.of(reminder), network.settled.keep_months
    limit = rules.limit(now, months)
    if limit is None:
        await retention.go_on(db, network.id, now + rules.AGAIN)
        return []
    said: list[Say] = []
    if place.stage < PEOPLE:
        place = await _told(db, network.id, place, limit)
    elif place.stage == PEOPLE:
        place, said = await _people(db, network, place, now)
    else:
        return await _log(db, network, place, now)
    await retention.go_on(db, network.id, now, place)
    return said


async def _told(db: Db, network_id: int, place: Place, limit: datetime) -> Place:
    """Erases some of what was told; where there is nothing of a kind, goes on to the next."""
    after = many = 0
    stage = place.stage
    while stage < PEOPLE:
        since = place.after if stage == place.stage else 0
        after, many = await outdated.blank_some(db, OLD[stage], network_id, limit, since)
        stage += not after
        if after or many or stage <= LARGE:
            break
    return replace(place, stage=stage, after=after, notes=place.notes + many)


async def _people(db: Db, network: Network, place: Place, now: datetime) -> tuple[Place, list[Say]]:
    months = network.settled.keep_months
    before = rules.limit(now + rules.NOTICE, months) or now
    some = await activity.page(db, network.id, before, place.after, outdated.MEMBERS)
    found = await activity.standings(db, some)
    said, gone, last = [], 0, 0
    for member in some:
        match rules.step(found[member.id], now, months):
            case "word":
                await _word(db, member, found[member.id], now)
            case "goes":
                said += await _goes(db, member, now)
                gone += 1
        if gone == outdated.GOING or (member is some[-1] and len(some) == outdated.MEMBERS):
            last = member.id
            break
    stage = place.stage if last else LOG
    return replace(place, stage=stage, after=last, people=place.people + gone), said


async def _word(db: Db, member: Member, of: rules.Standing, now: datetime) -> None:
    tag = activity.tag(of.since)
    await reminders.schedule(db, activity.WORD, member.id, now, member.person_id, tag)


async def _goes(db: Db, member: Member, now: datetime) -> list[Say]:
    """As if they had left; who was on a pause by a coordinator comes back only by one."""
    person = await people.by_id(db, member.person_id)
    if person is None:
        return []
    said = await away.leaves(Turn(db, person, Event(), now, Here("")), member)
    if member.state == "held":
        await roster.set_state(db, member.id, "declined")
    tag = f"{now:%Y%m%d%H%M%S}"
    await reminders.schedule(db, retention.GONE, member.network_id, now, person.id, tag)
    return said


async def _log(db: Db, network: Network, place: Place, now: datetime) -> list[Say]:
    """The log comes last; then what was done is written down, and coordinators hear of it."""
    limit = rules.log_limit(now, network.settled.keep_months)
    if limit is not None and await outdated.drop_log(db, network.id, limit):
        await retention.go_on(db, network.id, now, place)
        return []
    await retention.go_on(db, network.id, now + rules.AGAIN)
    if place.notes or place.people:
        fewest = network.settled.fewest
        notes, gone = shown(place.notes, fewest), shown(place.people, fewest)
        many: dict[str, Any] = {"notes": notes, "people": gone}
        entry = await audit.note(db, network.id, "retention.erased", now, **many)
        await _tell(db, network, entry, now)
    return []


async def _tell(db: Db, network: Network, entry_id: int, now: datetime) -> None:
    for side in await networks.sides_of(db, network.id):
        for member in await roster.coordinators(db, side.id):
            await reminders.schedule(db, retention.TOLD, entry_id, now, member.person_id)


KIND = Kind(retention.KIND, due, timedelta(days=3650), at_night=True, in_freeze=True)
