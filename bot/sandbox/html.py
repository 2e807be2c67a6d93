"""Telegram's HTML: parsed as strictly as Telegram does it, and drawn safely for a reader.

The grammar and the texts of the refusals follow TDLib's `parse_html`
(td/telegram/MessageEntity.cpp).

Offsets and lengths of entities are in UTF-16 code units, as everywhere in the Bot API; the offsets
in refusals are in bytes of UTF-8.
"""

import re
from dataclasses import dataclass

from bot.sandbox.shapes import Json, RefusedError, bad

TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
_ESCAPED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(?:x([0-9a-fA-F]+)|([0-9]+))|(lt|gt|amp|quot));?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = " \t\n\r\0\v"
_NAME_END = _SPACE + "=>/\"'"
_MAX_CODE_POINT = 0x10FFFF
# A private link to a person, which becomes a mention rather than a link.
_PERSON_LINK = re.compile(r"tg://user\?id=(\d+)")


def utf16_length(text: str) -> int:
    """How long Telegram finds a text: its length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def has_surrogates(text: str) -> bool:
    """Whether a text has half a character in it, which UTF-8 cannot hold."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def unescape(text: str) -> str:
    """A text with the four named and all numeric references resolved, any other left as it is."""
    return _REFERENCE.sub(_resolve, text) if "&" in text else text


def _resolve(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _ESCAPED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code <= _MAX_CODE_POINT else match.group()


def cannot_parse(problem: str) -> RefusedError:
    """Telegram's refusal of markup."""
    return bad(f"can't parse entities: {problem}")


@dataclass(slots=True)
class _Open:
    """A tag that still waits for its end."""

    tag: str
    argument: str
    offset: int
    part: int


class _Parser:
    """One pass over the text, from tag to tag."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.begin = 0
        self.parts: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        while (begin := self.text.find("<", self.at)) >= 0:
            self.add(self.text[self.at : begin])
            self.at = self.begin = begin
            if self.text.startswith("/", begin + 1):
                self.end_tag()
            else:
                self.start_tag()
        self.add(self.text[self.at :])
        if self.open:
            tag = self.open[-1].tag
            raise cannot_parse(f'Can\'t find end tag corresponding to start tag "{tag}"')
        # Of two that cover the same text the outer one, which was closed last, comes first.
        self.entities.reverse()
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.parts), self.entities

    def add(self, raw: str) -> None:
        if raw:
            text = unescape(raw)
            self.parts.append(text)
            self.length += utf16_length(text)

    def offset(self, index: int | None = None) -> str:
        place = self.begin if index is None else index
        return f"at byte offset {len(self.text[:place].encode('utf-8', 'surrogatepass'))}"

    def peek(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def skip_to(self, stops: str) -> str:
        """Move to the next of `stops` (or the end) and return what was passed over."""
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in stops:
            self.at += 1
        return self.text[start : self.at]

    def skip_spaces(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in _SPACE:
            self.at += 1

    def start_tag(self) -> None:
        self.at += 1
        tag = self.skip_to(_SPACE + ">").lower()
        if not self.peek():
            raise cannot_parse(f"Unclosed start tag {self.offset()}")
        if tag not in TYPES:
            raise cannot_parse(f'Unsupported start tag "{tag}" {self.offset()}')
        argument = self.attributes(tag)
        if tag == "span" and argument != "tg-spoiler":
            raise cannot_parse(f'Tag "span" must have class "tg-spoiler" {self.offset()}')
        self.at += 1
        self.open.append(_Open(tag, argument, self.length, len(self.parts)))

    def attributes(self, tag: str) -> str:
        """Read up to the closing `>`; the value of the one attribute that matters to this tag."""
        argument = ""
        while True:
            self.skip_spaces()
            if self.peek() == ">":
                return argument
            name = self.skip_to(_NAME_END).lower()
            if not name:
                problem = f'Empty attribute name in the tag "{tag}" {self.offset()}'
                raise cannot_parse(problem)
            self.skip_spaces()
            value = self.value(tag) if self.peek() == "=" else ""
            if not self.peek():
                problem = "Unclosed start tag" if value else f'Unclosed start tag "{tag}"'
                raise cannot_parse(f"{problem} {self.offset()}")
            if _matters(tag, name, value):
                argument = value or name

    def value(self, tag: str) -> str:
        self.at += 1
        self.skip_spaces()
        quote = self.peek()
        if not quote:
            raise cannot_parse(f'Unclosed start tag "{tag}" {self.offset()}')
        if quote in "'\"":
            self.at += 1
            value = unescape(self.skip_to(quote))
            self.at += 1
            return value
        start = self.at
        while (c := self.peek()) and ((c.isascii() and c.isalnum()) or c in ".-"):
            self.at += 1
        if self.peek() and self.peek() not in _SPACE + ">":
            raise cannot_parse(f"Unexpected end of name token {self.offset(start)}")
        return self.text[start : self.at].lower()

    def end_tag(self) -> None:
        if not self.open:
            raise cannot_parse(f"Unexpected end tag {self.offset()}")
        self.at += 2
        found = self.skip_to(_SPACE + ">")
        self.skip_spaces()
        if self.peek() != ">":
            raise cannot_parse(f"Unclosed end tag {self.offset()}")
        self.at += 1
        opened = self.open.pop()
        if found and found != opened.tag:
            problem = f'expected "</{opened.tag}>", found "</{found}>"'
            raise cannot_parse(f"Unmatched end tag {self.offset()}, {problem}")
        if self.length > opened.offset:
            self.close(opened)

    def close(self, opened: _Open) -> None:
        entity: Json = {
            "type": TYPES[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        if opened.tag == "a":
            entity |= link_entity(opened.argument or "".join(self.parts[opened.part :]))
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument.removeprefix("language-")
        self.place(entity)

    def place(self, entity: Json) -> None:
        """Keep an entity: code holds no other, and `<pre><code class>` is one block of code."""
        if not entity["type"]:
            return
        if entity["type"] in {"pre", "code"}:
            inside = [e for e in self.entities if e["offset"] >= entity["offset"]]
            self.entities = [e for e in self.entities if e["offset"] < entity["offset"]]
            for code in inside:
                if "language" in code and _same_place(code, entity):
                    entity["language"] = code["language"]
        if entity["type"] == "code" and not any(o.tag == "pre" for o in self.open):
            entity.pop("language", None)
        self.entities.append(entity)


def _matters(tag: str, name: str, value: str) -> bool:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("blockquote", "expandable"):
            return True
        case "code", "class":
            return value.startswith("language-")
        case "span", "class":
            return value.startswith("tg-")
    return False


def _same_place(one: Json, other: Json) -> bool:
    return (one["offset"], one["length"]) == (other["offset"], other["length"])


def link_entity(url: str) -> Json:
    """What an entity of a link becomes; of no type when Telegram takes it for no link at all."""
    if person := _PERSON_LINK.fullmatch(url):
        return {"type": "text_mention", "user": {"id": int(person.group(1))}}
    address = checked_url(url)
    return {"url": address} if address else {"type": ""}


_HOST = re.compile(r"[^\s.]+(\.[^\s.]+)+")


def checked_url(url: str) -> str:
    """The address Telegram makes of a link, or "" when it takes it for no link at all."""
    scheme, separator, rest = url.strip().partition("://")
    if not separator:
        scheme, rest = "http", url.strip()
    if scheme.lower() == "tg" and rest:
        return url
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    name = re.sub(r":\d+$", "", host)
    if scheme.lower() not in {"http", "https", "ton"} or not _HOST.fullmatch(name):
        return ""
    path = rest[len(host) :] or "/"
    return f"{scheme.lower()}://{host.lower()}{path}"


def parse_html(text: str) -> tuple[str, list[Json]]:
    """The plain text and the entities of a text in Telegram's HTML.

    Raises Telegram's refusal ("can't parse entities: ...") for anything it does not take.
    """
    plain, entities = _Parser(text).parse() if "<" in text else (unescape(text), [])
    if has_surrogates(plain):
        raise cannot_parse(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return plain, entities
