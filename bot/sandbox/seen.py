"""What a person sees in a chat, in Python's words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.sandbox.shapes import Json

_CONTENTS = frozenset(
    {"photo", "document", "voice", "video_note", "sticker", "location", "contact"}
)
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")


def plain(text: str) -> str:
    """A text without the invisible marks of direction, so that tests need not write them."""
    return _DIRECTION_MARKS.sub("", text)


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a person sees it; `raw` is all that the control API says of it."""

    id: int
    sender: str
    text: str
    html: str
    edited: bool
    version: int
    raw: Json

    @classmethod
    def of(cls, raw: Json) -> "Message":
        """From the control API's JSON."""
        return cls(
            id=raw["id"],
            sender=raw["from"],
            text=plain(raw["text"]),
            html=raw["html"],
            edited=raw["edited"],
            version=raw["version"],
            raw=raw,
        )

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return self.sender == "bot"

    @property
    def buttons(self) -> list[Json]:
        """Its inline buttons, row after row: `{text, data?, url?, id}`."""
        return [button for row in self.raw["buttons"] for button in row]

    @property
    def labels(self) -> list[str]:
        """The labels of its inline buttons."""
        return [plain(button["text"]) for button in self.buttons]

    @property
    def keys(self) -> list[str]:
        """The labels of the reply keyboard it brought."""
        return [plain(key["text"]) for row in self.raw.get("keyboard", []) for key in row]

    def button(self, label: str) -> Json | None:
        """The button with this label, or else the first whose label contains it."""
        pairs = list(zip(self.labels, self.buttons, strict=True))
        exact = [button for text, button in pairs if text == label]
        return next(iter(exact or [button for text, button in pairs if label in text]), None)


def transcript(messages: Sequence[Message]) -> str:
    """A chat as readable text, the newest message last."""
    lines = []
    for message in messages[-30:]:
        mark = " (edited)" if message.edited else ""
        text = message.text or ", ".join(message.raw.keys() & _CONTENTS)
        lines.append(f"  {message.sender}{mark}: " + text.replace("\n", "\n    "))
        lines += [
            "    " + " ".join(f"[{b['text']}]" for b in row) for row in message.raw["buttons"]
        ]
    return "\n".join(lines) or "  (empty)"
