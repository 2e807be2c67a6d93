"""/freeze: everything rests at once, in all of a network or in a region; one confirmation."""

from __future__ import annotations

from bot.coordinators.broadcast_card import people
from bot.coordinators.desk import Desk, choose, desk, refused
from bot.domain.calm import THINKING_OF_YOU
from bot.domain.replies import (
    Command,
    CountryName,
    Say,
    Value,
    _,
    button,
    in_rows,
    lines,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.names import country_of, zones_of
from bot.router import Routes, Turn, too_old
from bot.store import broadcasts, freezes, network_settings, networks, reminders, roster
from bot.store.freezes import Freeze

ALL = "all"
"""What stands for the whole network where a country could be."""

AT_MOST = 20


def place_of(region: str | None) -> Value:
    """Where a freeze is."""
    return _("the whole network") if region is None else CountryName(region)


async def freeze(turn: Turn) -> list[Say]:
    """/freeze: of which network, then where."""
    return await choose(turn, _("Which network?"), "freeze.of", _where, Right.FREEZE)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """Where in this network."""
    at = await desk(turn, network_id, Right.FREEZE)
    return [refused(turn)] if at is None else await _where(turn, at)


async def _where(turn: Turn, at: Desk) -> list[Say]:
    text = paragraphs(
        _("Where should everything rest?"),
        _("You see what happens before anything does."),
    )
    here = await _countries(turn, at)
    whole = button(_("In the whole network"), "freeze.ask", at.network.id, ALL)
    ways = (button(CountryName(each), "freeze.ask", at.network.id, each) for each in here)
    return [turn.say(text, (*stacked(whole), *in_rows(ways, 2)), edit=True)]


async def _countries(turn: Turn, at: Desk) -> list[str]:
    """The countries of the sides, and those where members live."""
    sides = [each.country for each in await networks.sides_of(turn.db, at.network.id)]
    lived = map(country_of, await freezes.zones(turn.db, at.network.id))
    return list(dict.fromkeys(filter(None, [*sides, *lived])))[:AT_MOST]


def _about(at: Desk, turn: Turn, where: str) -> Freeze:
    """The freeze it would be."""
    region = None if where == ALL else where
    zones = list(zones_of(region)) if region else []
    return Freeze(0, at.network.id, zones, region, "frozen", 0, at.me.id, turn.now, None)


async def ask(turn: Turn, network_id: int, where: str) -> list[Say]:
    """Says what would happen, and asks."""
    at = await desk(turn, network_id, Right.FREEZE)
    if at is None:
        return [refused(turn)]
    if where != ALL and not zones_of(where):
        return [too_old(turn)]
    about = _about(at, turn, where)
    reached = people(at, await freezes.count(turn.db, about))
    text = paragraphs(
        _(
            "Everything will rest in: <b>{place}</b>. That concerns {people}.",
            place=place_of(about.region),
            people=reached,
        ),
        lines(
            _("• Nobody is put together, and nothing is sent to many."),
            _("• The time to answer an introduction stands still."),
            _("• Reminders wait. Meetings that were agreed stay, and nobody is pressed."),
            _("• Everybody can still look at everything, pause, leave and ask for help."),
        ),
        _("Each of them is told this, by day:"),
        _("<i>{words}</i>", words=THINKING_OF_YOU),
        _("To go on again needs the coordinators of every side: /thaw."),
    )
    ways = stacked(
        button(_("Let everything rest now"), "freeze.now", network_id, where),
        button(_("No, go back"), "freeze.of", network_id),
    )
    return [turn.say(text, ways, edit=True)]


async def now(turn: Turn, network_id: int, where: str) -> list[Say]:
    """Freezes it, once."""
    at = await desk(turn, network_id, Right.FREEZE)
    if at is None:
        return [refused(turn)]
    if where != ALL and not zones_of(where):
        return [too_old(turn)]
    about = _about(at, turn, where)
    await network_settings.held(turn.db, network_id)  # of two at once the second finds the first
    begun = await freezes.open_in(turn.db, network_id)
    rests = _(
        "Everything rests in: <b>{place}</b>. /thaw begins again.", place=place_of(about.region)
    )
    if any(each.region == about.region and each.state == "frozen" for each in begun):
        return [turn.say(rests, edit=True)]
    made = await freezes.begin(
        turn.db, network_id, at.me.id, turn.now, about.region, about.zones or ()
    )
    await _settle(turn, made)
    await at.note(turn, "network.frozen", where)
    return [
        turn.say(rests, edit=True),
        *await told_staff(
            turn,
            at,
            _("A coordinator has let everything rest. /thaw shows where."),
        ),
    ]


async def _settle(turn: Turn, freeze_id: int) -> None:
    """Holds what is on its way, and has everybody told."""
    made = await freezes.by_id(turn.db, freeze_id)
    if made is not None:
        await broadcasts.rest(turn.db, made)
        await reminders.schedule(turn.db, "freeze_word", made.id, turn.now)


async def told_staff(turn: Turn, at: Desk, text: Value) -> list[Say]:
    """A word to the other coordinators of all sides."""
    return [
        Say(member.person_id, text)
        for side in await networks.sides_of(turn.db, at.network.id)
        for member in await roster.coordinators(turn.db, side.id)
        if member.id != at.me.id
    ]


MENU = (Command("freeze", _("Let everything rest"), for_coordinators=True),)
ROUTES = Routes(
    {"freeze": freeze},
    {"freeze.of": of, "freeze.ask": ask, "freeze.now": now},
    right=Right.FREEZE,
)
