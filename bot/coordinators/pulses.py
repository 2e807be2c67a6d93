"""/pulses: statements to people on all sides, and writing a new one."""

from __future__ import annotations

from bot.coordinators.desk import Desk, choose, desk, refused
from bot.coordinators.pulse_card import show
from bot.domain.fields import One, Option, Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.pulses import in_language
from bot.domain.replies import (
    Button,
    Command,
    LanguageName,
    Say,
    Value,
    _,
    button,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.domain.tracks import title
from bot.forms import Flow, start
from bot.router import Routes, Turn, too_old
from bot.store import exchanges, networks, pulses
from bot.store.exchanges import Exchange
from bot.store.pulses import Pulse

LONGEST, SHORT, PAGE = 300, 40, 8
NOT_HERE = _("There is no activity for questions to all sides yet. /exchanges opens one.")


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


WRITE = Flow("pulse", _form, _written)
FLOWS = (WRITE,)
MENU = (Command("pulses", _("Questions to people on all sides"), for_coordinators=True),)
ROUTES = Routes(
    {"pulses": show_all},
    {
        "pulses.of": of,
        "pulses.page": page,
        "pulses.new": new,
    },
    right=Right.PUBLISH,
)
