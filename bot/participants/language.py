"""/language: in which language I speak to somebody, at any moment."""

from __future__ import annotations

from bot import forms
from bot.domain.replies import Command, LanguageName, Say, _, button, in_rows, stacked
from bot.i18n import LANGUAGES
from bot.router import Routes, Turn, too_old
from bot.store import people, roster


async def language(turn: Turn) -> list[Say]:
    """Offers the languages, each by its own name."""
    ways = (button(LanguageName(code, own=True), "language.set", code) for code in LANGUAGES)
    return [turn.say(_("Which language should I use with you?"), in_rows(ways, 2), edit=True)]


async def choose(turn: Turn, code: str) -> list[Say]:
    """Speaks it from now on."""
    if code not in LANGUAGES:
        return [too_old(turn)]
    await people.set_language(turn.db, turn.me.id, code)
    ways = stacked(await forms.go_on(turn))
    text = _("From now on I use {language}.", language=LanguageName(code))
    menu = [turn.full_menu()] if await roster.is_staff(turn.db, turn.me.id) else []
    return [turn.say(text, ways, edit=True), *menu]


MENU = (Command("language", _("Change the language")),)
ROUTES = Routes({"language": language}, {"language.set": choose})
