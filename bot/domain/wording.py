"""A message in other words: what may be written in place of what the bot usually says.

Words may leave out nothing that the message tells, and reveal nothing that it hides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import Formatter

from bot.domain.fields import Wrong
from bot.domain.replies import Text, Value, _

TAGS = ("b", "i", "u", "s", "code", "tg-spoiler")
"""What Telegram can do with words, as far as the bot uses it."""

LEAST_LONGEST = 200
FOUND = 8

_TAG = re.compile(r"<(/?)([^<>]*)>")
_SPOILER = re.compile(r"<tg-spoiler>(.*?)</tg-spoiler>", re.DOTALL)
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot);)")


@dataclass(frozen=True, slots=True)
class Message:
    """What the bot usually says in a language: one form, or one for each of its plurals."""

    id: str
    forms: tuple[str, ...]
    plural: str = ""


def found(messages: Iterable[Message], text: str) -> list[Message]:
    """The messages with all these words in them, the shortest first, FOUND at the most."""
    wanted = text.casefold().split()
    those = (each for each in messages if all(word in _searched(each) for word in wanted))
    return sorted(those, key=lambda each: (len(each.id), each.id))[:FOUND]


def _searched(message: Message) -> str:
    return re.sub(r"<[^<>]*>", "", " ".join((message.id, *message.forms))).casefold()


def placeholders(words: str) -> frozenset[str]:
    """The names in braces; raises Wrong where a brace is left open, or holds more than a name."""
    try:
        parts = list(Formatter().parse(words))
    except ValueError:
        raise Wrong(_("There is a brace too many or too few. Please check each of them.")) from None
    names = frozenset(name for _text, name, _spec, _conversion in parts if name is not None)
    more = any(spec or conversion for _text, _name, spec, conversion in parts)
    if more or not all(map(str.isidentifier, names)):
        raise Wrong(_("In braces only a name may stand, as in the message of today."))
    return names


def checked(words: str, usual: str) -> str:
    """The words, if they can stand for the usual ones; raises Wrong that says why not."""
    if not words.strip():
        raise Wrong(_("Please write what I should say."))
    if len(words) > (longest := max(LEAST_LONGEST, 2 * len(usual))):
        raise Wrong(_("That is too long here. Please keep it to {longest}.", longest=longest))
    _check_names(words, usual)
    _check_tags(words, usual)
    return words


def _check_names(words: str, usual: str) -> None:
    mine, theirs = placeholders(words), placeholders(usual)
    if missing := theirs - mine:
        raise Wrong(_("Please keep this in it: {name}", name=_braced(missing)))
    if strange := mine - theirs:
        raise Wrong(_("The message of today does not have this: {name}", name=_braced(strange)))
    hidden = "".join(_SPOILER.findall(usual))
    shown = placeholders(_SPOILER.sub("", words))
    if open_ := placeholders(hidden) & shown:
        told = _("This has to stay hidden, as in the message of today: {name}", name=_braced(open_))
        raise Wrong(told)


def _braced(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _check_tags(words: str, usual: str) -> None:
    plain = _TAG.sub("", words)
    if "<" in plain or ">" in plain or _ENTITY.search(words):
        raise Wrong(
            _("Please leave out the signs &lt;, &gt; and &amp;, but for tags like &lt;b&gt;.")
        )
    if not _TAG.search(usual) and _TAG.search(words):
        raise Wrong(_("This message is shown without tags. Please write it without them."))
    if not balanced(_TAG.findall(words)):
        raise Wrong(
            _("A tag is not closed, or is not known here. Please check those like &lt;b&gt;.")
        )


def balanced(tags: Sequence[tuple[str, str]]) -> bool:
    """Whether all tags (a slash or nothing, and the name) are known, and closed in their order."""
    opened: list[str] = []
    for slash, name in tags:
        if not slash:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened and all(name in TAGS for _slash, name in tags)


SAMPLES: dict[str, Value] = {"name": "Sam", "n": 3, "side": "East", "network": "Bridge"}
"""What fills the names in braces in a preview, where nothing else does."""


def preview(words: str) -> Text:
    """The words with samples in place of what they leave open."""
    return Text(words, {name: SAMPLES.get(name, "…") for name in placeholders(words)})
