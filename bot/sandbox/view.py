"""A chat as a person sees it in their client."""

import time
import unicodedata

from bot.sandbox.drawing import drawn
from bot.sandbox.profile import scopes_seen
from bot.sandbox.shapes import Json
from bot.sandbox.world import Account, Chat, Message, World

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_LEFT_TO_RIGHT = "L"
_ISOLATES = frozenset({"LRI", "RLI", "FSI"})
_AS_THEY_ARE = ("location", "contact", "poll", "media_group_id")


def is_right_to_left(text: str) -> bool:
    """Whether a text's first strong character, outside isolates, is written right to left."""
    depth = 0
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in _ISOLATES:
            depth += 1
        elif direction == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and direction in _RIGHT_TO_LEFT:
            return True
        elif depth == 0 and direction == _LEFT_TO_RIGHT:
            return False
    return False


def chat_view(world: World, account: Account, chat: Chat | None, newest: int = 0) -> Json:
    """A person's view of a chat, or of the chat with the bot that is still empty (None).

    `newest` is how many messages at the end are wanted; 0 means all.
    """
    messages = list(chat.messages.values())[-newest:] if chat else []
    language = account.language.partition("-")[0]
    profile = world.profile
    return {
        "version": account.bell.version,
        "person": account.public(),
        "chats": [world.chats[chat_id].public for chat_id in sorted(account.chats)],
        "messages": [message_view(message, account) for message in messages],
        "commands": profile.menu(_scopes(account, chat), language),
        "bot": {
            "name": profile.name(language),
            "username": profile.username,
            "description": profile.text("description", language),
            "short_description": profile.text("short_description", language),
        },
        "may_write": chat is None or _may_write(chat, account),
        "typing": chat is not None and chat.typing_until > time.monotonic(),
        "pinned": list(chat.pinned) if chat else [],
        "toasts": account.toasts,
        "pending": sorted(account.pending),
    }


def _may_write(chat: Chat, account: Account) -> bool:
    """Whether a person may write there: in a channel only its owner may."""
    role = chat.members.get(account.id)
    return role == "creator" if chat.kind == "channel" else role != "restricted"


def _scopes(account: Account, chat: Chat | None) -> list[str]:
    if chat is None or chat.kind == "private":
        return scopes_seen(account.id, account.id, private=True, administrator=False)
    administrator = chat.members.get(account.id) in {"creator", "administrator"}
    return scopes_seen(chat.id, account.id, private=False, administrator=administrator)


def message_view(message: Message, viewer: Account) -> Json:
    """One message as a person sees it: safe HTML, buttons, files by address."""
    text = message.text or _service_text(message.body)
    view: Json = {
        "id": message.id,
        "chat_id": message.chat.id,
        "version": message.version,
        "from": _from(message, viewer),
        "date": message.date,
        "edited": message.edited is not None,
        "text": text,
        "html": drawn(text, message.entities),
        "rtl": is_right_to_left(text),
        "buttons": _buttons(message.markup),
    }
    body = message.body
    view |= {name: body[name] for name in _AS_THEY_ARE if name in body}
    return view | _files(body) | _around(message)


def _around(message: Message) -> Json:
    """What comes with some messages only: what they answer to, reactions, a reply keyboard."""
    view: Json = {}
    if message.reply_to is not None:
        view["reply_to"] = message.reply_to
    if "forward_origin" in message.body:
        view["forward"] = message.body["forward_origin"]
    if message.reactions:
        view["reactions"] = message.reactions
    markup = message.markup or {}
    if "keyboard" in markup:
        view["keyboard"] = markup["keyboard"]
    if markup.get("remove_keyboard"):
        view["remove_keyboard"] = True
    return view


def _from(message: Message, viewer: Account) -> str:
    if message.by_bot:
        return "bot"
    return "me" if message.sender["id"] == viewer.id else str(message.sender["first_name"])


def _service_text(body: Json) -> str:
    if "new_chat_members" in body:
        return ", ".join(user["first_name"] for user in body["new_chat_members"]) + " joined"
    if "left_chat_member" in body:
        return f"{body['left_chat_member']['first_name']} left"
    moved = "migrate_to_chat_id" in body or "migrate_from_chat_id" in body
    return "The group became a supergroup" if moved else ""


def _buttons(markup: Json | None) -> list[list[Json]]:
    rows = markup.get("inline_keyboard", []) if markup else []
    return [
        [_button(button, f"{number}.{place}") for place, button in enumerate(row)]
        for number, row in enumerate(rows)
    ]


def _button(button: Json, place: str) -> Json:
    shown = {"text": button["text"], "id": place}
    if "url" in button:
        shown["url"] = button["url"]
    if "callback_data" in button:
        shown["data"] = button["callback_data"]
    return shown


def _files(body: Json) -> Json:
    view: Json = {}
    for kind in ("document", "voice", "video_note", "video", "animation", "audio", "sticker"):
        if kind in body:
            file = body[kind]
            view[kind] = {
                "url": f"/files/{file['file_unique_id']}",
                "name": file.get("file_name", kind),
                "size": file.get("file_size", 0),
                "mime": file.get("mime_type", ""),
            }
            if "emoji" in file:
                view[kind]["emoji"] = file["emoji"]
    if "photo" in body:
        photo = body["photo"][-1]
        url = f"/files/{photo['file_unique_id']}"
        view["photo"] = {"url": url, "width": photo["width"], "height": photo["height"]}
    return view
