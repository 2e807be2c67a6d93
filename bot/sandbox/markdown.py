"""Telegram's MarkdownV2, parsed as strictly as Telegram does it.

The grammar and the texts of the refusals follow TDLib's `parse_markdown_v2`
(td/telegram/MessageEntity.cpp). Offsets are as in `html`.
"""

import re
from dataclasses import dataclass

from bot.sandbox.html import cannot_parse, link_entity, utf16_length
from bot.sandbox.shapes import Json, RefusedError

RESERVED = "_*[]()~`>#+-=|{}.!"
_LAST_ESCAPABLE = "~"
# The longer sign first: `__` is an underline, not two italics.
_SIGNS = {
    "```": "pre",
    "__": "underline",
    "||": "spoiler",
    "![": "custom_emoji",
    "*": "bold",
    "_": "italic",
    "~": "strikethrough",
    "`": "code",
    "[": "text_link",
}
_ENDS = {kind: sign for sign, kind in _SIGNS.items()} | {"text_link": "]", "custom_emoji": "]"}
_NAMES = {"text_link": "TextUrl", "custom_emoji": "CustomEmoji", "strikethrough": "Strikethrough"}
_OPAQUE = frozenset({"code", "pre"})
_LANGUAGE = re.compile(r"([^\s`]+)\n|\n")


@dataclass(slots=True)
class _Open:
    """An entity that still waits for its end; `begin` is its place in the source."""

    kind: str
    offset: int
    part: int
    begin: int
    language: str = ""


class _Parser:
    """One pass over the text, from sign to sign."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.length = 0
        self.parts: list[str] = []
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        while self.at < len(self.text):
            self.step()
        if self.open and self.open[-1].kind == "blockquote":
            self.end(self.open.pop())
        if self.open:
            name = _NAMES.get(self.open[-1].kind, self.open[-1].kind.capitalize())
            raise self.problem(f"Can't find end of {name} entity", self.open[-1].begin)
        # Of two that cover the same text the outer one, which was closed last, comes first.
        self.entities.reverse()
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.parts), self.entities

    def problem(self, text: str, place: int) -> RefusedError:
        return cannot_parse(f"{text} at byte offset {len(self.text[:place].encode())}")

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += utf16_length(text)

    def step(self) -> None:
        """Take one character, escaped or plain, or one sign."""
        character, following = self.text[self.at], self.text[self.at + 1 : self.at + 2]
        inside = self.open[-1].kind if self.open else ""
        if character == "\\" and following and following <= _LAST_ESCAPABLE:
            self.add(following)
            self.at += 2
        elif self.at_quote(character, inside):
            return
        elif self.at_end(inside):
            self.at += len(_ENDS[inside])
            self.end(self.open.pop())
        elif character in ("`" if inside in _OPAQUE else RESERVED):
            self.begin(character)
        else:
            self.add(character)
            self.at += 1

    def at_end(self, inside: str) -> bool:
        sign = _ENDS.get(inside)
        if sign is None or not self.text.startswith(sign, self.at):
            return False
        # Inside italics `__` begins an underline.
        return inside != "italic" or not self.text.startswith("__", self.at)

    def at_quote(self, character: str, inside: str) -> bool:
        """Take the beginning of a line, if it begins, goes on with or ends a block quotation."""
        line_begins = self.at == 0 or self.text[self.at - 1] == "\n"
        quoting = inside == "blockquote"
        if not line_begins or inside in _OPAQUE:
            return False
        if character == ">":
            if not quoting:
                self.open.append(_Open("blockquote", self.length, len(self.parts), self.at))
            self.at += 1
            return True
        if quoting:
            self.end(self.open.pop())
        return False

    def begin(self, character: str) -> None:
        sign = next((sign for sign in _SIGNS if self.text.startswith(sign, self.at)), "")
        if not sign:
            problem = f"Character '{character}' is reserved and must be escaped"
            raise cannot_parse(f"{problem} with the preceding '\\'")
        opened = _Open(_SIGNS[sign], self.length, len(self.parts), self.at)
        self.at += len(sign)
        if opened.kind == "pre" and (language := _LANGUAGE.match(self.text, self.at)):
            opened.language = language.group(1) or ""
            self.at = language.end()
        self.open.append(opened)

    def end(self, opened: _Open) -> None:
        entity: Json = {
            "type": opened.kind,
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        if opened.kind == "text_link":
            url = self.address() or "".join(self.parts[opened.part :])
            entity |= link_entity(url)
        elif opened.kind == "custom_emoji":
            entity["custom_emoji_id"] = self.address().rpartition("=")[2]
        elif opened.language:
            entity["language"] = opened.language
        if entity["length"] and entity["type"]:
            self.entities.append(entity)

    def address(self) -> str:
        """The address in brackets after a link's text; "" without one."""
        if not self.text.startswith("(", self.at):
            return ""
        begin = self.at
        match = re.compile(r"\(((?:\\.|[^\\)])*)\)", re.DOTALL).match(self.text, begin)
        if match is None:
            raise self.problem("Can't find end of a URL", begin)
        self.at = match.end()
        return re.sub(r"\\([\x01-~])", r"\1", match.group(1))


def parse_markdown(text: str) -> tuple[str, list[Json]]:
    """The plain text and the entities of a text in MarkdownV2.

    Raises Telegram's refusal ("can't parse entities: ...") for anything it does not take.
    """
    return _Parser(text).parse()
