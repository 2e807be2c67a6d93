"""A page to hand on, in no language yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.replies import Value


@dataclass(frozen=True, slots=True)
class Heading:
    """What the next blocks are about."""

    text: Value


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    text: Value


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head, if they have one; the first cell of a row names it."""

    head: tuple[Value, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, in their language."""

    words: str
    language: str


Block: TypeAlias = Heading | Paragraph | Table | Quote


@dataclass(frozen=True, slots=True)
class Page:
    """A title and what is under it."""

    title: Value
    blocks: tuple[Block, ...]


RIGHT_TO_LEFT = ("ar", "he")


def direction(language: str) -> str:
    """In which direction a language is written: rtl or ltr."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
