"""A statement to people on all sides: every side agrees that it is asked, then its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.coordinators.agreed import asked, awaited, missing
from bot.coordinators.desk import Desk, desk, refused
from bot.coordinators.draft import RESTS
from bot.domain.pulses import Tally
from bot.domain.replies import (
    LanguageName,
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
from bot.router import Routes, Turn, go, too_old
from bot.store import agreements, exchanges, freezes, networks, pulses
from bot.store.networks import Side
from bot.store.pulses import AGREED, Pulse

DAYS = (3, 7, 14)
"""For how many days a statement can be answered."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A pulse at somebody's desk, and the sides that have not agreed to it."""

    at: Desk
    pulse: Pulse
    missing: tuple[Side, ...]


async def opened(turn: Turn, pulse_id: int) -> Opened | None:
    """The pulse, held, if the person whose turn it is may see to it."""
    pulse = await pulses.by_id(turn.db, pulse_id, hold=True)
    exchange = None if pulse is None else await exchanges.by_id(turn.db, pulse.exchange_id)
    at = None if exchange is None else await desk(turn, exchange.network_id, Right.PUBLISH)
    if pulse is None or at is None:
        return None
    return Opened(at, pulse, tuple(await missing(turn.db, at.network.id, AGREED, pulse.id)))


async def show(turn: Turn, pulse_id: int) -> list[Say]:
    """The preview of a draft; of others, their figures."""
    found = await opened(turn, pulse_id)
    return [refused(turn)] if found is None else [await _card(turn, found)]


async def _card(turn: Turn, found: Opened, news: Text | None = None) -> Say:
    if found.pulse.state == "draft":
        return await _preview(turn, found, news)
    return await _result(turn, found)


def _statements(pulse: Pulse) -> Value:
    return lines(
        *(
            _("{language}: <b>{statement}</b>", language=LanguageName(each), statement=text)
            for each, text in pulse.texts.items()
        )
    )


async def _preview(turn: Turn, found: Opened, news: Text | None) -> Say:
    at, pulse = found.at, found.pulse
    mine = any(each.id == at.side.id for each in found.missing)
    days = pulse.days
    text = paragraphs(
        news,
        _statements(pulse),
        _("It goes to everybody who takes part there, on all sides, by day. Nobody has it yet."),
        _("For how long should it be open?")
        if days is None
        else ngettext("It is to be open for {n} day.", "It is to be open for {n} days.", days),
        await awaited(turn.db, found.missing),
    )
    choices = (
        button(ngettext("{n} day", "{n} days", each), "pulses.days", pulse.id, each)
        for each in DAYS
    )
    ways = stacked(
        button(_("Agree that it is asked"), "pulses.yes", pulse.id) if mine and days else None,
        button(_("Throw it away"), "pulses.drop", pulse.id),
        button(_("Back"), "pulses.of", at.network.id),
    )
    return turn.say(text, (*(in_rows(choices, 3) if days is None else ()), *ways), edit=True)


async def _result(turn: Turn, found: Opened) -> Say:
    at, pulse = found.at, found.pulse
    going = pulse.open_at(turn.now)
    closes = When(pulse.closes_at or turn.now)
    sides = await networks.sides_of(turn.db, at.network.id)
    tallies: Mapping[int, Tally] = pulse.tallies or {}
    text = paragraphs(
        _statements(pulse),
        _("Open until {when}. Figures come once it is closed.", when=closes)
        if going or pulse.tallies is None
        else lines(*(_figures(at, each, tallies.get(each.id, Tally())) for each in sides)),
    )
    ways = stacked(
        button(_("Close it now"), "pulses.close", pulse.id) if going else None,
        button(_("Back"), "pulses.of", at.network.id),
    )
    return turn.say(text, ways, edit=True)


def _figures(at: Desk, side: Side, tally: Tally) -> Value:
    fewest = at.network.settled.fewest
    if tally.told < fewest:
        return _("{side}: too few have answered to be shown.", side=side.name)
    said = _("{side}: {n} of 100 agree.", side=side.name, n=tally.percent)
    if tally.guesses < fewest:
        return said
    return _("{said} Of the others they guessed {guess}.", said=said, guess=tally.guess)


async def days(turn: Turn, pulse_id: int, many: int) -> list[Say]:
    """For how many days it is to be open; with that, one's own side agrees."""
    found = await opened(turn, pulse_id)
    if found is None:
        return [refused(turn)]
    if many not in DAYS:
        return [too_old(turn)]
    if found.pulse.state == "draft" and found.pulse.days is None:
        await pulses.set_days(turn.db, found.pulse, many)
        return await agree(turn, pulse_id)
    return [await _card(turn, found)]


async def agree(turn: Turn, pulse_id: int) -> list[Say]:
    """One's own side agrees; once all have, people are asked."""
    found = await opened(turn, pulse_id)
    if found is None:
        return [refused(turn)]
    at, pulse = found.at, found.pulse
    rest = tuple(each for each in found.missing if each.id != at.side.id)
    if pulse.state != "draft" or pulse.days is None or rest == found.missing:
        return [await _card(turn, found)]
    if not rest:
        return await _begins(turn, found, pulse.days)
    await agreements.agree(turn.db, AGREED, pulse.id, at.side.id, at.me.id, turn.now)
    await at.note(turn, "campaign.pulse_agreed", str(pulse.id))
    said = await _card(turn, Opened(at, pulse, rest), _("Your side has agreed."))
    text = _("A question to all sides awaits your agreement.")
    way = "pulses.show", pulse.id, f"pulse-agree:{pulse.id}"
    return [said, *await asked(turn.db, rest, text, *way)]


async def _begins(turn: Turn, found: Opened, days: int) -> list[Say]:
    """All sides agree: people are asked, if the activity goes on and nothing rests."""
    at, pulse = found.at, found.pulse
    exchange = await exchanges.by_id(turn.db, pulse.exchange_id)
    if exchange is None or exchange.state != "open":
        return [too_old(turn)]
    if await freezes.frozen(turn.db, at.network.id):
        return [turn.say(RESTS, stacked(go(_("Back"), "pulses")), edit=True)]
    await agreements.agree(turn.db, AGREED, pulse.id, at.side.id, at.me.id, turn.now)
    await pulses.open_(turn.db, pulse.id, turn.now + timedelta(days=days), turn.now)
    await at.note(turn, "campaign.pulse_opened", str(pulse.id))
    return await show(turn, pulse.id)


async def close(turn: Turn, pulse_id: int) -> list[Say]:
    """Nobody can answer any more."""
    found = await opened(turn, pulse_id)
    if found is None:
        return [refused(turn)]
    if found.pulse.state == "open":
        await pulses.close(turn.db, found.pulse, turn.now)
        await found.at.note(turn, "campaign.pulse_closed", str(pulse_id))
    return await show(turn, pulse_id)


async def drop(turn: Turn, pulse_id: int) -> list[Say]:
    """Throws a draft away."""
    found = await opened(turn, pulse_id)
    if found is None:
        return [refused(turn)]
    if found.pulse.state != "draft":
        return [await _card(turn, found)]
    await agreements.forget(turn.db, AGREED, pulse_id)
    await pulses.drop(turn.db, pulse_id)
    back = stacked(button(_("Back"), "pulses.of", found.at.network.id))
    return [turn.say(_("It is thrown away."), back, edit=True)]


ROUTES = Routes(
    {},
    {
        "pulses.show": show,
        "pulses.days": days,
        "pulses.yes": agree,
        "pulses.close": close,
        "pulses.drop": drop,
    },
    right=Right.PUBLISH,
)
