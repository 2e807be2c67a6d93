"""/quick: the chat is emptied at once, and a plain reminder bot answers until a word is written."""

from __future__ import annotations

import secrets

from bot.domain.fields import Wrong
from bot.domain.hiding import DIGITS, fit
from bot.domain.replies import Command, Plain, Say, Text, _
from bot.participants.cover import MENU as COVER_MENU
from bot.participants.cover import under
from bot.participants.swept import swept
from bot.router import Routes, Turn
from bot.store import covers


async def quick(turn: Turn) -> list[Say]:
    """Hides at once: no question could be answered when it matters."""
    cover = await covers.of(turn.db, turn.me.id)
    given = _word(turn.event.text)
    code = ""
    if given:
        await covers.choose(turn.db, turn.me.id, given)
    elif cover is None:
        code = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
        await covers.choose(turn.db, turn.me.id, code)
    await covers.hide(turn.db, turn.me.id, turn.now)  # first: what arrives from now on is deleted
    gone = await swept(turn)
    return [*map(under, gone), under(turn.say("", menu=COVER_MENU)), under(turn.say(_left(code)))]


def _word(text: str) -> str:
    try:
        return fit(text.strip()) if text.strip() else ""
    except Wrong:
        return ""


def _left(code: str) -> Text:
    """What stays in the chat; the number, if there is one, is the word."""
    if not code:
        return _("What should I remind you of?")
    half = len(code) // 2
    return _("Noted: parcel {number}", number=Plain(f"{code[:half]} {code[half:]}"))


MENU = (Command("quick", _("Empty this chat")),)
ROUTES = Routes({"quick": quick}, {"quick.now": quick})
