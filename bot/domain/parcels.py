"""What people send each other through the bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "words",
    "photo",
    "voice",
    "video_note",
    "sticker",
    "location",
    "contact",
    "document",
    "audio",
    "video",
    "animation",
    "other",
]

FILES = ("document", "audio", "video", "animation")
"""Kinds whose files have names, and can carry more about who made them."""

WORDLESS = ("video_note", "sticker", "location", "contact")
"""Kinds that have no words with them."""

LONGEST = 3500
"""Characters that are passed on in one message: Telegram takes 4,096 with what we add."""

LONGEST_CAPTION = 800
"""The same of the words with a picture or a file, of which Telegram takes 1,024."""

LARGEST = 20 * 1024 * 1024
"""Bytes of a file: Telegram lets no bot have a larger one."""

PICTURES = (".jpg", ".jpeg", ".png", ".webp")
"""Files from which what they tell beside the picture can be taken."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Something to be passed on, without where it came from.

    `id` is Telegram's id of the message, `text` its words, `file` Telegram's id of its file,
    `suffix` the ending of that file's name and `size` its bytes. `place` is in degrees, `card` a
    phone number and a first name. `links` tells that it links to an account or to any address,
    `in_set` that it is a sticker that brings its set along, `own` that it is of the person whose
    turn it is, and not what they were sent.
    """

    kind: Kind
    id: int
    text: str = ""
    file: str = ""
    suffix: str = ""
    size: int = 0
    place: tuple[float, float] | None = None
    card: tuple[str, str] | None = None
    links: bool = False
    in_set: bool = False
    own: bool = True


def neutral_name(parcel: Parcel) -> str:
    """What its file is called on the other side."""
    return f"file{parcel.suffix}"
