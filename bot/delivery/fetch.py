"""Files that people send each other: fetched, freed of what they tell beside the picture."""

from __future__ import annotations

import asyncio
import io
import threading
from pathlib import PurePath

from PIL import Image, ImageOps
from telegram import Bot
from telegram.error import InvalidToken

from bot.domain.parcels import LARGEST, PICTURES

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
QUALITY = 92

MOST_PIXELS = 52_000_000
"""Of a picture, as many as most phones make: it is drawn twice, with four bytes for each."""

_drawing = threading.Lock()  # one picture at a time is drawn: small files can be large pictures


class Unfetchable(Exception):
    """The file can't be had, or is no picture that may be drawn; trying again changes nothing."""


async def fetched(bot: Bot, name: str, file_id: str) -> bytes:
    """The content of a file Telegram has, of a picture only what is seen.

    Raises Unfetchable, and telegram.error.TelegramError where trying again may help.
    """
    try:
        file = await bot.get_file(file_id)
        if (file.file_size or 0) > LARGEST:
            raise Unfetchable
        content = bytes(await file.download_as_bytearray())
    except InvalidToken:  # so the library calls a file that is not there
        raise Unfetchable from None
    suffix = PurePath(name).suffix
    return await asyncio.to_thread(only_seen, content, suffix) if suffix in PICTURES else content


def only_seen(content: bytes, suffix: str) -> bytes:
    """The same picture without EXIF, comments, colour profiles and previews; raises Unfetchable.

    Whatever a file claims, no other format is read: some have programs of others draw them.
    """
    try:
        with _drawing:
            return _drawn_anew(content, suffix)
    except Exception:  # noqa: BLE001 - what Pillow raises over a broken file is not listed anywhere
        raise Unfetchable from None


def _drawn_anew(content: bytes, suffix: str) -> bytes:
    with Image.open(io.BytesIO(content), formats=tuple(set(FORMATS.values()))) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Unfetchable
        ImageOps.exif_transpose(picture, in_place=True)  # how it was held is told in what goes
        clear = "A" in picture.mode or "transparency" in picture.info
        mode = "RGBA" if clear and FORMATS[suffix] != "JPEG" else "RGB"
        seen = picture if picture.mode == mode else picture.convert(mode)
        bare = Image.new(mode, seen.size)
        bare.paste(seen)
    made = io.BytesIO()
    bare.save(made, FORMATS[suffix], quality=QUALITY)
    return made.getvalue()
