"""From a text and its entities to safe HTML for a reader."""

from html import escape

from bot.sandbox.html import checked_url
from bot.sandbox.shapes import Json

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


def drawn(text: str, entities: list[Json]) -> str:
    """Safe HTML of a text.

    Only b, i, u, s, code, pre, a, tg-spoiler and blockquote; everything else is escaped. The
    entities are in the order of their offsets, the longer first.
    """
    if not entities:
        return escape(text, quote=False)
    drawing = _Drawing(text)
    for entity in entities:
        drawing.open(entity)
    return drawing.finish()


class _Drawing:
    """A text drawn from left to right; offsets are in UTF-16 code units, as in entities."""

    def __init__(self, text: str) -> None:
        self.units = text.encode("utf-16-le", "surrogatepass")
        self.at = 0
        self.parts: list[str] = []
        self.ends: list[tuple[int, str]] = []

    def piece(self, start: int, stop: int) -> str:
        return self.units[start * 2 : stop * 2].decode("utf-16-le", "replace")

    def write_to(self, offset: int) -> None:
        self.parts.append(escape(self.piece(self.at, offset), quote=False))
        self.at = max(self.at, offset)

    def close_to(self, offset: int) -> None:
        while self.ends and self.ends[-1][0] <= offset:
            end, tag = self.ends.pop()
            self.write_to(end)
            self.parts.append(f"</{tag}>")

    def open(self, entity: Json) -> None:
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        self.close_to(start)
        tag, opening = _tags(entity, self.piece(start, stop))
        if tag:
            self.write_to(start)
            self.parts.append(opening)
            # One that reaches out of the entity round it ends with it: tags must nest.
            self.ends.append((min(stop, self.ends[-1][0]) if self.ends else stop, tag))

    def finish(self) -> str:
        self.close_to(max((end for end, _ in self.ends), default=0))
        self.write_to(len(self.units) // 2)
        return "".join(self.parts)


def _tags(entity: Json, text: str) -> tuple[str, str]:
    kind = entity["type"]
    if tag := _TAGS.get(kind):
        return tag, f"<{tag}>"
    address = ""
    if kind == "text_link":
        address = checked_url(str(entity.get("url", "")))
    elif kind == "url":
        address = checked_url(text)
    elif kind == "text_mention":
        address = f"tg://user?id={entity.get('user', {}).get('id', 0)}"
    return ("a", f'<a href="{escape(address)}">') if address else ("", "")
