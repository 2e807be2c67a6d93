"""/broadcast: a word to many at once, written once a language, looked at before it is sent."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

from bot.coordinators.broadcast_card import Opened, looked_at, opened, preview, progress
from bot.coordinators.desk import Desk, choose, desk, refused
from bot.domain.broadcasts import language_for, letter
from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.replies import (
    Button,
    Command,
    Hour,
    LanguageName,
    Rows,
    Say,
    _,
    button,
    paragraphs,
    stacked,
)
from bot.domain.rights import Reach, Right
from bot.domain.tracks import title
from bot.forms import Flow, start
from bot.router import Routes, Turn, too_old
from bot.store import broadcasts, exchanges
from bot.store.broadcasts import Broadcast, To

LATEST = 5
LONGEST = 3000
SETTLES = timedelta(seconds=10)
"""So long after it was stopped, what was on its way has arrived or failed."""

OWNERS_CHOICE = {"all": _("Everybody, on all sides")}
CHOICES = {
    "side": _("Everybody on my side"),
    "waiting": _("Those who wait for an introduction"),
    "introduced": _("Those who are introduced"),
}


async def broadcast(turn: Turn) -> list[Say]:
    """/broadcast: in which network, then to whom."""
    return await choose(turn, _("Which network?"), "cast.of", _first, Right.BROADCAST)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """To whom, in this network; and how the last ones went."""
    at = await desk(turn, network_id, Right.BROADCAST)
    return [refused(turn)] if at is None else await _first(turn, at)


async def _first(turn: Turn, at: Desk) -> list[Say]:
    choices = CHOICES if at.reach is Reach.SIDE else OWNERS_CHOICE | CHOICES
    own_side = at.side.id if at.reach is Reach.SIDE else None
    latest = await broadcasts.latest(turn.db, at.network.id, own_side, LATEST)
    ways: list[Button] = [
        *(button(text, "cast.to", at.network.id, what) for what, text in choices.items()),
        button(_("Those in one activity"), "cast.which", at.network.id),
        *(_seen(each) for each in latest),
    ]
    text = paragraphs(
        _("Who should hear from you?"),
        _("You see how it reads before anything is sent. Your last messages are below.")
        if latest
        else _("You see how it reads before anything is sent."),
    )
    return [turn.say(text, stacked(*ways), edit=True)]


def _seen(each: Broadcast) -> Button:
    text = _("Sent: {when}", when=Hour(each.created_at))
    if each.state == "sending":
        text = _("On its way: {when}", when=Hour(each.created_at))
    return button(text, "cast.show", each.id)


async def to(turn: Turn, network_id: int, what: str) -> list[Say]:
    """Writes to an audience."""
    at = await desk(turn, network_id, Right.BROADCAST)
    if at is None:
        return [refused(turn)]
    whole = at.reach is Reach.NETWORK
    if what not in CHOICES and not (what == "all" and whole):
        return [too_old(turn)]
    side_id = None if whole and what != "side" else at.side.id
    audience = "everybody" if what in {"side", "all"} else what
    return await _write(turn, To(network_id, side_id, None, audience))


async def which(turn: Turn, network_id: int) -> list[Say]:
    """Asks in which exchange."""
    at = await desk(turn, network_id, Right.BROADCAST)
    if at is None:
        return [refused(turn)]
    found = await exchanges.open_in(turn.db, network_id)
    ways = (button(title(each.name, each.track, each.format), "cast.in", each.id) for each in found)
    back = button(_("Back"), "cast.of", network_id)
    return [turn.say(_("Which activity?"), stacked(*ways, back), edit=True)]


async def within(turn: Turn, exchange_id: int) -> list[Say]:
    """Writes to those in an exchange."""
    exchange = await exchanges.by_id(turn.db, exchange_id)
    at = None if exchange is None else await desk(turn, exchange.network_id, Right.BROADCAST)
    if exchange is None or at is None:
        return [refused(turn)]
    side_id = None if at.reach is Reach.NETWORK else at.side.id
    return await _write(turn, To(exchange.network_id, side_id, exchange_id))


async def _write(turn: Turn, whom: To) -> list[Say]:
    if not await broadcasts.languages(turn.db, whom):
        text = _("There is nobody to write to yet.")
        return [turn.say(text, stacked(button(_("Back"), "cast.of", whom.network_id)), edit=True)]
    return await start(turn, WRITE, {"to": asdict(whom)})


async def _form(turn: Turn, answers: Answers) -> Form:
    spoken = list(await broadcasts.languages(turn.db, To(**answers["to"])))
    mine = [turn.me.language] if turn.me.language in spoken or not spoken else spoken[:1]
    each = [*mine, *(language for language in spoken if language not in mine)]
    steps = [_step(language, optional=language not in mine) for language in each]
    return Form("broadcast", tuple(steps), review=False)


def _step(language: str, *, optional: bool) -> Step:
    named = LanguageName(language)
    ask = paragraphs(
        _("What would you like to say, in this language: <b>{language}</b>?", language=named),
        _("If you skip it, those who speak it read the first one you wrote.")
        if optional
        else _("Others may see the screen it is read on, so please name nobody."),
    )
    words = Words(longest=LONGEST, paragraphs=True)
    return Step(f"in_{language}", ask, words, named, optional=optional)


async def _written(turn: Turn, answers: Answers) -> list[Say]:
    whom = To(**answers["to"])
    at = await desk(turn, whom.network_id, Right.BROADCAST)
    if at is None or (at.reach is Reach.SIDE and whom.side_id != at.side.id):
        return [refused(turn)]
    words = {
        key.removeprefix("in_"): text
        for key, text in answers.items()
        if key.startswith("in_") and text
    }
    made = await broadcasts.draft(turn.db, whom, words, at.me.id, turn.now)
    return await show(turn, made)


async def show(turn: Turn, broadcast_id: int) -> list[Say]:
    """The preview of a draft; of others, how far they are."""
    found = await opened(turn, broadcast_id, hold=True)
    if found is None:
        return [too_old(turn)]
    if found.broadcast.state == "draft":
        return await preview(turn, found)
    return [await _followed(turn, found)]


async def _followed(turn: Turn, found: Opened) -> Say:
    said = await progress(turn, found)
    if found.broadcast.state != "sending":
        return said
    return await looked_at(turn, found.broadcast, said)


async def _draft(turn: Turn, broadcast_id: int) -> Opened | list[Say]:
    """A draft, held; else what to say instead."""
    found = await opened(turn, broadcast_id, hold=True)
    if found is None:
        return [too_old(turn)]
    return found if found.broadcast.state == "draft" else [await _followed(turn, found)]


async def to_me(turn: Turn, broadcast_id: int) -> list[Say]:
    """Sends it to the coordinator only, as others will read it."""
    found = await _draft(turn, broadcast_id)
    if isinstance(found, list):
        return found
    words = found.broadcast.words
    text = letter(words, language_for(words, turn.me.language))
    return [turn.say(text, answering(found.at.me.id)), (await preview(turn, found))[-1]]


def answering(member_id: int) -> Rows:
    """The way to answer those who look after one's side."""
    return stacked(button(_("Answer"), "ask.side", member_id))


async def send(turn: Turn, broadcast_id: int) -> list[Say]:
    """Begins to send it."""
    found = await _draft(turn, broadcast_id)
    if isinstance(found, list):
        return found
    total = sum((await broadcasts.languages(turn.db, found.broadcast.to)).values())
    await broadcasts.send(turn.db, found.broadcast, total)
    await found.at.note(turn, "broadcast.sent", str(broadcast_id))
    sent = replace(found.broadcast, state="sending", total=total)
    return [await _followed(turn, replace(found, broadcast=sent))]


async def stop(turn: Turn, broadcast_id: int) -> list[Say]:
    """Stops it: who has not got it yet does not get it."""
    found = await opened(turn, broadcast_id, hold=True)
    if found is None:
        return [too_old(turn)]
    if found.broadcast.state == "sending":
        await broadcasts.stop(turn.db, found.broadcast, turn.now + SETTLES)
        await found.at.note(turn, "broadcast.stopped", str(broadcast_id))
        found = replace(found, broadcast=replace(found.broadcast, state="stopped"))
    return [await progress(turn, found)]


async def anew(turn: Turn, broadcast_id: int) -> list[Say]:
    """Throws a draft away and asks for its words again."""
    found = await _draft(turn, broadcast_id)
    if isinstance(found, list):
        return found
    await broadcasts.drop(turn.db, broadcast_id)
    return await _write(turn, found.broadcast.to)


async def drop(turn: Turn, broadcast_id: int) -> list[Say]:
    """Throws a draft away."""
    found = await _draft(turn, broadcast_id)
    if isinstance(found, list):
        return found
    await broadcasts.drop(turn.db, broadcast_id)
    return [turn.say(_("It is thrown away. Nothing was sent."), edit=True)]


WRITE = Flow("broadcast", _form, _written)
FLOWS = (WRITE,)
MENU = (Command("broadcast", _("Write to many at once"), for_coordinators=True),)
ROUTES = Routes(
    {"broadcast": broadcast},
    {
        "cast.of": of,
        "cast.to": to,
        "cast.which": which,
        "cast.in": within,
        "cast.show": show,
        "cast.me": to_me,
        "cast.send": send,
        "cast.stop": stop,
        "cast.anew": anew,
        "cast.drop": drop,
    },
    right=Right.BROADCAST,
)
