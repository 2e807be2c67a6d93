"""Pictures, documents and everything else that is not plain text; and getting files."""

import mimetypes

from bot.sandbox.delivery import find_open_chat, place, replied, send
from bot.sandbox.files import MAX_DOWNLOAD, File
from bot.sandbox.markup import inline_keyboard
from bot.sandbox.methods.messages import caption_body, change, editable, kept
from bot.sandbox.params import MAX_UPLOAD, TOO_LARGE, Call, Upload
from bot.sandbox.shapes import Json, bad
from bot.sandbox.telegram import message_json
from bot.sandbox.world import World

ATTACHED = "attach://"
ALBUM = range(2, 11)
POLL_OPTIONS = range(2, 13)
MAX_QUESTION = 300
MAX_OPTION = 100
MAX_LATITUDE, MAX_LONGITUDE = 90, 180
_KINDS = {
    "sendPhoto": "photo",
    "sendDocument": "document",
    "sendVoice": "voice",
    "sendVideoNote": "video_note",
    "sendVideo": "video",
    "sendAnimation": "animation",
    "sendAudio": "audio",
    "sendSticker": "sticker",
}
_ALBUM_KINDS = frozenset({"photo", "document", "video", "audio", "animation"})
_REPLACED = (*_ALBUM_KINDS, "caption", "caption_entities")
_NAMED = frozenset({"document", "audio", "video", "animation"})
# What each kind of file takes from its call, beside the file.
_EXTRAS = {
    "voice": ("duration",),
    "video_note": ("duration", "length"),
    "video": ("duration", "width", "height"),
    "animation": ("duration", "width", "height"),
    "audio": ("duration",),
}
_MIMES = {
    "voice": "audio/ogg",
    "video_note": "video/mp4",
    "video": "video/mp4",
    "animation": "video/mp4",
    "audio": "audio/mpeg",
    "sticker": "image/webp",
}
_STICKER = {"type": "regular", "is_animated": False, "is_video": False, "width": 512, "height": 512}


def upload_of(call: Call, name: str) -> Upload | None:
    """The file a parameter brought, by itself or by `attach://`."""
    given = call.text(name) if name in call.params else ""
    upload = call.files.get(given.removeprefix(ATTACHED) if given.startswith(ATTACHED) else name)
    if upload is not None and len(upload.data) > MAX_UPLOAD:
        raise TOO_LARGE
    return upload


def stored(world: World, call: Call, name: str, kind: str) -> File:
    """The file a parameter names: one just uploaded, or one Telegram has already."""
    upload = upload_of(call, name)
    if upload is None:
        return known(world, call.text(name), kind)
    if not upload.data:
        raise bad("file must be non-empty")
    if kind == "photo":
        return world.files.add_photo(upload.data)
    mime = _MIMES.get(kind) or mimetypes.guess_type(upload.name)[0] or upload.mime
    return world.files.add(upload.data, upload.name, mime, kind)


def known(world: World, file_id: str, kind: str) -> File:
    """A file that was sent before. Addresses are refused: nothing here goes out to the network."""
    if not file_id:
        raise bad(f"there is no {kind.replace('_', ' ')} in the request")
    file = world.files.by_id.get(file_id)
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad("type of file mismatch")
    return file


def media_body(world: World, call: Call, kind: str, name: str) -> Json:
    """The content of a message with one file of a kind, from the parameter `name`."""
    file = stored(world, call, name, kind)
    if kind == "photo":
        return {"photo": file.sizes()}
    media = file.public() | {extra: call.integer(extra, 1) for extra in _EXTRAS.get(kind, ())}
    if kind == "sticker":
        return {kind: media | _STICKER}
    media["mime_type"] = file.mime
    if kind in _NAMED:
        media["file_name"] = file.name
    # Telegram gives an animation as a document too, for clients that know none.
    return {kind: media, "document": media} if kind == "animation" else {kind: media}


def send_media(world: World, call: Call) -> Json:
    """sendPhoto, sendDocument and all the others with one file and a caption."""
    kind = _KINDS[call.method]
    return send(world, call, media_body(world, call, kind, kind) | caption_body(world, call))


def described(world: World, call: Call, item: Json) -> Json:
    """The content of an InputMedia: its file is in the field `media`, or attached under a name."""
    kind = str(item.get("type", ""))
    if kind not in _ALBUM_KINDS:
        raise bad(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    inner = Call(call.method, item, call.files)
    return media_body(world, inner, kind, "media") | caption_body(world, inner)


def send_media_group(world: World, call: Call) -> list[Json]:
    items = call.array("media")
    if len(items) not in ALBUM:
        raise bad(f"{'not enough' if len(items) < ALBUM.start else 'too many'} messages to send")
    bodies = [described(world, call, item) for item in items]
    chat = find_open_chat(world, call)
    reply_to = replied(call, chat)
    world.flood.spend(chat.id, count=len(bodies), paid=call.flag("allow_paid_broadcast"))
    album = {"media_group_id": str(world.version + 1)}
    sent = [place(world, chat, body | album, reply_to=reply_to) for body in bodies]
    return [message_json(message) for message in sent]


def edit_media(world: World, call: Call) -> Json:
    body, markup = described(world, call, call.object("media")), inline_keyboard(call)
    message = editable(world, call)
    if "text" in message.body:
        raise bad("there is no media in the message to edit")
    return change(world, message, kept(message, _REPLACED) | body, markup)


def send_location(world: World, call: Call) -> Json:
    latitude, longitude = call.number("latitude"), call.number("longitude")
    if not (call.text("latitude") and call.text("longitude")):
        raise bad("latitude and longitude must be non-empty")
    if abs(latitude) > MAX_LATITUDE or abs(longitude) > MAX_LONGITUDE:
        raise bad("wrong location specified")
    return send(world, call, {"location": {"latitude": latitude, "longitude": longitude}})


def send_contact(world: World, call: Call) -> Json:
    contact = {name: call.text(name) for name in ("phone_number", "first_name", "last_name")}
    if not contact["phone_number"]:
        raise bad("phone number is empty")
    if not contact["first_name"]:
        raise bad("first name is empty")
    return send(world, call, {"contact": {k: v for k, v in contact.items() if v}})


def send_poll(world: World, call: Call) -> Json:
    question, options = call.text("question"), poll_options(call)
    if not question:
        raise bad("poll question must be non-empty")
    if len(question) > MAX_QUESTION:
        raise bad("poll question length must not exceed 300")
    poll = {
        "id": str(world.version + 1),
        "question": question,
        "options": [
            {"persistent_id": str(place), "text": text, "voter_count": 0}
            for place, text in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": call.flag("is_closed"),
        "is_anonymous": call.text("is_anonymous").lower() != "false",
        "type": call.text("type") or "regular",
        "allows_multiple_answers": call.flag("allows_multiple_answers"),
        "allows_revoting": True,
        "members_only": False,
    }
    return send(world, call, {"poll": poll})


def poll_options(call: Call) -> list[str]:
    """The options of a poll, which come as texts or as InputPollOption objects."""
    given = call.nested("options")
    options = given if isinstance(given, list) else []
    texts = [str(o.get("text", "")) if isinstance(o, dict) else str(o) for o in options]
    if len(texts) not in POLL_OPTIONS:
        few = len(texts) < POLL_OPTIONS.start
        raise bad(f"poll must have at {'least 2 option' if few else 'most 12 options'}")
    if not all(texts):
        raise bad("poll options must be non-empty")
    if any(len(text) > MAX_OPTION for text in texts):
        raise bad("poll options length must not exceed 100")
    return texts


def get_file(world: World, call: Call) -> Json:
    file = world.files.by_id.get(call.text("file_id"))
    if file is None:
        raise bad("invalid file_id")
    if len(file.data) > MAX_DOWNLOAD:
        raise bad("file is too big")
    return file.public() | {"file_path": file.path}


METHODS = {
    **dict.fromkeys(_KINDS, send_media),
    "sendMediaGroup": send_media_group,
    "editMessageMedia": edit_media,
    "sendLocation": send_location,
    "sendContact": send_contact,
    "sendPoll": send_poll,
    "getFile": get_file,
}
