"""The statements people are asked about: added, put in other words, taken out."""

from __future__ import annotations

from bot.coordinators.desk import Desk, desk, refused
from bot.coordinators.network import VIEW, back, changes
from bot.coordinators.network_form import LONGEST_STATEMENT, STATEMENTS
from bot.domain.forms import Answers, Form, Step, Words
from bot.domain.replies import Say, Text, _, button, lines, paragraphs, stacked
from bot.domain.rights import Right
from bot.forms import Flow, start
from bot.router import Routes, Turn, too_old
from bot.store import network_settings

NEW = 99
"""The place of a statement that is none yet."""


async def statements(turn: Turn, network_id: int) -> list[Say]:
    """What people are asked about."""
    at = await desk(turn, network_id, VIEW)
    return [refused(turn)] if at is None else [_shown(turn, at)]


def _asked(at: Desk) -> list[tuple[int, str]]:
    return [each for each in enumerate(at.network.statements or []) if each[1]]


def _shown(turn: Turn, at: Desk, news: Text | None = None) -> Say:
    asked = _asked(at)
    text = paragraphs(
        news,
        _("<b>Statements people are asked about</b>"),
        lines(*(_("• {statement}", statement=words) for _at, words in asked))
        if asked
        else _("There are none yet."),
    )
    ways = [button(words, "network.ask", at.network.id, place) for place, words in asked]
    room = len(asked) < STATEMENTS
    add = button(_("Add a statement"), "network.reword", at.network.id, NEW) if room else None
    mine = (*ways, add) if changes(at) else ()
    return turn.say(text, stacked(*mine, back(at)), edit=True)


async def statement(turn: Turn, network_id: int, place: int) -> list[Say]:
    """One of them, and what can be done with it."""
    at = await desk(turn, network_id, Right.NETWORK)
    if at is None:
        return [refused(turn)]
    words = dict(_asked(at)).get(place)
    if words is None:
        return [_shown(turn, at, _("Something has changed meanwhile. This is how it stands:"))]
    text = paragraphs(
        _("<i>{statement}</i>", statement=words),
        _(
            "What people have answered is about these words. With other words, or without them, "
            "their answers to it no longer count, and only who signs up later is asked anew."
        ),
    )
    ways = stacked(
        button(_("Change the words"), "network.reword", network_id, place),
        button(_("Take it out"), "network.unask", network_id, place),
        back(at, "network.asks"),
    )
    return [turn.say(text, ways, edit=True)]


async def reword(turn: Turn, network_id: int, place: int) -> list[Say]:
    """Asks for the words."""
    at = await desk(turn, network_id, Right.NETWORK)
    if at is None:
        return [refused(turn)]
    return await start(turn, REWORD, {"network": network_id, "place": place})


async def _form(_turn: Turn, _answers: Answers) -> Form:
    ask = _("Which statement should people agree or disagree with?")
    step = Step("words", ask, Words(LONGEST_STATEMENT), _("Statement"))
    return Form("statement", (step,), send=_("Save"))


async def _reworded(turn: Turn, answers: Answers) -> list[Say]:
    at = await desk(turn, int(answers["network"]), Right.NETWORK)
    if at is None:
        return [refused(turn)]
    return await _changed(turn, at, int(answers["place"]), str(answers["words"]))


async def unask(turn: Turn, network_id: int, place: int) -> list[Say]:
    """Takes one out; out already, nothing changes."""
    at = await desk(turn, network_id, Right.NETWORK)
    return [refused(turn)] if at is None else await _changed(turn, at, place, "")


async def _changed(turn: Turn, at: Desk, place: int, words: str) -> list[Say]:
    """Empties the place of the old words, by which opinions are kept, and adds the new ones."""
    held = await network_settings.held(turn.db, at.network.id)
    if held is None:
        return [too_old(turn)]
    before = held.statements or []
    if words and words in before[place : place + 1]:
        return [_shown(turn, at, _("Done."))]
    kept = ["" if n == place else each for n, each in enumerate(before)]
    if words and words not in kept and sum(map(bool, kept)) < STATEMENTS:
        kept.append(words)
    if kept != before:
        await network_settings.set_statements(turn.db, at.network.id, kept)
        await at.note(turn, "network.statements", many=sum(map(bool, kept)))
    now = await desk(turn, at.network.id, Right.NETWORK)
    return [_shown(turn, now or at, _("Done."))]


REWORD = Flow("statement", _form, _reworded)
FLOWS = (REWORD,)
ROUTES = Routes(
    buttons={
        "network.asks": statements,
        "network.ask": statement,
        "network.reword": reword,
        "network.unask": unask,
    },
    needs={
        "network.asks": VIEW,
        **dict.fromkeys(("network.ask", "network.reword", "network.unask"), Right.NETWORK),
    },
)
