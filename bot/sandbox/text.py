"""Texts as Telegram keeps them: cleaned, trimmed, measured, with the entities it finds."""

import re

from bot.sandbox.html import has_surrogates, parse_html, utf16_length
from bot.sandbox.markdown import parse_markdown
from bot.sandbox.params import Call
from bot.sandbox.shapes import Json, bad

MAX_TEXT = 4096
MAX_CAPTION = 1024

# What TDLib's clean_input_string takes out: carriage returns, line and paragraph separators, the
# old bidi embeddings and overrides (isolates stay), and marks that draw over other lines.
_REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
# Characters that show nothing: a text of these alone is empty to Telegram.
_INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u2060-\u206f\ufe0f\ufeff\u2800\u3164]*")
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>]+[^\s<>.,;:!?)\"'])"
    r"|(?<![\w@/<>])(?P<mention>@[A-Za-z]\w{3,31})\b"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?)(?![\w/])"
    r"|(?<!\w)(?P<hashtag>\#\w*[^\W\d]\w*)"
    r"|(?<![\w.+-])(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)
_HINTS = re.compile(r"[/@#]")
_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})
_ENTITY_FIELDS = (("type", str), ("offset", int), ("length", int))


def clean(text: str) -> str:
    """A text without what Telegram takes out of every text."""
    return _CONTROL.sub(" ", _REMOVED.sub("", text))


def found_entities(text: str) -> list[Json]:
    """The links, mentions, commands, hashtags and addresses Telegram finds in a plain text."""
    if not _HINTS.search(text):
        return []
    return [
        {
            "type": str(match.lastgroup),
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match.group()),
        }
        for match in _FOUND.finditer(text)
    ]


def formatted(call: Call, name: str, limit: int) -> tuple[str, list[Json]]:
    """The text parameter `name` of a call with its entities, as Telegram would keep them.

    Raises Telegram's refusals for bad markup and for more than `limit` UTF-16 code units. An empty
    text is returned as "".
    """
    raw = clean(call.text(name))
    if has_surrogates(raw):
        raise bad("strings must be encoded in UTF-8")
    prefix = "caption_" if name == "caption" else ""
    mode = call.text("parse_mode").lower()
    if mode == "html":
        text, entities = parse_html(raw)
    elif mode == "markdownv2":
        text, entities = parse_markdown(raw)
    elif mode:
        raise bad("unsupported parse_mode")
    else:
        text, entities = raw, _given(call, f"{prefix}entities")
    text, entities = trimmed(text, entities)
    if len(text) * 2 > limit and utf16_length(text) > limit:
        raise bad("message caption is too long" if prefix else "message is too long")
    return text, merged(entities, found_entities(text))


def _given(call: Call, name: str) -> list[Json]:
    entities = call.array(name)
    for entity in entities:
        for field, kind in _ENTITY_FIELDS:
            if not isinstance(entity.get(field), kind):
                raise bad(f"can't parse MessageEntity: Can't find field \"{field}\"")
    seen = [entity for entity in entities if entity["offset"] >= 0 and entity["length"] > 0]
    return sorted(seen, key=lambda entity: (entity["offset"], -entity["length"]))


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """A text without the space round it, its entities moved along; "" when nothing shows."""
    if not text or _INVISIBLE.fullmatch(text):
        return "", []
    short = text.strip()
    if len(short) == len(text):
        return text, entities
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(short)
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        stop = min(end, entity["offset"] + entity["length"] - lead)
        if start < stop:
            moved.append({**entity, "offset": start, "length": stop - start})
    return short, moved


def merged(given: list[Json], found: list[Json]) -> list[Json]:
    """Entities in order; what was found inside code or a link does not count."""
    if not given or not found:
        return given or found
    closed = [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in _OPAQUE]
    free = [
        e
        for e in found
        if all(e["offset"] + e["length"] <= start or e["offset"] >= end for start, end in closed)
    ]
    return sorted(given + free, key=lambda entity: (entity["offset"], -entity["length"]))
