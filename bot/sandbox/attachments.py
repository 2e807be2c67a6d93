"""From what a person sends over the control API to the content of a Telegram message."""

import base64
import binascii

from bot.sandbox.acting import text_body
from bot.sandbox.shapes import CannotError, Json, RefusedError
from bot.sandbox.text import found_entities
from bot.sandbox.world import World

# A round dot of one pixel: enough for a sticker whose picture nobody looks at.
_STICKER = base64.b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")


def person_body(world: World, given: Json) -> Json:
    """The content of a message a person sends. Raises CannotError when there is none."""
    body: Json
    if "text" in given:
        body = text_body(str(given["text"]))
    elif "location" in given:
        place = given["location"]
        coordinates = {name: float(place[name]) for name in ("latitude", "longitude")}
        body = {"location": coordinates}
    elif "sticker" in given:
        body = {"sticker": _sticker(world)}
    elif "contact" in given:
        body = {"contact": dict(given["contact"])}
    else:
        body = _file_body(world, given)
    if origin := given.get("forward_from"):
        body["forward_origin"] = _origin(world, origin)
    return body


def _file_body(world: World, given: Json) -> Json:
    body: Json
    try:
        if "photo" in given:
            body = {"photo": world.files.add_photo(_data(given["photo"])).sizes()}
        elif "voice" in given:
            body = {"voice": _recording(world, given["voice"], "voice", "audio/ogg")}
        elif "video_note" in given:
            body = {"video_note": _recording(world, given["video_note"], "video_note", "video/mp4")}
            body["video_note"] |= {"length": 240}
        elif "file" in given:
            body = {"document": _document(world, given["file"])}
        else:
            raise CannotError(
                400, "text, location, sticker, contact, file, photo or voice is needed"
            )
    except RefusedError as refusal:
        raise CannotError(400, refusal.description) from None
    if caption := str(given.get("caption", "")).strip():
        body["caption"] = caption
        if entities := found_entities(caption):
            body["caption_entities"] = entities
    return body


def _data(given: Json) -> bytes:
    try:
        return base64.b64decode(str(given["base64"]), validate=True)
    except binascii.Error:
        raise CannotError(400, "base64 is malformed") from None


def _recording(world: World, given: Json, kind: str, mime: str) -> Json:
    data = _data(given)
    file = world.files.add(data, kind, mime, kind)
    return file.public() | {"duration": int(given.get("duration", 1)), "mime_type": mime}


def _document(world: World, given: Json) -> Json:
    name, mime = str(given["name"]), str(given.get("mime", "application/octet-stream"))
    file = world.files.add(_data(given), name, mime, "document")
    return file.public() | {"file_name": name, "mime_type": mime}


def _sticker(world: World) -> Json:
    file = world.files.add(_STICKER, "sticker.webp", "image/webp", "sticker")
    return file.public() | {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "🙂",
    }


def _origin(world: World, given: object) -> Json:
    """A forward names a person of the sandbox by id; anyone else is only a name."""
    account = world.people.get(given) if isinstance(given, int) else None
    date = world.clock.unix()
    if account is None:
        return {"type": "hidden_user", "date": date, "sender_user_name": str(given)}
    return {"type": "user", "date": date, "sender_user": account.user}
