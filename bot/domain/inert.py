"""Words of somebody else, so that nothing in them can be tapped by accident."""

from __future__ import annotations

import re

JOINER = "\u2060"
"""It shows nothing and breaks no line, but Telegram makes no link around it."""

_LIVE = re.compile(
    r"(?<=[@#$/])(?=\w)"  # @names, #tags, /commands, and what comes after the // of an address
    r"|(?<=:)(?=/)"
    r"|(?<=\w[.\u3002\uff0e])(?=[^\W\d_])"  # a.b, not 3.5
)


def inert(text: str) -> str:
    """The same to the eye, without links, names and commands that answer to a tap."""
    return _LIVE.sub(JOINER, text)
