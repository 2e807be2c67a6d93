"""When a person may be sent something unasked: not in their night, nor at times they keep."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from bot import almanac
from bot.domain.calendar import next_allowed
from bot.domain.policy import Policy
from bot.kept_times import holy_day, is_kept
from bot.store import kept, networks, people
from bot.store.db import Db

MOMENT, A_WHILE = timedelta(minutes=1), timedelta(minutes=15)


async def allowed_from(db: Db, person_id: int, now: datetime) -> datetime:
    """The first instant from `now` on at which this person may be sent something unasked."""
    person = await people.by_id(db, person_id)
    if person is None:
        return now
    countries, policy = await networks.calendar_of(db, person_id)
    keeps = await kept.of_person(db, person_id)
    return free_from(person.zone or "UTC", countries, policy or Policy(), now, keeps)


def free_from(
    zone: str,
    countries: frozenset[str],
    policy: Policy,
    now: datetime,
    keeps: frozenset[str] = frozenset(),
) -> datetime:
    """The first instant from `now` on that is by day there and at none of the times one keeps."""
    at = morning_of(zone, countries, policy, now, keeps)
    while keeps and is_kept(keeps, zone, at, at + MOMENT):
        at = morning_of(zone, countries, policy, at + A_WHILE, keeps)
    return at


def morning_of(
    zone: str,
    countries: frozenset[str],
    policy: Policy,
    now: datetime,
    keeps: frozenset[str] = frozenset(),
) -> datetime:
    """The first instant from `now` on that is by day there, and no day of rest in `countries`.

    Nor a day that is holy to who keeps these (names of bot.kept_times).
    """
    return next_allowed(now, zone, policy, partial(_rests, countries, policy, keeps))


def _rests(countries: frozenset[str], policy: Policy, keeps: frozenset[str], day: date) -> bool:
    free = policy.rests(day) or holy_day(keeps, day)
    return free or any(almanac.rest_day(country, day) for country in countries)
