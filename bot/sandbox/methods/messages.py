"""Text messages: sent, edited, deleted, copied, forwarded, pinned; and answers to buttons."""

import asyncio
import time
from collections.abc import Iterable

from bot.sandbox.delivery import find_chat, find_message, find_open_chat, post, send
from bot.sandbox.markup import inline_keyboard
from bot.sandbox.params import Call
from bot.sandbox.shapes import Json, bad
from bot.sandbox.telegram import message_json
from bot.sandbox.text import MAX_CAPTION, MAX_TEXT, formatted
from bot.sandbox.world import MAX_TOASTS, Chat, Message, World

# How long a tapped button waits for its answer, in seconds.
QUERY_LIFE = 15 * 60
MAX_ANSWER = 200
TYPING_SECONDS = 5
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_CAPTION = ("caption", "caption_entities")
MAX_DELETED = 100
DELETABLE_SECONDS = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def mentioned(world: World, entities: list[Json]) -> list[Json]:
    """Entities with whole users in mentions by link; nobody can be mentioned whom no one knows."""
    whole = []
    for entity in entities:
        if entity["type"] == "text_mention":
            account = world.people.get(entity.get("user", {}).get("id"))
            if account is None:
                continue
            whole.append({**entity, "user": account.user})
        else:
            whole.append(entity)
    return whole


def text_body(world: World, call: Call) -> Json:
    """The checked text of a call, as a message's content."""
    text, entities = formatted(call, "text", MAX_TEXT)
    if not text:
        raise bad("message text is empty")
    body: Json = {"text": text}
    if known := mentioned(world, entities):
        body["entities"] = known
    return body


def caption_body(world: World, call: Call) -> Json:
    """The checked caption of a call, as part of a message's content; {} without one."""
    caption, entities = formatted(call, "caption", MAX_CAPTION)
    body: Json = {"caption": caption} if caption else {}
    if known := mentioned(world, entities):
        body["caption_entities"] = known
    return body


def send_message(world: World, call: Call) -> Json:
    return send(world, call, text_body(world, call))


def editable(world: World, call: Call) -> Message:
    """The bot's own message that a call wants to edit."""
    chat = find_open_chat(world, call)
    message = find_message(chat, call, "edit")
    # Messages that brought a reply keyboard cannot be edited either.
    if not message.by_bot or (message.markup and "inline_keyboard" not in message.markup):
        raise bad("message can't be edited")
    return message


def kept(message: Message, replaced: Iterable[str]) -> Json:
    """A message's content without the fields that an edit replaces."""
    return {name: value for name, value in message.body.items() if name not in set(replaced)}


def change(world: World, message: Message, body: Json, markup: Json | None) -> Json:
    """Give a message new content. Raises Telegram's refusals for no change and for flood."""
    if body == message.body and markup == message.markup:
        raise bad(NOT_MODIFIED)
    world.flood.spend(message.chat.id)
    if body != message.body:
        message.edited = world.clock.unix()
    message.body, message.markup = body, markup
    world.touch(message.chat, message)
    return message_json(message)


def edit_text(world: World, call: Call) -> Json:
    body, markup = text_body(world, call), inline_keyboard(call)
    message = editable(world, call)
    if "text" not in message.body:
        raise bad("there is no text in the message to edit")
    return change(world, message, kept(message, ("text", "entities")) | body, markup)


def edit_caption(world: World, call: Call) -> Json:
    caption, markup = caption_body(world, call), inline_keyboard(call)
    message = editable(world, call)
    if "text" in message.body:
        raise bad("there is no caption in the message to edit")
    return change(world, message, kept(message, _CAPTION) | caption, markup)


def edit_markup(world: World, call: Call) -> Json:
    markup = inline_keyboard(call)
    message = editable(world, call)
    return change(world, message, message.body, markup)


def remove(world: World, chat: Chat, message: Message) -> None:
    del chat.messages[message.id]
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    world.touch(chat)


def delete_message(world: World, call: Call) -> bool:
    chat = find_chat(world, call)
    message = find_message(chat, call, "delete")
    forbid_old(world, chat, message)
    remove(world, chat, message)
    return True


def forbid_old(world: World, chat: Chat, message: Message) -> None:
    """Refuses what is too old to be deleted by a bot: one such message, and none is deleted."""
    if chat.kind == "private" and world.clock.unix() - message.date > DELETABLE_SECONDS:
        raise bad("message can't be deleted for everyone")


def delete_messages(world: World, call: Call) -> bool:
    chat = find_chat(world, call)
    wanted = call.integers("message_ids")
    if not wanted:
        raise bad("message identifiers are not specified")
    if len(wanted) > MAX_DELETED:
        raise bad("too many message identifiers specified")
    found = [message for each in wanted if (message := chat.messages.get(each))]
    for message in found:
        forbid_old(world, chat, message)
    for message in found:
        remove(world, chat, message)
    return True


def source(world: World, call: Call, purpose: str) -> Message:
    chat = find_chat(world, call, "from_chat_id")
    return find_message(chat, call, purpose)


def copy_message(world: World, call: Call) -> Json:
    original = source(world, call, "copy")
    body = kept(original, ("forward_origin", "media_group_id"))
    if "caption" in call.params and "text" not in body:
        body = kept(original, ("forward_origin", "media_group_id", *_CAPTION)) | caption_body(
            world, call
        )
    return {"message_id": post(world, call, body).id}


def forward_message(world: World, call: Call) -> Json:
    original = source(world, call, "forward")
    return send(world, call, original.body | {"forward_origin": origin(original)})


def origin(message: Message) -> Json:
    """Where a forwarded message came from."""
    if known := message.body.get("forward_origin"):
        return dict(known)
    if message.chat.kind == "channel":
        place = {"chat": message.chat.public, "message_id": message.id}
        return {"type": "channel", "date": message.date, **place}
    return {"type": "user", "date": message.date, "sender_user": message.sender}


def answer_callback_query(world: World, call: Call) -> bool:
    query_id = call.text("callback_query_id")
    person_id, asked = world.queries.get(query_id, (0, 0.0))
    if not person_id or time.monotonic() - asked > QUERY_LIFE:
        text = "query is too old and response timeout expired or query ID is invalid"
        raise bad(text)
    text = call.text("text")
    if len(text) > MAX_ANSWER:
        raise bad("MESSAGE_TOO_LONG")
    account = world.people[person_id]
    account.pending.discard(query_id)
    if text:
        toast = {"id": world.version + 1, "text": text, "alert": call.flag("show_alert")}
        account.toasts = [*account.toasts, toast][-MAX_TOASTS:]
    world.tell(account)
    return True


def send_chat_action(world: World, call: Call) -> bool:
    chat = find_open_chat(world, call)
    if call.text("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    chat.typing_until = time.monotonic() + TYPING_SECONDS
    world.touch(chat)
    asyncio.get_running_loop().call_later(TYPING_SECONDS, world.touch, chat)
    return True


def set_reaction(world: World, call: Call) -> bool:
    chat = find_open_chat(world, call)
    message = find_message(chat, call, "react")
    message.reactions = [str(item.get("emoji", "")) for item in call.array("reaction")]
    world.touch(chat, message)
    return True


def pin_message(world: World, call: Call) -> bool:
    chat = find_open_chat(world, call)
    message = find_message(chat, call, "pin")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        world.touch(chat)
    return True


def unpin_message(world: World, call: Call) -> bool:
    chat = find_open_chat(world, call)
    message_id = call.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(message_id)
    world.touch(chat)
    return True


METHODS = {
    "sendMessage": send_message,
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "setMessageReaction": set_reaction,
    "pinChatMessage": pin_message,
    "unpinChatMessage": unpin_message,
}
