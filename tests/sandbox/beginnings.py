"""How the tests of people begin, and what reached the bot last."""

from typing import Any

import telegram

from bot.sandbox import Person, Sandbox


async def newest(bot: telegram.Bot) -> telegram.Update:
    """The newest update, all before it acknowledged."""
    [update] = await bot.get_updates(
        offset=-1, timeout=5, allowed_updates=telegram.Update.ALL_TYPES
    )
    return update


async def started(sandbox: Sandbox, name: str = "Ana", **more: Any) -> Person:
    """A person who started the bot."""
    person = await Person.create(sandbox.url, name, **more)
    await person.says("/start")
    return person
