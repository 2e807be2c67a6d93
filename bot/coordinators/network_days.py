"""A network's own days: days of mourning and holidays of its own, on which it rests."""

from __future__ import annotations

from datetime import date
from functools import partial

from bot.coordinators.desk import Desk, desk, refused
from bot.coordinators.network import VIEW, back, changes
from bot.domain import own_days
from bot.domain.calendar import local_day
from bot.domain.forms import Answers, Form, One, Option, Step, Words, Wrong
from bot.domain.replies import Say, Text, _, button, lines, paragraphs, stacked
from bot.domain.rights import Right
from bot.forms import Flow, start
from bot.router import Routes, Turn
from bot.store import network_settings

MOST = 40


async def days(turn: Turn, network_id: int) -> list[Say]:
    """The days there are, the next one first."""
    at = await desk(turn, network_id, VIEW)
    return [refused(turn)] if at is None else [_shown(turn, at)]


def _today(turn: Turn, at: Desk) -> date:
    return local_day(turn.now, turn.me.zone or at.side.zone)


def _shown(turn: Turn, at: Desk, news: Text | None = None) -> Say:
    found = own_days.ahead(at.network.settled.own_days, _today(turn, at))
    text = paragraphs(
        news,
        _("<b>Your own days</b>"),
        _("On these days nothing is sent and no meeting is planned, on any side."),
        lines(*(_named(day, each) for day, each in found)) if found else _("There are none yet."),
    )
    ways = [
        button(_("Remove: {day}", day=day), "network.no_day", at.network.id, each)
        for day, each in found
        if changes(at)
    ]
    add = button(_("Add a day"), "network.add_day", at.network.id) if changes(at) else None
    return turn.say(text, stacked(*ways, add, back(at)), edit=True)


def _named(day: date, own_day: str) -> Text:
    return _("• {day}, each year", day=day) if own_day[0] == "-" else _("• {day}", day=day)


async def remove(turn: Turn, network_id: int, own_day: str) -> list[Say]:
    """Takes a day out; out already, nothing changes."""
    at = await desk(turn, network_id, Right.NETWORK)
    held = None if at is None else await network_settings.held(turn.db, network_id)
    if at is None or held is None:
        return [refused(turn)]
    kept = tuple(each for each in held.settled.own_days if each != own_day)
    if kept != held.settled.own_days:
        await network_settings.set_policy(turn.db, held, own_days=kept)
        await at.note(turn, "network.day_removed", day=own_day)
    return await _again(turn, at, _("Done."))


async def _again(turn: Turn, at: Desk, news: Text) -> list[Say]:
    now = await desk(turn, at.network.id, Right.NETWORK)
    return [_shown(turn, now or at, news)]


async def add(turn: Turn, network_id: int) -> list[Say]:
    """Asks for another day."""
    at = await desk(turn, network_id, Right.NETWORK)
    if at is None:
        return [refused(turn)]
    if len(own_days.ahead(at.network.settled.own_days, _today(turn, at))) >= MOST:
        text = _("Those are {most} days already. Please remove one first.", most=MOST)
        return [_shown(turn, at, text)]
    return await start(turn, ADD, {"network": network_id})


YEARLY = (
    Option("yes", _("Yes, each year on that date")),
    Option("no", _("No, only once")),
)


async def _form(turn: Turn, answers: Answers) -> Form:
    today = local_day(turn.now, turn.me.zone or "UTC")
    yearly = answers.get("yearly") == "yes"
    ask = _("Which day is it? Write it as numbers, the day first, for example 24.4. or 24.4.2027")
    return Form(
        "own_day",
        (
            Step(
                "yearly",
                _("Does it come each year?"),
                One(YEARLY),
                _("Each year"),
                renews=("day",),
            ),
            Step(
                "day",
                ask,
                Words(longest=20, check=partial(_written, today, yearly)),
                _("Day"),
                show=lambda day: own_days.next_on(day, today) or str(day),
            ),
        ),
        intro=_("Please check the day."),
        send=_("Add it"),
    )


def _written(today: date, yearly: bool, text: str) -> str:
    found = own_days.written(text, today, every_year=yearly)
    if found is None:
        raise Wrong(_("I do not know that day, or it is past. For example: 24.4. or 24.4.2027"))
    return found


async def _added(turn: Turn, answers: Answers) -> list[Say]:
    at = await desk(turn, int(answers["network"]), Right.NETWORK)
    held = None if at is None else await network_settings.held(turn.db, at.network.id)
    if at is None or held is None:
        return [refused(turn)]
    today, day = _today(turn, at), str(answers["day"])
    ahead = {each for _day, each in own_days.ahead(held.settled.own_days, today)}
    await network_settings.set_policy(turn.db, held, own_days=tuple(sorted({*ahead, day})))
    await at.note(turn, "network.day_added", day=day)
    return await _again(turn, at, _("Done."))


ADD = Flow("own_day", _form, _added)
FLOWS = (ADD,)
ROUTES = Routes(
    buttons={
        "network.days": days,
        "network.no_day": remove,
        "network.add_day": add,
    },
    needs={
        "network.days": VIEW,
        "network.no_day": Right.NETWORK,
        "network.add_day": Right.NETWORK,
    },
)
