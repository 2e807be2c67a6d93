"""From what a handler says to the Bot API call that says it."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from telegram.constants import ParseMode

from bot.delivery import parcels
from bot.domain.parcels import Parcel
from bot.domain.replies import Button, Command, Rows, Say, _
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
    tongue = Tongue(reader.language, reader.zone or "UTC", words)
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
    if say.changes:
        return found | {"changes": say.changes}
    return found | {"relay": say.relay} if say.relay else found


def _message(say: Say, tongue: Tongue, reader: Reader, pressed: int | None) -> dict[str, Any]:
    params: dict[str, Any] = {"chat_id": reader.telegram_id, "parse_mode": ParseMode.HTML}
    markup = _markup(say, tongue)
    if markup is not None:
        params["reply_markup"] = markup
    text = tongue.say(say.text)
    if say.file is not None:
        content = base64.b64encode(say.file.data).decode()
        kind = "photo" if say.file.picture else "document"
        files = {kind: [say.file.name, content]}
        return {
            "method": f"send{kind.title()}",
            "params": params | {"caption": text},
            "files": files,
        }
    if say.parcel is not None:
        return _parcel(say, say.parcel, params, text)
    params |= {"text": text, "link_preview_options": {"is_disabled": True}}
    if say.changes:
        return {"method": "editMessageText", "params": params}  # which one, the sender knows
    pressed = say.at or (pressed if say.edit and not say.ask_location else None)
    if pressed is not None:
        return {"method": "editMessageText", "params": params | {"message_id": pressed}}
    return {"method": "sendMessage", "params": params}


def _parcel(say: Say, parcel: Parcel, params: dict[str, Any], text: str) -> dict[str, Any]:
    """Something of a person's, sent on as new, or its caption changed."""
    if say.at is not None:
        caption = {"message_id": say.at, "caption": text}
        return {"method": "editMessageCaption", "params": params | caption}
    if say.changes:
        return {"method": "editMessageCaption", "params": params | {"caption": text}}
    captioned = {"caption": text} if text else {}
    made = parcels.call(parcel)
    return made | {"params": params | captioned | made["params"]}


def as_new(payload: dict[str, Any]) -> dict[str, Any]:
    """An edit whose message is gone, as a new message."""
    params = {name: value for name, value in payload["params"].items() if name != "message_id"}
    return {"method": "sendMessage", "params": params}


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
