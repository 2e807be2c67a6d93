"""What is said in a room that Telegram has moved or taken away meanwhile."""

from __future__ import annotations

from datetime import datetime

from bot.delivery.work import put
from bot.domain.replies import Plain, Say
from bot.sandbox.groups import migrate
from bot.store import rooms
from bot.store.rooms import Room
from tests.delivery.counter import until
from tests.play import Stage
from tests.stories.circle import Circle, circle


async def a_room(of: Circle) -> tuple[int, Room]:
    """A group of Ana's that is the circle's room; Telegram's id of it, and the room."""
    ana, now = of.people["Ana"].person, of.stage.sandbox.clock.now()
    chat = await ana.founds("Circle")
    of.stage.sandbox.world.chats[chat].bot_status = "administrator"
    async with of.stage.app.store.begin() as db:
        token = await rooms.expect(db, of.network_id, of.match_id, "group", 1, "en", now)
        pending = await rooms.expected(db, token, 1, now)
        assert pending is not None
        return chat, await rooms.open_(db, pending, chat, now)


async def says(stage: Stage, room: Room, text: str, now: datetime) -> None:
    """The bot says something in a room."""
    async with stage.app.store.begin() as db:
        await put(db, [(Say(0, Plain(text), room=room.id), None)], now)
    stage.app.sender.wake.set()


def heard(stage: Stage, chat: int) -> list[str]:
    """What the bot said there."""
    return [m.text for m in stage.sandbox.world.chats[chat].messages.values() if m.by_bot]


async def test_what_waits_goes_where_the_group_moved(stage: Stage) -> None:
    of = await circle(stage)
    chat, room = await a_room(of)
    world, now = stage.sandbox.world, stage.sandbox.clock.now()
    allowed, world.updates.allowed = world.updates.allowed, frozenset()  # nobody tells the bot
    new = migrate(world, world.chats[chat]).id
    world.updates.allowed = allowed
    for text in ("one", "two", "three"):
        await says(stage, room, text, now)

    async def all_there() -> bool:
        return heard(stage, new)[-3:] == ["one", "two", "three"]

    await until(all_there)
    async with stage.app.store.read() as db:
        known = await rooms.by_telegram_id(db, new)
    assert known is not None
    assert known.id == room.id


async def test_a_room_the_bot_was_put_out_of_is_closed(stage: Stage) -> None:
    of = await circle(stage)
    chat, room = await a_room(of)
    stage.sandbox.world.chats[chat].bot_status = "kicked"
    await says(stage, room, "one", stage.sandbox.clock.now())
    await of.olga.sees("I am no longer in a Telegram group of")
    await of.people["Nour"].sees("I am no longer in a Telegram group of")
    await of.people["Bea"].person.sees_not("I am no longer")
    async with stage.app.store.read() as db:
        assert await rooms.of_match(db, of.match_id) is None


async def test_a_room_that_is_no_more_is_closed(stage: Stage) -> None:
    of = await circle(stage)
    chat, room = await a_room(of)
    del stage.sandbox.world.chats[chat]
    await says(stage, room, "one", stage.sandbox.clock.now())
    await of.olga.sees("I am no longer in a Telegram group of")


async def test_what_is_gone_from_a_room_is_not_written_there_anew(stage: Stage) -> None:
    of = await circle(stage)
    chat, room = await a_room(of)
    now = stage.sandbox.clock.now()
    async with stage.app.store.begin() as db:
        await rooms.call(db, room, "editMessageText", now, message_id=999, text="—")
    await says(stage, room, "after it", now)

    async def said_after() -> bool:
        return "after it" in heard(stage, chat)

    await until(said_after)
    assert heard(stage, chat) == ["after it"]
