"""From what a handler says to the Bot API call that says it."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any, Protocol

from telegram.constants import ParseMode

from bot.delivery import parcels
from bot.domain.parcels import Parcel
from bot.domain.replies import Button, Command, File, Rows, Say, _
from bot.i18n import Tongue

ARRIVED = "🤝"
"""What a message that was passed on is marked with: one of the few that Telegram lets bots use."""

SHARE_PLACE = _("📍 Share my location")


class Reader(Protocol):
    """A person or a room: where a message goes, and in whose language and time zone."""

    @property
    def telegram_id(self) -> int:
        """Telegram's id of the chat."""

    @property
    def language(self) -> str:
        """A language the bot speaks."""

    @property
    def zone(self) -> str | None:
        """An IANA name; UTC where there is none."""

    @property
    def discreet(self) -> bool:
        """Whether what is said there is covered until it is tapped."""


NO_WORDS: Mapping[str, Sequence[str]] = {}


def call(
    say: Say,
    reader: Reader,
    pressed: int | None,
    words: Mapping[str, Sequence[str]] = NO_WORDS,
) -> dict[str, Any]:
    """The outbox row's content for a message: `method`, `params`, `files` (base64).

    `pressed` is the message whose button led to it, rewritten where the message asks for that.
    `words` has what the reader's network says in its own words, as `Tongue` does; not in the menu,
    in which Telegram takes short words only.
    """
    made = _made(say, reader, pressed, Tongue(reader.language, reader.zone or "UTC", words))
    return made | {"hidden": True} if say.hidden else made


def _made(say: Say, reader: Reader, pressed: int | None, tongue: Tongue) -> dict[str, Any]:
    if say.menu:
        return _menu(say.menu, replace(tongue, words=NO_WORDS), reader)
    if say.erase:
        gone = {"chat_id": reader.telegram_id, "message_ids": list(say.erase)}
        return {"method": "deleteMessages", "params": gone}
    if say.arrived is not None:
        mark = [{"type": "emoji", "emoji": ARRIVED}]
        params = {"chat_id": reader.telegram_id, "message_id": say.arrived, "reaction": mark}
        return {"method": "setMessageReaction", "params": params}
    found = _message(say, tongue, reader, pressed)
    if say.answers is not None:
        answers = {"message_id": say.answers, "allow_sending_without_reply": True}
        found["params"]["reply_parameters"] = answers
    at_once = {"relay": say.relay, "translates": say.translates, "changes": say.changes}
    marks = {**at_once, "rewrites": int(say.at is not None)}
    return found | {name: mark for name, mark in marks.items() if mark}


def _message(say: Say, tongue: Tongue, reader: Reader, pressed: int | None) -> dict[str, Any]:
    params: dict[str, Any] = {"chat_id": reader.telegram_id, "parse_mode": ParseMode.HTML}
    markup = _markup(say, tongue)
    if markup is not None:
        params["reply_markup"] = markup
    discreet = reader.discreet and not say.hidden
    text = covered(tongue.say(say.text)) if discreet else tongue.say(say.text)
    if say.file is not None:
        return _file(say.file, params | {"caption": text}, discreet=discreet)
    if say.parcel is not None:
        return _parcel(say, say.parcel, params, text)
    params |= {"text": text, "link_preview_options": {"is_disabled": True}}
    if say.changes:
        return {"method": "editMessageText", "params": params}  # which one, the sender knows
    pressed = say.at or (pressed if say.edit and not say.ask_location else None)
    if pressed is not None:
        return {"method": "editMessageText", "params": params | {"message_id": pressed}}
    return {"method": "sendMessage", "params": params}


def covered(text: str) -> str:
    """The same, to be seen only once it is tapped: a spoiler holds neither code nor a spoiler."""
    bare = _NOT_UNDER_COVER.sub("", text)
    return f"<tg-spoiler>{bare}</tg-spoiler>" if bare else ""


_NOT_UNDER_COVER = re.compile(r"</?(?:tg-spoiler|code|pre)>")


def _file(file: File, params: dict[str, Any], *, discreet: bool) -> dict[str, Any]:
    """Neither a picture nor a name of a file is seen in a discreet chat before it is opened."""
    kind = "photo" if file.picture else "document"
    name = f"file{PurePath(file.name).suffix}" if discreet else file.name
    if discreet and file.picture:
        params |= {"has_spoiler": True}
    content = base64.b64encode(file.data).decode()
    return {"method": f"send{kind.title()}", "params": params, "files": {kind: [name, content]}}


def _parcel(say: Say, parcel: Parcel, params: dict[str, Any], text: str) -> dict[str, Any]:
    """Something of a person's, sent on as new, or changed where it was."""
    if say.at is not None:
        made = parcels.change(parcel, {"caption": text, "parse_mode": ParseMode.HTML})
        return made | {"params": params | {"message_id": say.at} | made["params"]}
    if say.changes:
        made = parcels.change(parcel, {"caption": text, "parse_mode": ParseMode.HTML})
        return made | {"params": params | made["params"]}
    captioned = {"caption": text} if text else {}
    made = parcels.call(parcel)
    return made | {"params": params | captioned | made["params"]}


def as_new(payload: dict[str, Any]) -> dict[str, Any]:
    """An edit whose message is gone, as a new message."""
    params = {name: value for name, value in payload["params"].items() if name != "message_id"}
    return {"method": "sendMessage", "params": params}


def halves(payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The deletion of several messages as two of half as many; nothing for one alone.

    Telegram deletes none where it may not delete one: in a few steps that one is left alone.
    """
    ids, half = payload["params"]["message_ids"], len(payload["params"]["message_ids"]) // 2
    parts = [part for part in (ids[:half], ids[half:]) if half]
    return [{**payload, "params": {**payload["params"], "message_ids": part}} for part in parts]


def _menu(commands: tuple[Command, ...], tongue: Tongue, reader: Reader) -> dict[str, Any]:
    named = [{"command": one.name, "description": tongue.label(one.about)} for one in commands]
    scope = {"type": "chat", "chat_id": reader.telegram_id}
    return {"method": "setMyCommands", "params": {"commands": named, "scope": scope}}


def _markup(say: Say, tongue: Tongue) -> dict[str, Any] | None:
    if say.ask_location:
        key = {"text": tongue.label(SHARE_PLACE), "request_location": True}
        return {"keyboard": [[key]], "resize_keyboard": True, "one_time_keyboard": True}
    if say.no_keyboard:
        return {"remove_keyboard": True}
    if not say.buttons:
        return None
    return {"inline_keyboard": _keyboard(say.buttons, tongue)}


def _keyboard(rows: Rows, tongue: Tongue) -> list[list[dict[str, str]]]:
    return [[_key(button, tongue) for button in row] for row in rows]


def _key(button: Button, tongue: Tongue) -> dict[str, str]:
    label = tongue.label(button.text)
    if button.url:
        return {"text": label, "url": button.url}
    return {"text": label, "callback_data": button.data}
