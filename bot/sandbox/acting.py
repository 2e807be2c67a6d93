"""What people do: each thing changes the world and tells the bot, as Telegram would."""

import itertools
import secrets
import time

from bot.sandbox.groups import tell_bot
from bot.sandbox.html import has_surrogates
from bot.sandbox.shapes import CannotError, Json
from bot.sandbox.telegram import message_json, push_member_change
from bot.sandbox.text import clean, found_entities, trimmed
from bot.sandbox.world import Account, Chat, Message, World


def text_body(text: str) -> Json:
    """A person's text as a message's content. Raises CannotError for one with nothing to see."""
    shown, _ = trimmed(clean(text), [])
    if has_surrogates(shown):
        raise CannotError(400, "half a character is no text")
    if not shown:
        raise CannotError(400, "Telegram lets nobody send an empty message")
    entities = found_entities(shown)
    return {"text": shown, "entities": entities} if entities else {"text": shown}


def say(
    world: World, account: Account, chat: Chat, body: Json, reply_to: int | None = None
) -> Message:
    """A person sends a message."""
    if chat.kind == "private" and account.blocked:
        raise CannotError(409, f"{account.name} has blocked the bot")
    if account.id not in chat.members:
        raise CannotError(403, f"{account.name} is not in this chat")
    if chat.members[account.id] == "restricted":
        raise CannotError(403, f"{account.name} may not write in this chat")
    if chat.kind == "channel" and chat.members[account.id] != "creator":
        raise CannotError(403, f"{account.name} may not post in this channel")
    message = world.add_message(chat, account.user, body)
    if reply_to is not None and reply_to in chat.messages:
        message.reply_to = reply_to
    world.touch(chat, message)
    tell_bot(world, message)
    return message


def edit(world: World, account: Account, chat: Chat, message_id: int, text: str) -> Message:
    """A person changes their own text."""
    message = own_message(account, chat, message_id)
    message.body = text_body(text)
    message.edited = world.clock.unix()
    world.touch(chat, message)
    world.updates.push("edited_message", message_json(message))
    return message


def delete(world: World, account: Account, chat: Chat, message_id: int) -> None:
    """A person deletes a message. Telegram does not tell the bot."""
    message = chat.messages.get(message_id)
    if message is None:
        raise CannotError(404, "there is no such message")
    if chat.kind != "private":
        own_message(account, chat, message_id)
    del chat.messages[message_id]
    world.touch(chat)


def own_message(account: Account, chat: Chat, message_id: int) -> Message:
    """A message this person wrote."""
    message = chat.messages.get(message_id)
    if message is None or message.sender["id"] != account.id:
        raise CannotError(404, f"{account.name} has no such message")
    return message


def tap(world: World, account: Account, message: Message, data: str) -> str:
    """A person taps a button; the id of the callback query the bot gets."""
    if message.chat.kind == "private" and account.blocked:
        raise CannotError(409, f"{account.name} has blocked the bot")
    query_id = str(secrets.randbits(62))
    world.queries[query_id] = (account.id, time.monotonic())
    account.pending.add(query_id)
    world.updates.push(
        "callback_query",
        {
            "id": query_id,
            "from": account.user,
            "message": message_json(message),
            "chat_instance": str(message.chat.id * 7919),
            "data": data,
        },
    )
    return query_id


def find_button(chat: Chat, message_id: int | None, label: str, data: str) -> tuple[Message, Json]:
    """The newest message with this button, and the button: by its data, or by its whole label, or
    else by a part of the label."""
    if message_id is None:
        messages = list(reversed(chat.messages.values()))
    else:
        messages = [chat.messages[message_id]] if message_id in chat.messages else []
    buttons = [
        (message, button)
        for message in messages
        if message.markup is not None
        for button in itertools.chain(*message.markup.get("inline_keyboard", []))
    ]
    if data:
        found = [pair for pair in buttons if pair[1].get("callback_data") == data]
    else:
        found = [pair for pair in buttons if pair[1]["text"] == label]
        found = found or [pair for pair in buttons if label in pair[1]["text"]]
    if not found:
        raise CannotError(404, f"there is no button {data or label!r}")
    return found[0]


def block(world: World, account: Account, *, blocked: bool) -> None:
    """A person stops the bot, or lets it write again."""
    if account.blocked == blocked:
        return
    account.blocked = blocked
    chat = world.private_chat(account)
    change = ("member", "kicked") if blocked else ("kicked", "member")
    push_member_change(world, chat, world.bot_id, change, account.user)
    world.changed()
