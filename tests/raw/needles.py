"""What must not be found in raw bytes, written in every way we could think of; and the search."""

from __future__ import annotations

import base64
import html
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import quote

import numpy as np
import numpy.typing as npt

HEAD = 8
"""Bytes by which a place is found before it is compared."""

CHUNK = 1 << 22


def of_text(text: str) -> Iterator[bytes]:
    """A text as files, databases and logs may have it."""
    plain = text.encode()
    wide = [text.encode(name) for name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")]
    yield from (plain, *wide, plain[::-1], text.upper().encode(), text.lower().encode())
    yield from (plain.hex().encode(), plain.hex().upper().encode(), repr(text)[1:-1].encode())
    yield json.dumps(text)[1:-1].encode()
    yield from (html.escape(text).encode(), quote(text).encode(), quote(text, safe="").encode())
    yield text.encode("unicode_escape")
    for coded in (base64.b64encode, base64.urlsafe_b64encode):
        for shift in range(3):  # it may begin at any place of something longer
            padded = coded(b"\0" * shift + plain)
            yield padded[(8 * shift + 5) // 6 : len(padded) - 4]


def of_number(number: int) -> Iterator[bytes]:
    """A Telegram id as digits, and as databases keep numbers."""
    yield from of_text(str(number))
    yield from of_text(f"{number:,}")
    yield from of_text(f"{number:x}")
    for order in ("little", "big"):
        yield number.to_bytes(8, order)
    yield number.to_bytes(6, "big")  # SQLite's record format
    digits = [int(str(number).rjust(16, "0")[at : at + 4]) for at in range(0, 16, 4)]
    yield b"".join(each.to_bytes(2, "big") for each in digits)  # PostgreSQL's numeric


def found(raw: bytes, needles: Iterable[bytes]) -> set[bytes]:
    """Which of the needles are in the bytes. All are looked for at once."""
    by_head: dict[bytes, set[bytes]] = defaultdict(set)
    seen: set[bytes] = set()
    for needle in set(needles):
        if len(needle) < HEAD:
            seen |= {needle} if needle in raw else set()
        else:
            by_head[needle[:HEAD]].add(needle)
    heads = np.array(sorted(int.from_bytes(head, "little") for head in by_head), dtype=np.uint64)
    for at in _places(raw, heads):
        seen.update(each for each in by_head[raw[at : at + HEAD]] if raw.startswith(each, at))
    return seen


def _places(raw: bytes, heads: npt.NDArray[np.uint64]) -> Iterator[int]:
    if not len(heads):
        return
    for start in range(0, max(0, len(raw) - HEAD + 1), CHUNK):
        part = np.frombuffer(raw[start : start + CHUNK + HEAD - 1], dtype=np.uint8)
        windows = np.lib.stride_tricks.sliding_window_view(part, HEAD)
        numbers = np.ascontiguousarray(windows).view("<u8").ravel()
        nearest = np.minimum(np.searchsorted(heads, numbers), len(heads) - 1)
        yield from (start + int(at) for at in np.flatnonzero(heads[nearest] == numbers))
