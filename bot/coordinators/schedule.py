"""When the next round of an exchange is to be: a day that no side rests, and an hour of its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from bot import almanac
from bot.coordinators.desk import Desk, desk, refused
from bot.domain.calendar import at_night, local_day, wall
from bot.domain.exchange import MATCHED
from bot.domain.policy import Policy
from bot.domain.replies import (
    Hour,
    Say,
    Text,
    When,
    _,
    button,
    in_rows,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.domain.tracks import title
from bot.router import Routes, Turn, too_old
from bot.store import exchanges, networks, rounds
from bot.store.exchanges import Exchange
from bot.store.networks import Side

DAYS = 14
"""A round is planned for one of so many days, from tomorrow on."""

HOURS = range(6, 23)


async def round_(turn: Turn, exchange_id: int) -> list[Say]:
    """Asks for the day, or shows the plan there is."""
    found = await _held(turn, exchange_id)
    return found if isinstance(found, list) else [await _asked(turn, *found)]


async def _held(turn: Turn, exchange_id: int) -> tuple[Desk, Exchange] | list[Say]:
    """The exchange, held, and the desk of who may plan its rounds; else what to say instead."""
    exchange = await exchanges.locked(turn.db, exchange_id)
    at = None if exchange is None else await desk(turn, exchange.network_id, Right.ROUNDS)
    if exchange is None or at is None:
        return [refused(turn)]
    open_ = exchange.state == "open" and exchange.format in MATCHED
    return (at, exchange) if open_ else [too_old(turn)]


async def _asked(turn: Turn, at: Desk, exchange: Exchange, news: Text | None = None) -> Say:
    coming = exchange.next_round_at
    sides = await networks.sides_of(turn.db, at.network.id)
    days = days_for(local_day(turn.now, _zone(turn, at)), sides, at.network.settled)
    text = paragraphs(
        news,
        title(exchange.name, exchange.track, exchange.format),
        _("The next round is planned for {when}.", when=When(coming)) if coming else None,
        _("On which day should it be? Days on which a side rests are left out."),
        _("Who waits is asked the day before whether they would like to take part."),
    )
    ways = (button(day, "schedule.day", exchange.id, day.toordinal()) for day in days)
    off = button(_("Take the plan back"), "schedule.off", exchange.id) if coming else None
    back = button(_("Back"), "round.in", exchange.id)
    return turn.say(text, (*in_rows(ways, 2), *stacked(off, back)), edit=True)


def _zone(turn: Turn, at: Desk) -> str:
    return turn.me.zone or at.side.zone


def days_for(today: date, sides: Sequence[Side], policy: Policy) -> list[date]:
    """The days to come on which no side rests, nor the network."""
    coming = (today + timedelta(days=n) for n in range(1, DAYS + 1))
    return [
        day
        for day in coming
        if not policy.rests(day) and not any(almanac.rest_day(each.country, day) for each in sides)
    ]


async def day(turn: Turn, exchange_id: int, day: int) -> list[Say]:
    """Asks for the hour, in the coordinator's own time, when it is night on no side."""
    found = await _held(turn, exchange_id)
    if isinstance(found, list):
        return found
    times = await _times(turn, found[0], day)
    ways = (
        button(Hour(each), "schedule.at", exchange_id, day, int(each.timestamp())) for each in times
    )
    back = stacked(button(_("Back"), "schedule.round", exchange_id))
    text = _("At which hour? Hours at which it is night on a side are left out.")
    if not times:
        text = _("On that day there is no hour that suits every side. Please choose another.")
    return [turn.say(text, (*in_rows(ways, 2), *back), edit=True)]


async def _times(turn: Turn, at: Desk, day: int) -> list[datetime]:
    """The instants of a day (its ordinal) at which a round may be; none for a day not offered."""
    sides = await networks.sides_of(turn.db, at.network.id)
    zone, policy = _zone(turn, at), at.network.settled
    offered = days_for(local_day(turn.now, zone), sides, policy)
    days = [each for each in offered if each.toordinal() == day]
    instants = (wall(each, hour, zone) for each in days for hour in HOURS)
    return [
        each for each in instants if not any(at_night(each, side.zone, policy) for side in sides)
    ]


async def at(turn: Turn, exchange_id: int, day: int, second: int) -> list[Say]:
    """Plans the round for an instant (seconds since 1970), in place of the plan before."""
    found = await _held(turn, exchange_id)
    if isinstance(found, list):
        return found
    who = found[0]
    times = {int(each.timestamp()) for each in await _times(turn, who, day)}
    if second not in times:
        return [too_old(turn)]
    when = datetime.fromtimestamp(second, UTC)
    await rounds.set_next(turn.db, exchange_id, when)
    await who.note(turn, "rounds.planned", str(exchange_id))
    text = paragraphs(
        _("The round is planned for {when}.", when=When(when)),
        _(
            "Who waits is asked the day before. When it is time, the coordinators of every side "
            "get the preview, and approve it as always."
        ),
    )
    ways = stacked(
        button(_("Choose another day"), "schedule.round", exchange_id),
        button(_("Take the plan back"), "schedule.off", exchange_id),
    )
    return [turn.say(text, ways, edit=True)]


async def off(turn: Turn, exchange_id: int) -> list[Say]:
    """Nothing is planned any more, and nobody is asked."""
    found = await _held(turn, exchange_id)
    if isinstance(found, list):
        return found
    if found[1].next_round_at is not None:
        await rounds.set_next(turn.db, exchange_id, None)
        await found[0].note(turn, "rounds.unplanned", str(exchange_id))
    ways = stacked(button(_("Choose a day"), "schedule.round", exchange_id))
    return [turn.say(_("No round is planned now."), ways, edit=True)]


ROUTES = Routes(
    {},
    {
        "schedule.round": round_,
        "schedule.day": day,
        "schedule.at": at,
        "schedule.off": off,
    },
    right=Right.ROUNDS,
)
