"""/wording: any message of the bot in a network's own words, and back."""

from __future__ import annotations

from bot.coordinators.desk import Desk, choose, desk, refused
from bot.coordinators.wording_form import form_of, message_of, preview_of, words_of
from bot.domain.forms import Answers, Form
from bot.domain.replies import (
    Command,
    LanguageName,
    Say,
    Text,
    Value,
    _,
    button,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.forms import Flow, start
from bot.i18n import messages
from bot.router import Routes, Turn, too_old
from bot.store import wordings
from bot.store.wordings import PAGE, Wording

LABEL = 40


async def wording(turn: Turn) -> list[Say]:
    """/wording: of which network, then what is said in its own words."""
    return await choose(turn, _("Which network?"), "wording.of", _first, Right.WORDING)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """What is said in this network's own words."""
    return await page(turn, network_id, 0)


async def page(turn: Turn, network_id: int, after: int) -> list[Say]:
    """The messages in other words, those after one."""
    at = await desk(turn, network_id, Right.WORDING)
    return [refused(turn)] if at is None else [await _page(turn, at, after)]


async def _first(turn: Turn, at: Desk) -> list[Say]:
    return [await _page(turn, at, 0)]


async def _page(turn: Turn, at: Desk, after: int, news: Text | None = None) -> Say:
    found = await wordings.page(turn.db, at.network.id, after)
    text = paragraphs(
        news,
        _("<b>My messages in your words</b>"),
        _(
            "Any message of mine can have other words in your network, in each language. They are "
            "used from the next message on, and you can go back to mine at any time."
        ),
        None if found else _("There are none yet."),
    )
    here = at.network.id
    ways = (
        *(button(_labelled(each), "wording.show", each.id) for each in found[:PAGE]),
        button(_("Next page"), "wording.page", here, found[PAGE - 1].id)
        if len(found) > PAGE
        else None,
        button(_("First page"), "wording.page", here, 0) if after else None,
        button(_("Change a message"), "wording.change", here),
    )
    return turn.say(text, stacked(*ways), edit=True)


def _labelled(each: Wording) -> Text:
    short = each.words[0] if len(each.words[0]) <= LABEL else each.words[0][: LABEL - 1] + "…"
    return _("{language}: {words}", language=LanguageName(each.language), words=short)


async def _seen(turn: Turn, wording_id: int) -> tuple[Desk, Wording] | None:
    found = await wordings.by_id(turn.db, wording_id)
    at = found and await desk(turn, found.network_id, Right.WORDING)
    return (at, found) if at and found else None


async def show(turn: Turn, wording_id: int) -> list[Say]:
    """The words of a message, and those I usually say."""
    seen = await _seen(turn, wording_id)
    if seen is None:
        return [too_old(turn)]
    at, found = seen
    known = messages(found.language).get(found.original)
    usual: Value = "\n".join(known.forms) if known else found.original
    text = paragraphs(
        _("<b>Usually</b>"),
        _("<code>{words}</code>", words=usual),
        _("<b>In your words</b>"),
        preview_of(found.words),
    )
    ways = stacked(
        button(_("Change it"), "wording.again", wording_id),
        button(_("Undo"), "wording.undo", wording_id),
        button(_("Back"), "wording.of", at.network.id),
    )
    return [turn.say(text, ways, edit=True)]


async def undo(turn: Turn, wording_id: int) -> list[Say]:
    """Takes the words off: those before count again, else what I usually say."""
    seen = await _seen(turn, wording_id)
    if seen is None:
        return [too_old(turn)]
    at, found = seen
    latest = await wordings.in_use(turn.db, at.network.id, found.language, found.original)
    if latest is None or latest.id != wording_id:  # an old card: what counts now is another one
        return [await _page(turn, at, 0)]
    await wordings.take_off(turn.db, wording_id)
    await at.note(turn, "wording.undone", language=found.language, message=found.message[:12])
    before = await wordings.in_use(turn.db, at.network.id, found.language, found.original)
    text = _("Done. I say what I usually say again.")
    if before is not None:
        text = _("Done. The words from before are back.")
    return [await _page(turn, at, 0, text)]


async def change(turn: Turn, network_id: int) -> list[Say]:
    """Asks which message, in which language."""
    at = await desk(turn, network_id, Right.WORDING)
    return [refused(turn)] if at is None else await start(turn, CHANGE, {"network": network_id})


async def again(turn: Turn, wording_id: int) -> list[Say]:
    """Asks for other words for a message that has some."""
    seen = await _seen(turn, wording_id)
    if seen is None:
        return [too_old(turn)]
    known = {"language": seen[1].language, "message": seen[1].original, "search": ""}
    return await start(turn, CHANGE, {"network": seen[0].network.id, **known})


async def _form(turn: Turn, answers: Answers) -> Form:
    language, message = answers.get("language"), answers.get("message")
    found = None
    if language and message:
        of_network = (int(answers["network"]), str(language), str(message))
        found = await wordings.in_use(turn.db, *of_network)
    return form_of(answers, found.words if found else None)


async def _changed(turn: Turn, answers: Answers) -> list[Say]:
    at = await desk(turn, int(answers["network"]), Right.WORDING)
    message = message_of(answers)
    if at is None or message is None:
        return [refused(turn) if at is None else too_old(turn)]
    language, words = str(answers["language"]), words_of(answers, message)
    before = await wordings.in_use(turn.db, at.network.id, language, message.id)
    if before is None or before.words != words:
        new = (at.network.id, language, message.id, words, at.me.id)
        await wordings.add(turn.db, *new, turn.now)
        hashed = wordings.hashed(message.id)[:12]
        await at.note(turn, "wording.changed", language=language, message=hashed)
    return [await _page(turn, at, 0, _("Saved. I say it like that from now on."))]


CHANGE = Flow("wording", _form, _changed)
FLOWS = (CHANGE,)
MENU = (Command("wording", _("Change what I say"), for_coordinators=True),)
ROUTES = Routes(
    {"wording": wording},
    {
        "wording.of": of,
        "wording.page": page,
        "wording.show": show,
        "wording.undo": undo,
        "wording.change": change,
        "wording.again": again,
    },
    right=Right.WORDING,
)
