"""Stories: what can be told in one, and how it is read."""

from __future__ import annotations

import hashlib
import json

from bot.domain.replies import Text, Value, _, lines, paragraphs

LONGEST = 2000

PROMPTS: dict[str, Text] = {
    "surprise": _("Something that surprised me about somebody of the other side"),
    "meal": _("A meal, a song or a place that I shared with somebody"),
    "word": _("A word or a sentence that stayed with me"),
    "changed": _("Something I see differently now"),
    "everyday": _("An ordinary day where I live"),
    "other": _("Something else"),
}
"""What a story may begin with."""


def mark_of(words: str, signed: str | None) -> int:
    """A number of 48 bits, another one once a story reads otherwise: what was read is agreed to.

    It is cut from a SHA-256, so that nobody finds words to pass for those that were read.
    """
    read = json.dumps([words, signed]).encode()
    return int.from_bytes(hashlib.sha256(read).digest()[:6])


def as_read(words: str, signed: str | None) -> Value:
    """A story as it is read in the channel: its lines kept, the name under it if there is one."""
    name = None if signed is None else _("— {name}", name=signed)
    return paragraphs(lines(*words.split("\n")), name)
