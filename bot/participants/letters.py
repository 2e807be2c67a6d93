"""A message from one person to those they may write to, as each of them reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot import partners, together
from bot.domain.covered import in_words
from bot.domain.inert import inert
from bot.domain.languages import language_of
from bot.domain.parcels import LONGEST, LONGEST_CAPTION, WORDLESS, Parcel
from bot.domain.replies import LanguageName, Rows, Say, Text, Value, _, button
from bot.domain.revealing import pieces
from bot.domain.tidy import tidy
from bot.router import Turn
from bot.store import blocks, groups, pairings, relayed, reports
from bot.store.groups import Seat
from bot.store.networks import Member
from bot.store.pairings import Half
from bot.store.relayed import Relayed


@dataclass(frozen=True, slots=True)
class Line:
    """Between whom a message goes: the match, who writes and how others see them, who reads."""

    match_id: int
    writer: Member
    name: Value
    readers: tuple[int, ...]


async def line_of(turn: Turn, match_id: int) -> Line | list[Say]:
    """The line of an active match to those who may be written to now; else what to say instead."""
    ends = await (_group if await groups.of(turn.db, turn.me.id, match_id) else _pair)(
        turn, match_id
    )
    if isinstance(ends, list):
        return ends
    me, name, here, away = ends
    apart = await blocks.between(turn.db, turn.me.id, [each.person.id for each in here])
    resting = await reports.resting(turn.db, match_id, me.member.id)
    near = [each for each in here if each.person.id not in apart]
    readers = tuple(each.person.id for each in near if each.member.id not in resting)
    if not readers:
        mine = near and await reports.opened_by(turn.db, match_id, me.member.id)
        return [turn.say(partners.RESTS_FOR_YOU if mine else away)]
    return Line(match_id, me.member, name, readers)


Ends: TypeAlias = tuple[Half | Seat, Value, Sequence[Half | Seat], Text]
"""Who writes, by which name, to whom, and what they hear where nobody can be written to."""


async def _group(turn: Turn, match_id: int) -> Ends | list[Say]:
    group = await together.in_group(turn, match_id)
    if isinstance(group, list):
        return group
    return (
        group.me,
        group.me.name,
        group.present,
        _("Nobody else of your group can be written to at the moment."),
    )


async def _pair(turn: Turn, match_id: int) -> Ends | list[Say]:
    pairing = await partners.held(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    await pairings.stirred(turn.db, pairing, turn.now)
    return pairing.me, pairing.me.shown, (pairing.partner,), partners.AWAY


async def pass_on(turn: Turn, line: Line, parcel: Parcel, origin: Relayed | None) -> list[Say]:
    """The message to each reader, as an answer where it is one."""
    said: list[Say] = []
    for reader in line.readers:
        answers = None
        if origin is not None:
            answers = await relayed.as_seen_by(turn.db, origin, reader)
        for each in _letter(line, parcel, reader):
            whom = turn.me.id, reader, parcel.id
            row = await relayed.add(turn.db, line.match_id, *whom, turn.now)
            said.append(replace(each, relay=row, answers=answers))
    return said


def _letter(line: Line, parcel: Parcel, to: int) -> list[Say]:
    """One reader's message; words too long for one come in several, the last with the buttons."""
    ways, words = _ways(line), parcel.kind == "words"
    if (told := in_words(parcel)) is not None:
        said = _("<tg-spoiler>{name}: {words}</tg-spoiler>", name=line.name, words=told)
        return [Say(to, said, ways)]
    if not words and len(parcel.text) <= LONGEST_CAPTION:
        plain = parcel.kind in WORDLESS
        return [Say(to, "" if plain else _covered(line, parcel, parcel.text), ways, parcel=parcel)]
    parts = [Say(to, _covered(line, parcel, each)) for each in pieces(parcel.text)]
    if not words:
        return [*parts, Say(to, "", ways, parcel=parcel)]
    return [*parts[:-1], replace(parts[-1], buttons=ways)]


def _covered(line: Line, parcel: Parcel, words: str) -> Value:
    """Who writes, in which language, and what: to be seen only by who opens the chat."""
    words = inert(tidy(words, paragraphs=True))
    if not words:
        return _("<tg-spoiler>{name}</tg-spoiler>", name=line.name)
    language = language_of(parcel.text, line.writer.told.languages)
    if language is None:
        return _("<tg-spoiler>{name}: {words}</tg-spoiler>", name=line.name, words=words)
    return _(
        "<tg-spoiler>{name}, in {language}: {words}</tg-spoiler>",
        name=line.name,
        language=LanguageName(language),
        words=words,
    )


def _ways(line: Line) -> Rows:
    return (
        (
            button(_("Answer"), "relay.write", line.match_id),
            button(_("Block or report"), "safety.letter", line.match_id),
        ),
    )


def rewritten(line: Line, parcel: Parcel, copies: list[Relayed]) -> list[Say]:
    """The same message as it is now, for each who has it; none where it is too long for one.

    That it was changed is said: who reads it must be able to tell what was there before.
    """
    longest = LONGEST if parcel.kind == "words" else LONGEST_CAPTION
    if parcel.kind in WORDLESS or not 0 < len(parcel.text) <= longest:
        return []
    many = Counter(each.reader_id for each in copies)
    changed = replace(line, name=_("{name} (changed)", name=line.name))
    words = _covered(changed, parcel, parcel.text)
    media = None if parcel.kind == "words" else parcel
    return [
        Say(each.reader_id, words, _ways(line), changes=each.id, parcel=media)
        for each in copies
        if each.reader_id in line.readers and many[each.reader_id] == 1
    ]
