"""Whether Telegram shows the bot all that is written in groups: it needs none of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

import structlog
from telegram import Bot

from bot.delivery.work import put
from bot.domain.replies import Say, _
from bot.store import people
from bot.store.db import Store

log = structlog.get_logger()

OFF = _(
    "Telegram shows me everything that people write in groups, because my privacy mode is off. "
    "I neither read nor keep it, but please turn privacy mode on: in the chat with @BotFather, "
    "/setprivacy, then Enable. After that, take me out of each group and put me in again."
)


async def check(
    store: Store, bot: Bot, owners: Collection[int], now: Callable[[], datetime]
) -> None:
    """Tells the owners of the bot, once a day at most, that privacy mode is off, if it is."""
    if not bot.bot.can_read_all_group_messages:
        return
    log.warning("privacy mode is off")
    async with store.begin() as db:
        day = f"{now():%Y%m%d}"
        told = [
            (Say(each.id, OFF).with_key(f"privacy-mode:{day}:{each.id}"), None)
            for each in await people.owners(db, owners)
        ]
        await put(db, told, now())
