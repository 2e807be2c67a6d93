"""/pulses: a statement to people on all sides, looked at before they are asked, and its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.coordinators.desk import Desk, choose, desk, refused
from bot.domain.fields import One, Option, Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.pulses import Tally, in_language
from bot.domain.replies import (
    Button,
    Command,
    LanguageName,
    Say,
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
from bot.domain.tracks import title
from bot.forms import Flow, start
from bot.router import Routes, Turn, too_old
from bot.store import exchanges, networks, pulses
from bot.store.exchanges import Exchange
from bot.store.networks import Side
from bot.store.pulses import Pulse

LONGEST, SHORT, PAGE = 300, 40, 8
DAYS = (3, 7, 14)
NOT_HERE = _("There is no activity for questions to all sides yet. /exchanges opens one.")


@dataclass(frozen=True, slots=True)
class Opened:
    """A pulse at somebody's desk."""

    at: Desk
    pulse: Pulse


async def show_all(turn: Turn) -> list[Say]:
    """/pulses: of which network, then its latest."""
    return await choose(turn, _("Which network?"), "pulses.of", _first, Right.PUBLISH)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """The latest of a network."""
    return await page(turn, network_id, 0)


async def page(turn: Turn, network_id: int, before: int) -> list[Say]:
    """Those before one."""
    at = await desk(turn, network_id, Right.PUBLISH)
    return [refused(turn)] if at is None else await _page(turn, at, before)


async def _first(turn: Turn, at: Desk) -> list[Say]:
    return await _page(turn, at, 0)


async def _page(turn: Turn, at: Desk, before: int) -> list[Say]:
    found = await pulses.of_network(turn.db, at.network.id, PAGE + 1, before)
    here = [
        each for each in await exchanges.open_in(turn.db, at.network.id) if each.template.pulses
    ]
    text = paragraphs(
        _("<b>{network}</b>: questions to all sides", network=at.network.name),
        _("People say what they think of a statement, and guess how many of the others agree.")
        if here
        else NOT_HERE,
    )
    ways: tuple[Button | None, ...] = (
        *(_new(each, alone=len(here) == 1) for each in here),
        *(_named(turn, each) for each in found[:PAGE]),
        button(_("Next page"), "pulses.page", at.network.id, found[PAGE - 1].id)
        if len(found) > PAGE
        else None,
        button(_("First page"), "pulses.of", at.network.id) if before else None,
    )
    return [turn.say(text, stacked(*ways), edit=True)]


def _new(exchange: Exchange, *, alone: bool) -> Button:
    name = title(exchange.name, exchange.track, exchange.format)
    label = _("Ask something new") if alone else _("Ask something new: {activity}", activity=name)
    return button(label, "pulses.new", exchange.id)


def _named(turn: Turn, each: Pulse) -> Button:
    words = in_language(each.texts, turn.me.language)
    short = words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"
    label: Value = _("Draft: {what}", what=short) if each.state == "draft" else short
    return button(label, "pulses.show", each.id)


async def new(turn: Turn, exchange_id: int) -> list[Say]:
    """Asks for the statement, in each language of the sides."""
    exchange = await exchanges.by_id(turn.db, exchange_id)
    at = None if exchange is None else await desk(turn, exchange.network_id, Right.PUBLISH)
    if exchange is None or at is None:
        return [refused(turn)]
    if exchange.state != "open" or not exchange.template.pulses:
        return [too_old(turn)]
    return await start(turn, WRITE, {"exchange": exchange.id, "network": at.network.id})


async def _form(turn: Turn, answers: Answers) -> Form:
    sides = await networks.sides_of(turn.db, int(answers["network"]))
    spoken = list(dict.fromkeys(each.language for each in sides))
    mine = turn.me.language if turn.me.language in spoken else spoken[0]
    others = [each for each in spoken if each != mine]
    good = One(
        (
            Option("many", _("That many agree with it")),
            Option("few", _("That few agree with it")),
        )
    )
    ask = _("What would be good news to hear of the other side?")
    steps = (
        _step(mine, optional=False),
        *(_step(each, optional=True) for each in others),
        Step("good", ask, good, _("Good news")),
    )
    return Form("pulse", steps, review=False)


def _step(language: str, *, optional: bool) -> Step:
    named = LanguageName(language)
    ask = paragraphs(
        _("Which statement, in this language: <b>{language}</b>?", language=named),
        _("If you skip it, those who speak it read another language.")
        if optional
        else _("One sentence is best. People say how far they agree with it."),
    )
    return Step(f"in_{language}", ask, Words(LONGEST), named, optional=optional)


async def _written(turn: Turn, answers: Answers) -> list[Say]:
    at = await desk(turn, int(answers["network"]), Right.PUBLISH)
    if at is None:
        return [refused(turn)]
    texts = {
        key.removeprefix("in_"): text
        for key, text in answers.items()
        if key.startswith("in_") and text
    }
    of_it = int(answers["exchange"]), texts, str(answers["good"])
    pulse_id = await pulses.draft(turn.db, *of_it, at.me.id, turn.now)
    return await show(turn, pulse_id)


async def opened(turn: Turn, pulse_id: int) -> Opened | None:
    """The pulse, held, if the person whose turn it is may see to it."""
    pulse = await pulses.by_id(turn.db, pulse_id, hold=True)
    exchange = None if pulse is None else await exchanges.by_id(turn.db, pulse.exchange_id)
    at = None if exchange is None else await desk(turn, exchange.network_id, Right.PUBLISH)
    return None if pulse is None or at is None else Opened(at, pulse)


async def show(turn: Turn, pulse_id: int) -> list[Say]:
    """The preview of a draft; of others, their figures."""
    found = await opened(turn, pulse_id)
    if found is None:
        return [refused(turn)]
    return [_preview(turn, found) if found.pulse.state == "draft" else await _card(turn, found)]


def _statements(pulse: Pulse) -> Value:
    return lines(
        *(
            _("{language}: <b>{statement}</b>", language=LanguageName(each), statement=text)
            for each, text in pulse.texts.items()
        )
    )


def _preview(turn: Turn, found: Opened) -> Say:
    pulse = found.pulse
    text = paragraphs(
        _statements(pulse),
        _("It goes to everybody who takes part there, on all sides, by day. Nobody has it yet."),
        _("For how long should it be open?"),
    )
    days = (
        button(ngettext("{n} day", "{n} days", each), "pulses.open", pulse.id, each)
        for each in DAYS
    )
    ways = stacked(
        button(_("Throw it away"), "pulses.drop", pulse.id),
        button(_("Back"), "pulses.of", found.at.network.id),
    )
    return turn.say(text, (*in_rows(days, 3), *ways), edit=True)


async def _card(turn: Turn, found: Opened) -> Say:
    at, pulse = found.at, found.pulse
    going = pulse.open_at(turn.now)
    closes = When(pulse.closes_at) if pulse.closes_at else _("now")
    sides = await networks.sides_of(turn.db, at.network.id)
    tallies = await pulses.tallies(turn.db, pulse.id)
    text = paragraphs(
        _statements(pulse),
        _("Open until {when}. Figures come once it is closed.", when=closes)
        if going
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


async def open_(turn: Turn, pulse_id: int, days: int) -> list[Say]:
    """People are asked, for so many days."""
    found = await opened(turn, pulse_id)
    if found is None:
        return [refused(turn)]
    if days not in DAYS:
        return [too_old(turn)]
    if found.pulse.state == "draft":
        await pulses.open_(turn.db, pulse_id, turn.now + timedelta(days=days), turn.now)
        await found.at.note(turn, "campaign.pulse_opened", str(pulse_id))
    return await show(turn, pulse_id)


async def close(turn: Turn, pulse_id: int) -> list[Say]:
    """Nobody can answer any more."""
    found = await opened(turn, pulse_id)
    if found is None:
        return [refused(turn)]
    if found.pulse.state == "open":
        await pulses.close(turn.db, pulse_id, turn.now)
        await found.at.note(turn, "campaign.pulse_closed", str(pulse_id))
    return await show(turn, pulse_id)


async def drop(turn: Turn, pulse_id: int) -> list[Say]:
    """Throws a draft away."""
    found = await opened(turn, pulse_id)
    if found is None:
        return [refused(turn)]
    await pulses.drop(turn.db, pulse_id)
    return await _page(turn, found.at, 0)


WRITE = Flow("pulse", _form, _written)
FLOWS = (WRITE,)
MENU = (Command("pulses", _("Questions to people on all sides"), for_coordinators=True),)
ROUTES = Routes(
    {"pulses": show_all},
    {
        "pulses.of": of,
        "pulses.page": page,
        "pulses.new": new,
        "pulses.show": show,
        "pulses.open": open_,
        "pulses.close": close,
        "pulses.drop": drop,
    },
    right=Right.PUBLISH,
)
