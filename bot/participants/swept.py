"""What was written in a person's chat, taken out of it as far as Telegram lets a bot."""

from __future__ import annotations

from bot.domain.hiding import in_calls
from bot.domain.replies import Say
from bot.router import Turn
from bot.store import written


async def swept(turn: Turn) -> list[Say]:
    """Deletes what the bot and the person wrote lately, this move of theirs with it."""
    found = await written.in_chat(turn.db, turn.me.id, turn.now - written.DELETABLE)
    if turn.event.message_id is not None:
        found = [*found, turn.event.message_id]
    return [turn.say("", erase=each) for each in in_calls(found)]
