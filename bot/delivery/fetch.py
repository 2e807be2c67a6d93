"""Files that people send each other: fetched, freed of what they tell beside the picture."""

from __future__ import annotations

import asyncio
import io
from pathlib import PurePath

from PIL import Image, ImageOps
from telegram import Bot

from bot.domain.parcels import PICTURES

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
QUALITY = 92


async def fetched(bot: Bot, name: str, file_id: str) -> bytes:
    """The content of a file Telegram has, of a picture only what is seen.

    Raises telegram.error.TelegramError, and OSError for a picture that is none.
    """
    file = await bot.get_file(file_id)
    content = bytes(await file.download_as_bytearray())
    suffix = PurePath(name).suffix
    return await asyncio.to_thread(only_seen, content, suffix) if suffix in PICTURES else content


def only_seen(content: bytes, suffix: str) -> bytes:
    """The same picture without EXIF, comments, colour profiles and previews."""
    with Image.open(io.BytesIO(content)) as picture:
        turned = ImageOps.exif_transpose(picture)  # how it was held is told in what goes
        seen = turned.convert(
            "RGBA" if "A" in turned.mode or "transparency" in turned.info else "RGB"
        )
    bare = Image.new(seen.mode, seen.size)
    bare.paste(seen)
    if suffix in (".jpg", ".jpeg"):
        bare = bare.convert("RGB")
    made = io.BytesIO()
    bare.save(made, FORMATS[suffix], quality=QUALITY)
    return made.getvalue()
