"""What people send each other: read from Telegram's message, and sent on as a new one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from bot.domain.parcels import FILES, Kind, Parcel, neutral_name

KINDS: tuple[Kind, ...] = (
    *("photo", "voice", "video_note", "sticker", "animation", "document", "audio", "video"),
    *("contact", "location"),
)
LINKING = ("text_mention", "text_link", "mention", "url", "email", "phone_number")
COVERED = ("photo", "video", "animation")
"""Kinds that Telegram can cover until they are tapped."""

NAMES = 8
"""Characters of a file's ending that are kept."""


def read(message: Mapping[str, Any]) -> Parcel | None:
    """What a raw message holds that could be passed on; None where its shape is not Telegram's."""
    id_ = message.get("message_id")
    if not isinstance(id_, int):
        return None
    kind = next((each for each in KINDS if each in message), None)
    text, entities = message.get("text", ""), message.get("entities", [])
    if kind is not None:
        text, entities = message.get("caption", ""), message.get("caption_entities", [])
    if not isinstance(text, str) or not isinstance(entities, list):
        return None
    found = Parcel(kind or ("words" if text else "other"), id_, text, links=_links(entities))
    return found if kind is None else _with_content(found, message[kind])


def _links(entities: list[Any]) -> bool:
    return any(isinstance(each, dict) and each.get("type") in LINKING for each in entities)


def _with_content(found: Parcel, content: Any) -> Parcel | None:
    if found.kind == "photo":
        content = content[-1] if isinstance(content, list) and content else None
    if not isinstance(content, dict):
        return None
    try:
        return _filled(found, content)
    except (KeyError, TypeError, ValueError):
        return None


def _filled(found: Parcel, content: Mapping[str, Any]) -> Parcel:
    more: dict[str, Any]
    if found.kind == "location":
        more = {"place": (float(content["latitude"]), float(content["longitude"]))}
    elif found.kind == "contact":
        more = {"card": (str(content["phone_number"]), str(content.get("first_name", "")))}
    else:
        suffix = PurePath(str(content.get("file_name", ""))).suffix.lower()
        suffix = suffix if suffix[1:].isascii() and suffix[1:].isalnum() else ""
        more = {"file": str(content["file_id"]), "size": int(content.get("file_size", 0))}
        more |= {"suffix": suffix[:NAMES], "in_set": bool(content.get("set_name"))}
    return Parcel(found.kind, found.id, found.text, links=found.links, **more)


def call(parcel: Parcel) -> dict[str, Any]:
    """The method, parameters and files to fetch by which a parcel with a file is sent on."""
    method = "send" + "".join(part.title() for part in parcel.kind.split("_"))
    covered = {"has_spoiler": True} if parcel.kind in COVERED else {}
    if parcel.kind in FILES:
        fetch = {parcel.kind: [neutral_name(parcel), parcel.file]}
        return {"method": method, "params": covered, "fetch": fetch}
    return {"method": method, "params": {parcel.kind: parcel.file, **covered}}


def change(parcel: Parcel, words: Mapping[str, str]) -> dict[str, Any]:
    """The same by which one that was sent on becomes what it is now: its file, too.

    Somebody may have put another picture in its place, because of what the first one showed.
    """
    if parcel.kind not in ("photo", *FILES):
        return {"method": "editMessageCaption", "params": dict(words)}
    made = call(parcel)
    file = made["params"].pop(parcel.kind, f"attach://{parcel.kind}")
    media = {"type": parcel.kind, "media": file, **words, **made["params"]}
    return made | {"method": "editMessageMedia", "params": {"media": media}}
