"""Which words that are passed on wait for a translation, and what becomes of one when they change.

The words go out first, as they are; a loop of its own (`bot/delivery/translator.py`) sees to the
rest. Where no translator is set, nothing waits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.languages import script_of, written_in
from bot.domain.replies import Say
from bot.domain.tidy import tidy
from bot.router import Turn
from bot.store import relayed, translations
from bot.store.relayed import Relayed


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the person's row id, in which language, and which ones they speak besides."""

    id: int
    language: str
    speaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What is passed on: the language it is in, None where that is not sure, of those `spoken`."""

    text: str
    language: str | None
    spoken: Sequence[str]


async def ask(turn: Turn, relayed_id: int, words: Words, reader: Reader) -> None:
    """Has the words wait for a translation, where there is a translator and the reader needs it."""
    if turn.here.translates and (asked := _asked(words, reader)):
        await translations.add(turn.db, relayed_id, asked, turn.now)


async def ask_anew(turn: Turn, relayed_id: int, words: Words, reader: Reader) -> None:
    """The same, in place of words that wait already."""
    await translations.drop(turn.db, relayed_id)
    await ask(turn, relayed_id, words, reader)


def _asked(words: Words, reader: Reader) -> dict[str, Any] | None:
    text = tidy(words.text, paragraphs=True)
    known = {_base(code) for code in (reader.language, *reader.speaks)}
    may_be = [words.language] if words.language else written_in(text, words.spoken)
    if script_of(text) is None or (may_be and {_base(code) for code in may_be} <= known):
        return None
    source = _base(words.language or "")
    return {"text": text, "from": source, "into": reader.language, "speaks": sorted(known)}


def _base(code: str) -> str:
    return code.partition("-")[0]


async def withdraw(turn: Turn, writer_id: int, copies: Collection[Relayed]) -> list[Say]:
    """Takes back the translations that readers have of a message.

    Words of it that still wait go with the rows of the copies, which have no use any more.
    """
    if not copies:
        return []
    (message_id,) = {each.message_id for each in copies}
    readers = {each.reader_id for each in copies}
    found = await relayed.translations_of(turn.db, writer_id, message_id)
    gone = [each for each in found if each.reader_id in readers]
    await relayed.take_back(turn.db, gone)
    return list(erased(gone))


def erased(copies: Collection[Relayed]) -> Iterator[Say]:
    """Takes messages out of their readers' chats."""
    for each in copies:
        if each.copy_id:
            yield Say(each.reader_id, "", erase=(each.copy_id,))
