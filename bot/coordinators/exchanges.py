"""/exchanges: the activities of a network, how many take part, and a page for each of them."""

from __future__ import annotations

from bot.coordinators.desk import Desk, choose, desk, refused
from bot.coordinators.exchange_knobs import knobs
from bot.domain.replies import (
    Button,
    Command,
    Say,
    Text,
    Value,
    When,
    _,
    button,
    in_rows,
    lines,
    ngettext,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.domain.tracks import TRACKS, title
from bot.router import Routes, Turn
from bot.store import exchange_settings, exchanges, networks, roster
from bot.store.exchange_settings import PAGE
from bot.store.exchanges import Exchange

FORMATS: dict[str, Text] = {
    "pair": _("in pairs"),
    "circle": _("in circles"),
    "team": _("in teams"),
    "delegation": _("groups that visit groups"),
    "campaign": _("a campaign"),
}
STATES: dict[str, Text] = {"open": _("open"), "closed": _("closed")}


async def exchanges_(turn: Turn) -> list[Say]:
    """/exchanges: of which network, then its activities."""
    return await choose(turn, _("Which network?"), "exchanges.of", _first, Right.EXCHANGES)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """The activities of this network."""
    return await page(turn, network_id, 0)


async def page(turn: Turn, network_id: int, after: int) -> list[Say]:
    """The activities after one."""
    at = await desk(turn, network_id, Right.EXCHANGES)
    return [refused(turn)] if at is None else [await _page(turn, at, after)]


async def _first(turn: Turn, at: Desk) -> list[Say]:
    return [await _page(turn, at, 0)]


async def _page(turn: Turn, at: Desk, after: int) -> Say:
    found = await exchange_settings.page(turn.db, at.network.id, after)
    shown = found[:PAGE]
    many = await exchange_settings.people_in(turn.db, [each.id for each in shown], at.side.id)
    fewest = at.network.settled.fewest
    listed = (_listed(each, how_many(many.get(each.id, 0), fewest)) for each in shown)
    text = paragraphs(
        _("<b>The activities of {network}</b>", network=at.network.name),
        *listed,
        None if shown else _("There are none yet."),
    )
    ways = (
        *(button(named(each), "exchanges.show", each.id) for each in shown),
        button(_("Next page"), "exchanges.page", at.network.id, shown[-1].id)
        if len(found) > PAGE
        else None,
        button(_("First page"), "exchanges.page", at.network.id, 0) if after else None,
        button(_("Open a new one"), "exchanges.new", at.network.id),
    )
    return turn.say(text, stacked(*ways), edit=True)


def named(exchange: Exchange) -> Value:
    """What it is called."""
    return title(exchange.name, exchange.track, exchange.format)


def how_many(many: int, fewest: int) -> Value:
    """How many take part, unless they are so few that they could be recognised."""
    if many < fewest:
        return _("fewer than {n} people", n=fewest)
    return ngettext("{n} person", "{n} people", many)


def _listed(exchange: Exchange, many: Value) -> Value:
    due = exchange.next_round_at if exchange.state == "open" else None
    return lines(
        _("<b>{name}</b> ({state})", name=named(exchange), state=STATES[exchange.state]),
        _("{shape}, {people} of your side", shape=FORMATS[exchange.format], people=many),
        None if due is None else _("Next round: {when}", when=When(due)),
    )


async def found_at(turn: Turn, exchange_id: int) -> tuple[Desk, Exchange] | None:
    """The activity, held, and the desk of somebody who may change it."""
    exchange = await exchanges.locked(turn.db, exchange_id)
    at = exchange and await desk(turn, exchange.network_id, Right.EXCHANGES)
    return (at, exchange) if at and exchange else None


async def show(turn: Turn, exchange_id: int) -> list[Say]:
    """An activity's page."""
    found = await found_at(turn, exchange_id)
    return [refused(turn)] if found is None else [await card(turn, *found)]


async def card(turn: Turn, at: Desk, exchange: Exchange, news: Value | None = None) -> Say:
    """An activity: what it is, what is set, and what can be changed."""
    exchange = await exchanges.by_id(turn.db, exchange.id) or exchange
    many = await exchange_settings.people_in(turn.db, [exchange.id], at.side.id)
    told = many.get(exchange.id, 0)
    text = paragraphs(
        news,
        _listed(exchange, how_many(told, at.network.settled.fewest)),
        TRACKS[exchange.track].about,
        lines(*_settings(exchange)),
    )
    return turn.say(text, (*in_rows(_ways(exchange), 2), (_back(at),)), edit=True)


def _settings(exchange: Exchange) -> list[Text]:
    settled = exchange.settled.as_json()
    return [
        _(
            "<b>{label}:</b> {answer}",
            label=knob.label,
            answer=knob.values.get(int(settled[name]), settled[name]),
        )
        for name, knob in knobs(exchange.format).items()
    ]


def _ways(exchange: Exchange) -> list[Button]:
    here = exchange.id
    if exchange.state != "open":
        return [button(_("Open it again"), "exchanges.reopen", here)]
    set_ = (
        button(knob.label, "exchanges.knob", here, name)
        for name, knob in knobs(exchange.format).items()
    )
    return [
        *set_,
        button(_("What counts"), "exchanges.weights", here),
        button(_("Its name"), "exchanges.name", here),
        button(_("Tell people"), "exchanges.tell", here),
        button(_("Close it"), "exchanges.close", here),
    ]


def _back(at: Desk) -> Button:
    return button(_("Back"), "exchanges.of", at.network.id)


async def tell_others(turn: Turn, at: Desk, exchange: Exchange) -> list[Say]:
    """The coordinators of the other sides hear that something has changed; the page shows what."""
    text = _("Something has changed in one of the activities of your network.")
    ways = stacked(button(_("Show"), "exchanges.show", exchange.id))
    sides = await networks.sides_of(turn.db, at.network.id)
    return [
        Say(each.person_id, text, ways)
        for side in sides
        if side.id != at.side.id
        for each in await roster.coordinators(turn.db, side.id)
    ]


MENU = (Command("exchanges", _("The activities of the network"), for_coordinators=True),)
ROUTES = Routes(
    {"exchanges": exchanges_},
    {
        "exchanges.of": of,
        "exchanges.page": page,
        "exchanges.show": show,
    },
    right=Right.EXCHANGES,
)
