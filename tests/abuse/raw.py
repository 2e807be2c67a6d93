"""Updates as Telegram would bring them if somebody found a way to forge them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.sandbox import Person
from bot.sandbox.shapes import Json
from bot.store.tables import inbox
from tests.delivery.counter import until
from tests.play import Stage

ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
FAKE_CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
CHANNEL = {"id": -1_003_333_333_333, "type": "channel", "title": "News"}


def account(person: Person) -> Json:
    """Who somebody is to Telegram."""
    return {"id": person.id, "is_bot": False, "first_name": "X", "language_code": "en"}


def message(sender: Json, chat: Json, text: str, **more: Any) -> Json:
    """A message with whatever it should not have."""
    return {"message_id": 900_001, "from": sender, "chat": chat, "date": 1, "text": text} | more


def own_chat(person: Person) -> Json:
    """Somebody's private chat with the bot."""
    return {"id": person.id, "type": "private"}


async def bring(stage: Stage, *updates: tuple[str, Json]) -> None:
    """Brings them over the socket, also kinds nobody asked for, until they are settled."""
    world = stage.sandbox.world
    for kind, content in updates:
        world.updates.queue.append({"update_id": next(world.updates._ids), kind: content})
    last = world.updates.queue[-1]["update_id"]
    world.updates.bell.ring(last)

    async def settled() -> bool:
        async with stage.app.store.read() as db:
            query = select(inbox.c.state).where(inbox.c.id == last)
            return await db.scalar(query) in {"done", "parked"}

    await until(settled)


async def sent(person: Person) -> list[str]:
    """All that the bot has said to somebody, once it has nothing more to say."""
    return [each.text for each in await person.chat() if each.from_bot]
