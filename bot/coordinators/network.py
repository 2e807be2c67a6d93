"""/network: what the network has settled, for those who run it; its owner changes it."""

from __future__ import annotations

from bot.coordinators.desk import Desk, choose, desk, refused
from bot.coordinators.network_knobs import KNOBS, RULES, SWITCHES, present, shown, values
from bot.domain.exchange import weighed
from bot.domain.replies import (
    Button,
    Command,
    CountryName,
    LanguageName,
    Say,
    Text,
    Value,
    ZoneName,
    _,
    button,
    in_rows,
    lines,
    ngettext,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right, may
from bot.router import Routes, Turn, too_old
from bot.store import exchange_settings, exchanges, network_settings, networks, people
from bot.store.networks import Side

VIEW = Right.AUDIT
"""Who may read what was done may read what is settled."""


def changes(at: Desk) -> bool:
    """Whether who sits at this desk may change what is settled."""
    return may(at.me.role, Right.NETWORK)


async def network(turn: Turn) -> list[Say]:
    """/network: of which network, then what it has settled."""
    return await choose(turn, _("Which network?"), "network.of", overview, VIEW)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """What this network has settled."""
    at = await desk(turn, network_id, VIEW)
    return [refused(turn)] if at is None else await overview(turn, at)


async def overview(turn: Turn, at: Desk) -> list[Say]:
    """The network at a glance, with a button for each part of it."""
    sides = await networks.sides_of(turn.db, at.network.id)
    asked = sum(map(bool, at.network.statements or []))
    days = len(at.network.settled.own_days)
    text = paragraphs(
        _("<b>{network}</b>", network=at.network.name),
        lines(*map(described, sides)),
        lines(
            ngettext(
                "{n} statement to agree or disagree with",
                "{n} statements to agree or disagree with",
                asked,
            ),
            ngettext("{n} day of your own", "{n} days of your own", days),
        ),
        None if changes(at) else _("The owner of the network can change this."),
    )
    return [turn.say(text, stacked(*_parts(at)), edit=True)]


def described(side: Side) -> Text:
    """A side with its language, calendar and time zone."""
    return _(
        "{side}: {language}, calendar of {country}, {city} time",
        side=side.name,
        language=LanguageName(side.language),
        country=CountryName(side.country),
        city=ZoneName(side.zone),
    )


def _parts(at: Desk) -> list[Button]:
    parts = {
        "network.sides": _("The sides"),
        "network.days": _("Your own days"),
        "network.asks": _("Statements"),
        "network.knobs": _("How it works"),
        "wording.of": _("Change what I say"),
        "exchanges.of": _("The activities"),
    }
    return [button(text, action, at.network.id) for action, text in parts.items()]


def back(at: Desk, action: str = "network.of") -> Button:
    """The way back."""
    return button(_("Back"), action, at.network.id)


async def knobs(turn: Turn, network_id: int) -> list[Say]:
    """Everything that has a few sensible values, and the value it has."""
    at = await desk(turn, network_id, VIEW)
    return [refused(turn)] if at is None else [await _knobs(turn, at)]


async def _knobs(turn: Turn, at: Desk, news: Text | None = None) -> Say:
    sides = await networks.sides_of(turn.db, at.network.id)
    told = (
        _("<b>{label}:</b> {answer}", label=knob.label, answer=shown(name, value, sides))
        for name, knob in KNOBS.items()
        for value in (present(name, at.network),)
    )
    text = paragraphs(news, _("<b>How it works</b>"), lines(*told))
    ways = [
        button(knob.label, "network.knob", at.network.id, name)
        for name, knob in KNOBS.items()
        if changes(at)
    ]
    return turn.say(text, (*in_rows(ways, 2), *stacked(back(at))), edit=True)


async def knob(turn: Turn, network_id: int, name: str) -> list[Say]:
    """One question, its values as buttons."""
    at = await desk(turn, network_id, Right.NETWORK)
    if at is None:
        return [refused(turn)]
    if name not in KNOBS:
        return [too_old(turn)]
    sides = await networks.sides_of(turn.db, at.network.id)
    now = present(name, at.network)
    text = paragraphs(KNOBS[name].ask, _("Now: {answer}", answer=shown(name, now, sides)))
    ways = (
        button(_ticked(words, chosen=value == now), "network.set", network_id, name, value)
        for value, words in values(name, sides).items()
    )
    return [turn.say(text, stacked(*ways, back(at, "network.knobs")), edit=True)]


def _ticked(words: Value, *, chosen: bool) -> Value:
    return _("✓ {option}", option=words) if chosen else words


async def set_knob(turn: Turn, network_id: int, name: str, value: int) -> list[Say]:
    """Sets one of them."""
    at = await desk(turn, network_id, Right.NETWORK)
    if at is None:
        return [refused(turn)]
    sides = await networks.sides_of(turn.db, network_id)
    held = await network_settings.held(turn.db, network_id)
    if held is None or name not in KNOBS or value not in values(name, sides):
        return [too_old(turn)]
    before = present(name, held)
    if name in RULES:
        await network_settings.set_rule(turn.db, network_id, name, on=bool(value))
    else:
        given = bool(value) if name in SWITCHES else value
        await network_settings.set_policy(turn.db, held, **{name: given})
    if before != value:
        await at.note(turn, "network.set", setting=name, before=before, after=value)
        await _follows(turn, network_id, name, value)
    now = await desk(turn, network_id, Right.NETWORK)
    return [await _knobs(turn, now or at, _("Done."))]


async def _follows(turn: Turn, network_id: int, name: str, value: int) -> None:
    """Opinions count in each activity as its template has it, or in none; screens are covered."""
    if name == "sensitive" and value:
        await people.cover_all(turn.db, network_id)
    for each in await exchanges.open_in(turn.db, network_id) if name == "opinions" else []:
        held = await exchanges.locked(turn.db, each.id) or each
        usual = held.template.rules.opinions
        rules = weighed(held.asks, "opinions", usual if value else 0)
        await exchange_settings.set_rules(turn.db, each.id, rules)


MENU = (Command("network", _("What the network has settled"), for_coordinators=True),)
ROUTES = Routes(
    {"network": network},
    {
        "network.of": of,
        "network.knobs": knobs,
        "network.knob": knob,
        "network.set": set_knob,
    },
    needs={
        **dict.fromkeys(("network", "network.of", "network.knobs"), VIEW),
        **dict.fromkeys(("network.knob", "network.set"), Right.NETWORK),
    },
)
