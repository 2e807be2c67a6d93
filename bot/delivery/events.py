"""From Telegram's update to the event a handler sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import Bot, CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.router import Event


class Unreadable(ValueError):
    """The update is not shaped like one."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody did in their private chat with the bot.

    `event` is None when there is nothing to answer; then `reachable` may tell that they blocked
    (False) or unblocked the bot.
    """

    telegram_id: int
    language: str | None
    event: Event | None = None
    reachable: bool | None = None


def chat_of(raw: dict[str, Any]) -> int:
    """The chat (or else the person) a raw update belongs to, 0 where it names none."""
    for content in raw.values():
        if isinstance(content, dict):
            inner = content.get("message") if "data" in content else content
            chat = inner.get("chat") if isinstance(inner, dict) else None
            for holder in (chat, content.get("from")):
                if isinstance(holder, dict) and isinstance(holder.get("id"), int):
                    return int(holder["id"])
    return 0


def read(raw: dict[str, Any], bot: Bot) -> Heard | None:
    """What was heard, None where the bot is not spoken to; raises Unreadable."""
    try:
        update = Update.de_json(raw, bot)
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError, OSError) as error:
        raise Unreadable(type(error).__name__) from None
    if update.message is not None:
        return _message(update.message)
    if update.callback_query is not None:
        return _tap(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    return None


def _message(message: Message) -> Heard | None:
    sender = message.from_user
    if sender is None or sender.is_bot or message.chat.type != ChatType.PRIVATE:
        return None
    return Heard(sender.id, sender.language_code, _said(message))


def _said(message: Message) -> Event:
    id_ = message.message_id
    if message.location is not None:
        place = (message.location.latitude, message.location.longitude)
        return Event(location=place, message_id=id_)
    if message.text is None:
        return Event(other="attachment", message_id=id_)
    if not message.text.startswith("/"):
        return Event(text=message.text, message_id=id_)
    first, _, rest = message.text[1:].partition(" ")
    command = first.partition("@")[0].lower()
    return Event(command=command or "/", text=rest.strip(), message_id=id_)


def _tap(query: CallbackQuery) -> Heard | None:
    message = query.message
    if query.data is None or (message is not None and message.chat.type != ChatType.PRIVATE):
        return None
    action, *args = query.data.split(":")
    id_ = message.message_id if message is not None else None
    event = Event(action=action or "?", args=tuple(args), message_id=id_)
    return Heard(query.from_user.id, query.from_user.language_code, event)


def _membership(change: ChatMemberUpdated) -> Heard | None:
    if change.chat.type != ChatType.PRIVATE:
        return None
    here = change.new_chat_member.status != ChatMemberStatus.BANNED
    return Heard(change.from_user.id, change.from_user.language_code, reachable=here)
