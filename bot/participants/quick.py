"""/quick: the chat is emptied at once, and a plain reminder bot answers until a word is written."""

from __future__ import annotations

import secrets

from bot.domain.hiding import DIGITS, LONGEST, plain
from bot.domain.replies import Command, Plain, Say, Text, _
from bot.participants.cover import MENU as COVER_MENU
from bot.participants.cover import under
from bot.participants.letters import LOST
from bot.participants.swept import swept
from bot.router import Routes, Turn
from bot.store import covers, relayed

WORDS = 3
"""Words that bring somebody back at a time: one given in haste leaves the one they know."""


async def quick(turn: Turn) -> list[Say]:
    """Hides at once: no question could be answered when it matters."""
    cover, given = await covers.of(turn.db, turn.me.id), turn.event.text.strip()[:LONGEST]
    known = cover.words if cover is not None and cover.own else []
    code = "" if known or plain(given) else _code()
    words = [each for each in (given if plain(given) else code, *known) if each]
    await covers.choose(turn.db, turn.me.id, *words[:WORDS], own=not code)
    told = await _lost(turn)
    await covers.hide(turn.db, turn.me.id, turn.now)  # first: what arrives from now on is deleted
    gone = await swept(turn)
    menu = under(turn.say("", menu=COVER_MENU))
    return [*map(under, gone), menu, under(turn.say(_left(code))), *told]


def _code() -> str:
    return "".join(secrets.choice("0123456789") for _digit in range(DIGITS))


async def _lost(turn: Turn) -> list[Say]:
    """What waits for them from others does not arrive: each writer hears so, as at any time."""
    waiting = await relayed.on_the_way(turn.db, turn.me.id)
    await relayed.take_back(turn.db, waiting)
    letters = {(each.writer_id, each.message_id) for each in waiting}
    return [Say(writer, LOST, answers=message) for writer, message in sorted(letters)]


def _left(code: str) -> Text:
    """What stays in the chat; the number, if there is one, is the word."""
    if not code:
        return _("What should I remind you of?")
    half = len(code) // 2
    return _("Noted: parcel {number}", number=Plain(f"{code[:half]} {code[half:]}"))


MENU = (Command("quick", _("Empty this chat")),)
ROUTES = Routes({"quick": quick}, {"quick.now": quick})
