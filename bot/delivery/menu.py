"""The bot's face in Telegram: command menu, description and name, in each language."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from telegram import Bot, BotCommand

from bot.domain.replies import Command, _
from bot.i18n import LANGUAGES, Tongue

DESCRIPTION = _(
    "I help people on two sides of a divide to meet each other, one conversation at a time. "
    "Press Start and I will tell you how it works. What you tell me is stored only once you agree."
)
SHORT = _("Meet somebody from the other side, one conversation at a time.")


def lines(commands: Sequence[Command], language: str) -> list[BotCommand]:
    """The menu in one language."""
    tongue = Tongue(language)
    return [BotCommand(each.name, tongue.label(each.about)) for each in commands]


async def hang_up(bot: Bot, commands: Sequence[Command]) -> None:
    """Tells Telegram menu and descriptions; the default is English."""
    mine = [each for each in commands if not each.for_coordinators]
    calls = []
    for language in LANGUAGES:
        code = None if language == LANGUAGES[0] else language
        tongue = Tongue(language)
        calls += [
            bot.set_my_commands(lines(mine, language), language_code=code),
            bot.set_my_description(tongue.label(DESCRIPTION), language_code=code),
            bot.set_my_short_description(tongue.label(SHORT), language_code=code),
        ]
    await asyncio.gather(*calls)
