"""From Telegram's update to the event a handler sees.

The few fields we need are read from the raw update, each with its type: python-telegram-bot's
objects take what they are given, so that a number where a text belongs would get as far as a table.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from telegram.constants import ChatMemberStatus, ChatType

from bot.delivery import parcels
from bot.delivery.ours import MISSED, TOO_FAST, PassedOver, passed_over
from bot.domain.parcels import Parcel
from bot.domain.rooms import CHANNEL_RIGHTS, GROUP_RIGHTS, Kind, News, What
from bot.router import Event

LARGEST_ID = 2**53
WITH_TOKEN = re.compile(r"/start(?:@\w+)? ([\w-]{22,64})", re.ASCII)
IN_ROOMS = (ChatType.GROUP, ChatType.SUPERGROUP, ChatType.CHANNEL)
GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)

ANOTHER_S = ("forward_origin", "via_bot", "sender_chat", "is_automatic_forward")
"""What tells that whoever sent a message did not write it as themselves."""

T = TypeVar("T")


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


def chat_of(raw: Mapping[str, Any]) -> int:
    """The chat (or else the person) a raw update belongs to, 0 where it names none."""
    for content in raw.values():
        if isinstance(content, dict):
            inner = content.get("message") if "data" in content else content
            chat = inner.get("chat") if isinstance(inner, dict) else None
            for holder in (chat, content.get("from")):
                if isinstance(holder, dict) and isinstance(holder.get("id"), int):
                    return int(holder["id"])
    return 0


def kind_of(raw: Mapping[str, Any]) -> str:
    """Which of the kinds we read a raw update is, "" for any other."""
    return next((kind for kind in _READERS if kind in raw), "")


def sender_of(raw: Mapping[str, Any]) -> int:
    """Whose account a raw update came from; 0 where that is a bot, or it names none."""
    content = raw.get(kind_of(raw))
    sender = content.get("from") if isinstance(content, dict) else None
    id_ = sender.get("id") if isinstance(sender, dict) and not sender.get("is_bot") else None
    return id_ if isinstance(id_, int) else 0


def message_of(raw: Mapping[str, Any]) -> int | None:
    """The number of the message that somebody wrote or changed in their own chat, if it is one.

    It looks no further, so it finds it as well in what can't be read.
    """
    content = raw.get("message") or raw.get("edited_message")
    id_ = content.get("message_id") if isinstance(content, dict) else None
    own = 0 < chat_of(raw) == sender_of(raw)
    return id_ if own and type(id_) is int and 0 < id_ < LARGEST_ID else None


def unread(raw: Mapping[str, Any]) -> bool:
    """Whether the bot is not spoken to: talk in groups, and whatever else `read` makes nothing of.

    What can't be read is for the operator to see, but not where it is people's talk.
    """
    try:
        return read(raw) is None
    except Unreadable:
        return _in_rooms(raw.get("message"))


def _in_rooms(message: Any) -> bool:
    chat = message.get("chat") if isinstance(message, dict) else None
    return isinstance(chat, dict) and chat.get("type") in IN_ROOMS


def without_talk(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The update, or only its id where the bot is not spoken to: nothing else of it is kept."""
    return {"update_id": raw["update_id"]} if unread(raw) else raw


def read(raw: Mapping[str, Any]) -> Heard | News | PassedOver | None:
    """What was heard, None where the bot is not spoken to; raises Unreadable."""
    for kind, reader in _READERS.items():
        if kind in raw:
            return reader(_needed(raw, kind, dict))
    return None


def _message(message: Mapping[str, Any]) -> Heard | News | None:
    sender = _optional(message, "from", dict)
    if not _is_private(message):
        return _in_room(message, sender)
    if sender is None or not _is_own(message, sender):
        return None
    return _heard(sender, replace(_said(message), **_whole(message)))


def _edited(message: Mapping[str, Any]) -> Heard | None:
    """What somebody changed is no command and no answer: it is for those it was passed on to."""
    sender = _optional(message, "from", dict)
    if sender is None or not _is_private(message) or not _is_own(message, sender):
        return None
    event = Event(message_id=_id(message, "message_id"), edited=True)
    return _heard(sender, replace(event, **_whole(message)))


def _whole(message: Mapping[str, Any]) -> dict[str, Any]:
    answered = _optional(message, "reply_to_message", dict)
    replied_to = None if answered is None else _optional(answered, "message_id", int)
    return {"parcel": parcels.read(message), "replied_to": replied_to}


def _under(who: Mapping[str, Any], message: Mapping[str, Any]) -> Parcel | None:
    """What the message with the button answers: something of theirs, or what they were sent."""
    answered = _optional(message, "reply_to_message", dict)
    sender = _optional(answered or {}, "from", dict)
    mine = sender is not None and sender.get("id") == who.get("id")
    found = parcels.read(answered) if answered else None
    return found and replace(found, own=mine)


def _in_room(message: Mapping[str, Any], sender: Mapping[str, Any] | None) -> News | None:
    """That a group moved, or that somebody came with a token: nothing else is read there."""
    chat = _needed(message, "chat", dict)
    if _optional(message, "migrate_to_chat_id", int) is not None:
        return _news("moved", chat, moved_to=_chat_id(message, "migrate_to_chat_id"))
    text = message.get("text")
    found = WITH_TOKEN.fullmatch(text) if isinstance(text, str) else None
    if found is None or sender is None or sender.get("is_bot") or _of_another(message):
        return None
    return _news("token", chat, by=_id(sender, "id"), token=found[1])


def _said(message: Mapping[str, Any]) -> Event:
    id_ = _id(message, "message_id")
    if place := _optional(message, "location", dict):
        return Event(
            location=(_degrees(place, "latitude"), _degrees(place, "longitude")), message_id=id_
        )
    text = _optional(message, "text", str)
    if text is None:
        return Event(other="attachment", message_id=id_)
    if not text.startswith("/") or _of_another(message):
        return Event(text=text, message_id=id_)
    first, _, rest = text[1:].partition(" ")
    command = first.partition("@")[0].lower()
    return Event(command=command or "/", text=rest.strip(), message_id=id_)


def _tap(query: Mapping[str, Any]) -> Heard | None:
    message, sender = _optional(query, "message", dict), _needed(query, "from", dict)
    data = _optional(query, "data", str)
    if data is None or message is None or not _is_private(message) or not _is_own(message, sender):
        return None
    action, *args = data.split(":")
    id_, under = _id(message, "message_id"), _under(sender, message)
    event = Event(action=action or "?", args=tuple(args), message_id=id_, parcel=under)
    return _heard(sender, event)


def _too_many(marker: Mapping[str, Any]) -> Heard:
    id_ = _optional(marker, "message_id", int)
    return _heard(_needed(marker, "from", dict), Event(too_fast=True, message_id=id_))


def _missed(marker: Mapping[str, Any]) -> PassedOver:
    try:
        return passed_over(marker)
    except (KeyError, TypeError) as error:
        raise Unreadable(MISSED) from error


def _membership(change: Mapping[str, Any]) -> Heard | News | None:
    member, sender = _needed(change, "new_chat_member", dict), _needed(change, "from", dict)
    status = _needed(member, "status", str)
    if _is_private(change):
        there = status != ChatMemberStatus.BANNED
        return _heard(sender, reachable=there) if _is_own(change, sender) else None
    can = {each for each in (*GROUP_RIGHTS, *CHANNEL_RIGHTS) if member.get(f"can_{each}") is True}
    by, chat = _id(sender, "id"), _needed(change, "chat", dict)
    return _news("bot", chat, by=by, here=status not in GONE, can=frozenset(can))


def _request(request: Mapping[str, Any]) -> News:
    sender = _needed(request, "from", dict)
    return _news("asked", _needed(request, "chat", dict), by=_id(sender, "id"))


_READERS: dict[str, Callable[[Mapping[str, Any]], Heard | News | PassedOver | None]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _tap,
    "my_chat_member": _membership,
    "chat_join_request": _request,
}

WANTED = tuple(_READERS)
"""The kinds of update to ask Telegram for: those that can be read."""

_READERS |= {TOO_FAST: _too_many, MISSED: _missed}


def _heard(
    sender: Mapping[str, Any], event: Event | None = None, *, reachable: bool | None = None
) -> Heard:
    language = _optional(sender, "language_code", str)
    return Heard(_id(sender, "id"), language, event, reachable)


def _news(what: What, chat: Mapping[str, Any], **more: Any) -> News:
    kind = _needed(chat, "type", str)
    if kind not in IN_ROOMS:
        raise Unreadable("type")
    title = _optional(chat, "title", str) or ""
    shape: Kind = "channel" if kind == ChatType.CHANNEL else "group"
    return News(what, _chat_id(chat, "id"), shape, title=title, **more)


def _is_private(content: Mapping[str, Any]) -> bool:
    return _needed(_needed(content, "chat", dict), "type", str) == ChatType.PRIVATE


def _is_own(content: Mapping[str, Any], sender: Mapping[str, Any]) -> bool:
    """Whether it is a person in their own chat with us, which has their number, and no bot."""
    return not sender.get("is_bot") and sender.get("id") == content["chat"].get("id")


def _of_another(message: Mapping[str, Any]) -> bool:
    """Whether somebody else's words came: a forward, by an inline bot, in a channel's name."""
    return any(message.get(name) for name in ANOTHER_S)


def _optional(content: Mapping[str, Any], name: str, kind: type[T]) -> T | None:
    value = content.get(name)
    if value is None or (isinstance(value, kind) and not isinstance(value, bool)):
        return value
    raise Unreadable(name)


def _needed(content: Mapping[str, Any], name: str, kind: type[T]) -> T:
    value = _optional(content, name, kind)
    if value is None:
        raise Unreadable(name)
    return value


def _id(content: Mapping[str, Any], name: str) -> int:
    value = _needed(content, name, int)
    if not 0 < value < LARGEST_ID:
        raise Unreadable(name)
    return value


def _chat_id(content: Mapping[str, Any], name: str) -> int:
    value = _needed(content, name, int)
    if not -LARGEST_ID < value < 0:
        raise Unreadable(name)
    return value


def _degrees(place: Mapping[str, Any], name: str) -> float:
    value = place.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Unreadable(name)
    return float(value)
