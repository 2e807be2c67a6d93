"""When a person may be sent something unasked: not in their night, not on their days of rest."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from bot import almanac
from bot.domain.calendar import next_allowed
from bot.domain.policy import Policy
from bot.store import networks, people
from bot.store.db import Db


async def allowed_from(db: Db, person_id: int, now: datetime) -> datetime:
    """The first instant from `now` on at which this person may be sent something unasked."""
    person = await people.by_id(db, person_id)
    if person is None:
        return now
    countries, policy = await networks.calendar_of(db, person_id)
    return morning_of(person.zone or "UTC", countries, policy or Policy(), now)


def morning_of(zone: str, countries: frozenset[str], policy: Policy, now: datetime) -> datetime:
    """The first instant from `now` on that is by day there, and no day of rest in `countries`."""
    return next_allowed(now, zone, policy, partial(_rests, countries, policy))


def _rests(countries: frozenset[str], policy: Policy, day: date) -> bool:
    return policy.rests(day) or any(almanac.rest_day(country, day) for country in countries)
