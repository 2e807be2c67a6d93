"""Every change of the clocks to 2035, in all zones: each reminder comes exactly once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import names
from bot.almanac import rest_day
from bot.delivery.tick import Ticker
from bot.domain.calendar import at_night, local_day, next_allowed, wall
from bot.domain.policy import Policy
from bot.domain.replies import Plain, Say
from bot.participants.arrangements import arranged
from bot.reminders.kinds import Kind
from bot.router import Event, Here, Turn
from bot.store import meetings, pairings, people, reminders, schema
from bot.store.db import Db, Store, open_store
from bot.store.reminders import Reminder
from bot.store.tables import outbox
from tests.conftest import KEYS
from tests.participants.acts import KINDS, World

FIRST, LAST = datetime(2026, 11, 22, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
USED = (
    "Europe/London",
    "Asia/Amman",
    "Asia/Nicosia",
    "Asia/Jerusalem",
    "Asia/Beirut",
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Asia/Gaza",
)
"""Changes of an hour and of half an hour, at midnight and at night, on both halves of the earth."""

STEP = timedelta(minutes=30)
LATE = 2 * STEP
"""How late the bot may be, as it is down now and then."""


def never(_day: date) -> bool:
    """Nobody rests."""
    return False


def changes(zone: str) -> list[datetime]:
    """The instants (UTC, to the minute) at which a zone's clocks change."""
    here, found, day = ZoneInfo(zone), [], timedelta(days=1)
    at = FIRST
    while at < LAST:
        if (at + day).astimezone(here).utcoffset() != at.astimezone(here).utcoffset():
            found.append(_first_after(here, at, at + day))
        at += day
    return found


def _first_after(here: ZoneInfo, low: datetime, high: datetime) -> datetime:
    before = low.astimezone(here).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) // 2
        same = middle.astimezone(here).utcoffset() == before
        low, high = (middle, high) if same else (low, middle)
    return high.replace(second=0, microsecond=0)


def different(zones: Iterable[str]) -> dict[str, list[datetime]]:
    """Zones and their changes, one of those whose clocks always show the same."""
    found: dict[tuple[object, ...], tuple[str, list[datetime]]] = {}
    for zone in sorted(zones):
        when = changes(zone)
        offset = FIRST.astimezone(ZoneInfo(zone)).utcoffset()
        found.setdefault((offset, *when), (zone, when))
    return {zone: when for zone, when in found.values() if when}


def wanted(zone: str, change: datetime) -> Iterator[datetime]:
    """What may fall due then: round the change, and at every local hour of the day of it."""
    yield from (change + n * STEP for n in range(-3, 4))
    day = local_day(change, zone)
    yield from (wall(day, hour, zone, 30) for hour in range(0, 24, 3))


@dataclass
class Probe:
    """Notes who was told what, and when."""

    told: list[tuple[str, datetime]]

    async def due(self, _db: Db, now: datetime, reminder: Reminder) -> list[Say]:
        self.told.append((reminder.key, now))
        return [Say(reminder.person_id or 0, Plain(reminder.key))]


async def all_come_once(folder: Path, zones: dict[str, list[datetime]]) -> None:
    """Moves the clock over every change with a real ticker; the bot is down now and then."""
    store = open_store(f"sqlite:///{folder}/clocks.db", KEYS)
    await schema.migrate(store)
    due = await _scheduled(store, zones)
    probe, now = Probe([]), FIRST
    kinds = {
        "day": Kind("day", probe.due, timedelta(days=3)),
        "any": Kind("any", probe.due, timedelta(days=3), at_night=True),
    }
    ticker = Ticker(store, kinds, lambda: now, lambda: None, asyncio.Event())
    for now in _ticks(zones):  # noqa: B007 - the ticker's clock
        await ticker.tick()
    await _came_once(store, due, probe.told)
    await store.close()


async def _scheduled(
    store: Store, zones: dict[str, list[datetime]]
) -> dict[str, tuple[str, datetime]]:
    found: dict[str, tuple[str, datetime]] = {}
    async with store.begin() as db:
        for number, (zone, when) in enumerate(zones.items(), 1):
            person = await people.met(db, number, "en", FIRST)
            await people.set_zone(db, person.id, zone)
            for at in {at for change in when for at in wanted(zone, change)}:
                for kind in ("day", "any"):
                    tag = f"{at:%Y%m%d%H%M}"
                    await reminders.schedule(db, kind, number, at, person.id, tag)
                    await reminders.schedule(db, kind, number, at, person.id, tag)
                    found[f"{kind}:{number}:{person.id}:{tag}"] = (zone, at)
    return found


def _ticks(zones: dict[str, list[datetime]]) -> list[datetime]:
    """Every half hour round each change, but for a gap at which the bot was down."""
    near = {change + n * STEP for when in zones.values() for change in when for n in range(-60, 90)}
    return [at for number, at in enumerate(sorted(near)) if number % 7]


async def _came_once(
    store: Store, due: dict[str, tuple[str, datetime]], told: Sequence[tuple[str, datetime]]
) -> None:
    assert Counter(key for key, _ in told) == Counter(due.keys())
    async with store.read() as db:
        assert len(await db.rows(outbox.select())) == len(due)
    for key, now in told:
        zone, at = due[key]
        soonest, latest = at, at + LATE
        if key.startswith("day"):
            soonest, latest = (next_allowed(each, zone, Policy(), never) for each in (at, latest))
        assert soonest <= now <= latest + LATE, key
        assert key.startswith("any") or not at_night(now, zone, Policy()), key


@pytest.mark.timeout(120)
async def test_each_reminder_comes_once_over_the_next_changes(tmp_path: Path) -> None:
    """The next two changes of ten zones."""
    await all_come_once(tmp_path, {zone: changes(zone)[:2] for zone in USED})


@pytest.mark.soak
@pytest.mark.timeout(1000)
async def test_each_reminder_comes_once_over_all_changes(tmp_path: Path) -> None:
    """All changes of all zones, but of those that are the same as another one."""
    await all_come_once(tmp_path, different(names.zone_names()))


def test_a_person_is_never_woken_by_a_change() -> None:
    """From any half hour round any change the next time to speak is by day, and stays."""
    policy = Policy()
    for zone, when in different(names.zone_names()).items():
        for at in (at for change in when[:6] for at in wanted(zone, change)):
            told = next_allowed(at, zone, policy, never)
            assert told >= at
            assert not at_night(told, zone, policy), (zone, at)
            assert next_allowed(told, zone, policy, never) == told
            assert told - at <= timedelta(hours=13)


MEETING = ("meeting_day", "meeting_hour", "meeting_log")


async def test_a_meeting_after_a_change_is_reminded_of_once(tmp_path: Path) -> None:
    """The clocks change between agreeing and meeting; each of the two hears once of all."""
    store = open_store(f"sqlite:///{tmp_path}/meetings.db", KEYS)
    await schema.migrate(store)
    world = await World(store).build()
    await world.member("eleni", 0, zone="Asia/Nicosia")
    await world.member("deniz", 1, zone="Europe/London")
    match_id = await world.introduces("eleni", "deniz")
    told: Counter[tuple[str, int, int]] = Counter()
    kinds = {name: replace(KINDS[name], due=counted(KINDS[name], told)) for name in MEETING}
    expected: Counter[tuple[str, int, int]] = Counter()
    with pytest.MonkeyPatch.context() as patch:
        for name, kind in kinds.items():
            patch.setitem(KINDS, name, kind)
        for monday in workdays_after(changes("Asia/Nicosia")):
            world.now = wall(monday - timedelta(days=4), 12, "Asia/Nicosia")
            meeting_id = await _agreed(world, match_id, wall(monday, 12, "Asia/Nicosia"))
            await world.passes(days=10)
            both = (world.people["eleni"], world.people["deniz"])
            expected.update((kind, meeting_id, who) for kind in MEETING for who in both)
    assert told == expected
    assert len(expected) > 12 * 6
    await store.close()


def workdays_after(when: Sequence[datetime]) -> list[date]:
    """The day after each change, where it is no holiday on either side."""
    days = [local_day(change, "Asia/Nicosia") + timedelta(days=1) for change in when]
    return [day for day in days if not any(rest_day(country, day) for country in ("CY", "TR"))]


async def _agreed(world: World, match_id: int, at: datetime) -> int:
    async with world.store.begin() as db:
        me = await people.by_id(db, world.people["eleni"])
        assert me is not None
        pairing = await pairings.of(db, me.id, match_id)
        assert pairing is not None
        id_ = await meetings.add(
            db, match_id, "proposed", at, 60, pairing.partner.member.id, world.now
        )
        meeting = await meetings.by_id(db, id_)
        assert meeting is not None
        await arranged(Turn(db, me, Event(), world.now, Here("bot")), pairing, meeting)
    return id_


Due = Callable[[Db, datetime, Reminder], Awaitable[list[Say]]]


def counted(kind: Kind, told: Counter[tuple[str, int, int]]) -> Due:
    """The kind's `due`, noting whom it spoke to about what."""

    async def due(db: Db, now: datetime, reminder: Reminder) -> list[Say]:
        said = await kind.due(db, now, reminder)
        told.update((kind.name, reminder.subject_id, say.to) for say in said)
        return said

    return due
