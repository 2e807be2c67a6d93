"""Files in memory: their ids, their paths, and what Telegram makes of a picture."""

import hashlib
import mimetypes
import struct
from dataclasses import dataclass

from bot.sandbox.shapes import Json, bad

# Largest file the Bot API lets a bot download, and largest photo it takes, in bytes.
MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_SIDES = 10_000
_START_OF_FRAME = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class File:
    """A stored file: `unique` names the content, `id` is what the bot sends it again by."""

    id: str
    unique: str
    name: str
    mime: str
    data: bytes
    path: str
    kind: str
    width: int = 0
    height: int = 0

    def public(self) -> Json:
        """The fields every kind of file has in the Bot API."""
        return {"file_id": self.id, "file_unique_id": self.unique, "file_size": len(self.data)}

    def sizes(self) -> list[Json]:
        """A photo in the one size it is kept in."""
        return [self.public() | {"width": self.width, "height": self.height}]


class Files:
    """All files of a sandbox, by id, by unique id and by download path."""

    def __init__(self) -> None:
        self.by_id: dict[str, File] = {}
        self.by_path: dict[str, File] = {}
        self.by_unique: dict[str, File] = {}

    def add(self, data: bytes, name: str, mime: str, kind: str) -> File:
        """Store a file of a kind ("photo", "document", "voice"...)."""
        unique = "AgAD" + hashlib.sha256(kind.encode() + data).hexdigest()[:20]
        width, height = image_size(data) if kind == "photo" else (0, 0)
        number = len(self.by_id)
        suffix = mimetypes.guess_extension(mime) or ""
        path = f"{kind}s/file_{number}{suffix}"
        file_id = f"BQACAgQAAxkBAAI{number:06d}{unique}"
        file = File(file_id, unique, name, mime, data, path, kind, width, height)
        self.by_id[file_id] = self.by_path[path] = self.by_unique[unique] = file
        return file

    def add_photo(self, data: bytes) -> File:
        """Store a photo. Raises Telegram's refusals for what is no picture or is too big."""
        if len(data) > MAX_PHOTO:
            raise bad("file is too big")
        file = self.add(data, "photo.jpg", "image/png" if is_png(data) else "image/jpeg", "photo")
        if not file.width or not file.height:
            raise bad("IMAGE_PROCESS_FAILED")
        if file.width + file.height > MAX_SIDES:
            raise bad("PHOTO_INVALID_DIMENSIONS")
        return file


def is_png(data: bytes) -> bool:
    """Whether these bytes begin as a PNG does."""
    return data.startswith(b"\x89PNG\r\n\x1a\n")


def image_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG or a JPEG; (0, 0) for anything else."""
    if is_png(data):
        width, height = struct.unpack(">II", data[16:24].ljust(8, b"\0"))
        return width, height
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else (0, 0)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0
