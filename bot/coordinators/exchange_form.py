"""Opening an activity on one of the nine tracks, and what it is called."""

from __future__ import annotations

from datetime import timedelta

from bot.coordinators.desk import Desk, desk, refused
from bot.coordinators.exchanges import FORMATS, card, found_at, tell_others
from bot.domain.exchange import MATCHED, weighed
from bot.domain.forms import Answers, Form, One, Option, Step, Words
from bot.domain.replies import Say, Value, _, button, lines, paragraphs, stacked
from bot.domain.rights import Right
from bot.domain.tracks import TRACKS
from bot.domain.tracks.schema import Template
from bot.forms import Flow, start
from bot.router import Routes, Turn
from bot.store import exchange_settings, exchanges, rounds

LONGEST = 60
NAME = Step(
    "name",
    _("What should it be called? People read this when they choose what to take part in."),
    Words(longest=LONGEST),
    _("Name"),
    optional=True,
)


async def new(turn: Turn, network_id: int) -> list[Say]:
    """Asks what to open."""
    at = await desk(turn, network_id, Right.EXCHANGES)
    return [refused(turn)] if at is None else await start(turn, OPEN, {"network": network_id})


async def _form(_turn: Turn, answers: Answers) -> Form:
    return Form(
        "exchange",
        (_track_step(), _shape_step(answers), NAME),
        intro=_("Please check the activity before it opens."),
        send=_("Open it"),
    )


def _track_step() -> Step:
    about = (
        _("<b>{n}. {track}</b>: {about}", n=number, track=track.name, about=track.about)
        for number, track in TRACKS.items()
    )
    options = tuple(Option(str(number), track.name) for number, track in TRACKS.items())
    text = paragraphs(_("What kind of activity should it be?"), lines(*about))
    return Step("track", text, One(options, width=2), _("Kind"), renews=("shape",))


def _templates(answers: Answers) -> tuple[Template, ...]:
    track = answers.get("track")
    return TRACKS[int(track)].templates if track else ()


def _shape_step(answers: Answers) -> Step:
    templates = _templates(answers)
    about = (_("<b>{name}</b>: {about}", name=each.name, about=each.about) for each in templates)
    options = tuple(Option(each.format, each.name) for each in templates)
    text = paragraphs(_("What should it look like?"), lines(*about))

    def several(given: Answers) -> bool:
        return len(_templates(given)) > 1

    return Step("shape", text, One(options), _("Shape"), when=several)


async def _opened(turn: Turn, answers: Answers) -> list[Say]:
    at = await desk(turn, int(answers["network"]), Right.EXCHANGES)
    if at is None:
        return [refused(turn)]
    exchange_id = await _create(turn, at, answers)
    exchange = await exchanges.by_id(turn.db, exchange_id)
    if exchange is None:
        return [refused(turn)]
    about = {"track": exchange.track, "format": exchange.format}
    await at.note(turn, "exchanges.opened", str(exchange_id), **about)
    text: Value = paragraphs(
        _("It is open now. Should the people of the network be told?"),
        _("{shape}", shape=FORMATS[exchange.format]),
    )
    ways = stacked(
        button(_("Tell people"), "exchanges.tell", exchange_id),
        button(_("Not yet"), "exchanges.show", exchange_id),
    )
    return [turn.say(text, ways), *await tell_others(turn, at, exchange)]


async def _create(turn: Turn, at: Desk, answers: Answers) -> int:
    """The activity as its template has it; its first round, if it has any, a cadence from now."""
    track, templates = int(answers["track"]), _templates(answers)
    usual = {each.format: each for each in templates}
    template = usual.get(str(answers.get("shape")), templates[0])
    counts = at.network.settled.opinions
    rules = template.rules if counts else weighed(template.rules, "opinions", 0)
    what = (track, template.format, rules, template.settled.as_json(), answers.get("name"))
    exchange_id = await exchange_settings.open_one(turn.db, at.network.id, *what, turn.now)
    if template.format in MATCHED:
        next_at = turn.now + timedelta(days=template.settled.round_days)
        await rounds.set_next(turn.db, exchange_id, next_at)
    return exchange_id


async def rename(turn: Turn, exchange_id: int) -> list[Say]:
    """Asks what it is to be called."""
    found = await found_at(turn, exchange_id)
    return [refused(turn)] if found is None else await start(turn, RENAME, {"id": exchange_id})


async def _name_form(_turn: Turn, _answers: Answers) -> Form:
    return Form("exchange_name", (NAME,), review=False)


async def _renamed(turn: Turn, answers: Answers) -> list[Say]:
    found = await found_at(turn, int(answers["id"]))
    if found is None:
        return [refused(turn)]
    at, exchange = found
    if exchange.name == answers["name"]:
        return [await card(turn, at, exchange)]
    await exchange_settings.set_name(turn.db, exchange.id, answers["name"])
    await at.note(turn, "exchanges.renamed", str(exchange.id))
    told = await tell_others(turn, at, exchange)
    return [await card(turn, at, exchange, _("Done.")), *told]


OPEN = Flow("exchange", _form, _opened)
RENAME = Flow("exchange_name", _name_form, _renamed)
FLOWS = (OPEN, RENAME)
ROUTES = Routes(
    buttons={"exchanges.new": new, "exchanges.name": rename},
    right=Right.EXCHANGES,
)
