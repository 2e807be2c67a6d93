"""The bot's face in Telegram: command menu, description and name, in each language."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from telegram import Bot, BotCommand

from bot.domain.replies import Command, _
from bot.i18n import LANGUAGES, Tongue
from bot.participants import cover

DESCRIPTION = _(
    "I help people on two sides of a divide to meet each other, one conversation at a time. "
    "Press Start and I will tell you how it works. What you tell me is stored only once you agree."
)
SHORT = _("Meet somebody from the other side, one conversation at a time.")


def lines(commands: Sequence[Command], language: str) -> list[BotCommand]:
    """The menu in one language."""
    tongue = Tongue(language)
    return [BotCommand(each.name, tongue.label(each.about)) for each in commands]


async def hang_up(bot: Bot, commands: Sequence[Command], *, discreet: bool = False) -> None:
    """Tells Telegram menu and descriptions; the default is English.

    Where it is `discreet` they are those of the reminder bot that answers who hides: whoever looks
    at the bot's page in a phone that is not theirs learns nothing.
    """
    mine = cover.MENU if discreet else [each for each in commands if not each.for_coordinators]
    long, short = (cover.HELLO, cover.SHORT) if discreet else (DESCRIPTION, SHORT)
    calls = []
    for language in LANGUAGES:
        code = None if language == LANGUAGES[0] else language
        tongue = Tongue(language)
        calls += [
            bot.set_my_commands(lines(mine, language), language_code=code),
            bot.set_my_description(tongue.label(long), language_code=code),
            bot.set_my_short_description(tongue.label(short), language_code=code),
        ]
    await asyncio.gather(*calls)
