"""Choosing a time to meet: one that suits both, a day and then an hour, or typed."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.domain.calendar import local_day
from bot.domain.fields import Words, Wrong
from bot.domain.forms import Answers, Form, Step
from bot.domain.limits import PROPOSALS
from bot.domain.meetings import open_times, read_time
from bot.domain.replies import (
    Plain,
    Say,
    WeekdayName,
    ZoneName,
    _,
    button,
    in_rows,
    paragraphs,
    stacked,
)
from bot.forms import Flow, start
from bot.participants.meet import choice, propose
from bot.participants.plans import hour_buttons, plan_of, refusal
from bot.partners import planning, which
from bot.router import Routes, Turn, too_old
from bot.store import pairings


async def times(turn: Turn, match_id: int) -> list[Say]:
    """Times that suit both."""
    pairing = await planning(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    suit, rows = await choice(turn, pairing)
    text = paragraphs(await which(turn, pairing), suit)
    back = stacked(button(_("Back"), "match.show", match_id))
    return [turn.say(text, (*rows, *back), edit=True)]


async def days(turn: Turn, match_id: int) -> list[Say]:
    """The days on which both could meet, whether they ticked them or not."""
    pairing = await planning(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    found = open_times(await plan_of(turn, pairing), turn.now)
    buttons = (
        button(
            _("{weekday}, {date}", weekday=WeekdayName(day.weekday(), "abbreviated"), date=day),
            "meet.hours",
            match_id,
            day.toordinal(),
        )
        for day, _hours in groupby(found, lambda each: local_day(each, pairing.me.zone))
    )
    ways = stacked(
        button(_("Type a time"), "meet.type", match_id),
        button(_("Back"), "match.show", match_id),
    )
    text = paragraphs(
        await which(turn, pairing),
        _("Which day? Days of rest and holidays of both sides are left out."),
    )
    return [turn.say(text, (*in_rows(buttons, 2), *ways), edit=True)]


async def hours(turn: Turn, match_id: int, ordinal: int) -> list[Say]:
    """The hours of a day (its proleptic ordinal) at which it is day for both."""
    pairing = await planning(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    zone = pairing.me.zone
    found = [
        each
        for each in open_times(await plan_of(turn, pairing), turn.now)
        if local_day(each, zone).toordinal() == ordinal
    ]
    if not found:
        return [too_old(turn)]
    whole = [each for each in found if each.astimezone(ZoneInfo(zone)).minute == 0] or found
    ways = stacked(
        button(_("Type a time"), "meet.type", match_id),
        button(_("Back"), "meet.days", match_id),
    )
    city = ZoneName(turn.me.zone or "UTC")
    text = _("At what time? These are in {city} time, and by day for you both.", city=city)
    return [turn.say(text, (*hour_buttons(match_id, whole, 2), *ways), edit=True)]


async def typing(turn: Turn, match_id: int) -> list[Say]:
    """Asks for a time in writing."""
    pairing = await planning(turn, match_id)
    return pairing if isinstance(pairing, list) else await start(turn, TIME, {"match": match_id})


async def _form(turn: Turn, answers: Answers) -> Form:
    pairing = await pairings.of(turn.db, turn.me.id, int(answers["match"]))
    plan = None if pairing is None else await plan_of(turn, pairing)
    example = Plain(f"{turn.now + timedelta(days=3):%Y-%m-%d} 17:30")
    how = _("Please write the day and the time like this: {example}", example=example)

    def checked(text: str) -> str:
        at = None if plan is None else read_time(text, plan.me.zone)
        if plan is None or at is None:
            raise Wrong(how)
        if why := refusal(plan, at, turn.now):
            raise Wrong(why)
        return at.isoformat()

    ask = paragraphs(_("When would you like to meet, by your own clock?"), how)
    return Form("time", (Step("at", ask, Words(40, checked), _("Time")),), review=False)


async def _typed(turn: Turn, answers: Answers) -> list[Say]:
    return await propose(turn, int(answers["match"]), datetime.fromisoformat(answers["at"]))


TIME = Flow("time", _form, _typed)
FLOWS = (TIME,)
ROUTES = Routes(
    buttons={"meet.times": times, "meet.days": days, "meet.hours": hours, "meet.type": typing},
    limits={"meet.type": PROPOSALS},
)
