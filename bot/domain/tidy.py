"""What people write, made fit to be shown to others."""

from __future__ import annotations

import unicodedata

_JOINERS = {"\u200c", "\u200d"}  # Persian, Arabic and emoji are spelt with them
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks that show nothing: a name of them would be no name."""
_MARKS = 4
"""So many marks a letter can have in any script; more of them would cover the lines around it."""


def tidy(text: str, *, paragraphs: bool = False) -> str:
    """The text in NFC without control characters, invisible letters and needless space.

    It comes on one line unless `paragraphs`. Bidi controls go too: a name must not turn round the
    text it stands in.
    """
    each_line = (" ".join(line.split()) for line in _kept(text).splitlines())
    joined = "\n".join(each_line) if paragraphs else " ".join(filter(None, each_line))
    return joined.strip().strip("".join(_JOINERS)).strip()


def _kept(text: str) -> str:
    shown = "".join(each for each in text if each in _JOINERS or each.isspace() or _shows(each))
    kept: list[str] = []
    marks = 0
    for each in unicodedata.normalize("NFC", shown):
        if each not in _JOINERS:
            marks = marks + 1 if unicodedata.category(each).startswith("M") else 0
        if marks <= _MARKS:
            kept.append(each)
    return "".join(kept)


def _shows(each: str) -> bool:
    return each not in _BLANKS and not unicodedata.category(each).startswith("C")
