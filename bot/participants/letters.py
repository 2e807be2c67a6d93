"""A message from one person to those they may write to, as each of them reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot import partners, together
from bot.domain.covered import in_words
from bot.domain.inert import inert
from bot.domain.limits import letters
from bot.domain.parcels import LONGEST, LONGEST_CAPTION, WORDLESS, Parcel
from bot.domain.replies import LanguageName, Rows, Say, Text, Value, When, _, button
from bot.domain.revealing import pieces
from bot.domain.tidy import tidy
from bot.participants.translated import Reader, Words, ask, ask_anew, withdraw
from bot.router import Turn
from bot.store import attempts, blocks, freezes, groups, pairings, relayed, reports
from bot.store.groups import Seat
from bot.store.networks import Member
from bot.store.pairings import Half
from bot.store.relayed import Relayed
from bot.tongues import language_of


@dataclass(frozen=True, slots=True)
class Line:
    """Between whom a message goes: the match, who writes and how others see them, who reads."""

    match_id: int
    writer: Member
    name: Value
    readers: tuple[Reader, ...]

    def words(self, text: str) -> Words:
        """What the writer wrote, in the language it is in."""
        spoken = self.writer.told.languages
        return Words(text, language_of(text, spoken), spoken)


LOST = _("This message could not be passed on. Please try again later, or ask your coordinator.")
RESTING = _("Messages rest here at the moment. Your coordinator can tell you more.")


async def line_of(turn: Turn, match_id: int) -> Line | list[Say]:
    """The line of an active match to those who may be written to now; else what to say instead."""
    ends = await (_group if await groups.of(turn.db, turn.me.id, match_id) else _pair)(
        turn, match_id
    )
    if isinstance(ends, list):
        return ends
    me, name, here, away = ends
    frozen = await freezes.reaching(turn.db, [each.member.id for each in (me, *here)])
    if me.member.id in frozen:
        return [turn.say(RESTING)]
    apart = await blocks.between(turn.db, turn.me.id, [each.person.id for each in here])
    resting = frozen | await reports.resting(turn.db, match_id, me.member.id)
    near = [each for each in here if each.person.id not in apart]
    readers = tuple(_reader(each) for each in near if each.member.id not in resting)
    if not readers:
        mine = near and await reports.opened_by(turn.db, match_id, me.member.id)
        return [turn.say(partners.RESTS_FOR_YOU if mine else away)]
    return Line(match_id, me.member, name, readers)


def _reader(half: Half | Seat) -> Reader:
    return Reader(half.person.id, half.person.language, half.member.told.languages)


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


async def too_many(turn: Turn, line: Line, parcel: Parcel) -> list[Say]:
    """What to say where this person writes more than may be passed on; else it is one more."""
    limit = letters(len(line.readers))
    until = await attempts.spend(turn.db, turn.me.id, limit, turn.now)
    if until is None:
        return []
    text = _(
        "That was a lot in a short time, so I have not passed this on. Please send it again from "
        "{when} on.",
        when=When(until),
    )
    return [turn.say(text, answers=parcel.id)]


async def pass_on(turn: Turn, line: Line, parcel: Parcel, origin: Relayed | None) -> list[Say]:
    """The message to each reader, as an answer where it is one; who needs it waits for more."""
    said: list[Say] = []
    words = line.words(parcel.text)
    for reader in line.readers:
        answers = None
        if origin is not None:
            answers = await relayed.as_seen_by(turn.db, origin, reader.id)
        for each, text in _letter(line, parcel, words, reader.id):
            whom = turn.me.id, reader.id, parcel.id
            row = await relayed.add(turn.db, line.match_id, *whom, turn.now)
            await ask(turn, row, replace(words, text=text), reader)
            said.append(replace(each, relay=row, answers=answers))
    return said


def _letter(line: Line, parcel: Parcel, words: Words, to: int) -> list[tuple[Say, str]]:
    """One reader's message, and the words of it to translate.

    Words too long for one come in several, the last with the buttons.
    """
    ways, plain = _ways(line), parcel.kind in WORDLESS
    if (told := in_words(parcel)) is not None:
        said = _("<tg-spoiler>{name}: {words}</tg-spoiler>", name=line.name, words=told)
        return [(Say(to, said, ways), "")]
    if parcel.kind != "words" and len(words.text) <= LONGEST_CAPTION:
        text = "" if plain else _covered(line, words)
        return [(Say(to, text, ways, parcel=parcel), "" if plain else words.text)]
    cut = [replace(words, text=each) for each in pieces(words.text)]
    parts = [(Say(to, _covered(line, each)), each.text) for each in cut]
    if parcel.kind != "words":
        return [*parts, (Say(to, "", ways, parcel=parcel), "")]
    last, text = parts[-1]
    return [*parts[:-1], (replace(last, buttons=ways), text)]


def _covered(line: Line, said: Words) -> Value:
    """Who writes, in which language, and what: to be seen only by who opens the chat."""
    words = inert(tidy(said.text, paragraphs=True))
    if not words:
        return _("<tg-spoiler>{name}</tg-spoiler>", name=line.name)
    if said.language is None:
        return _("<tg-spoiler>{name}: {words}</tg-spoiler>", name=line.name, words=words)
    return _(
        "<tg-spoiler>{name}, in {language}: {words}</tg-spoiler>",
        name=line.name,
        language=LanguageName(said.language),
        words=words,
    )


def _ways(line: Line) -> Rows:
    return (
        (
            button(_("Answer"), "relay.write", line.match_id),
            button(_("Block or report"), "safety.letter", line.match_id),
        ),
    )


async def rewritten(
    turn: Turn, line: Line, parcel: Parcel, copies: Sequence[Relayed]
) -> list[Say] | None:
    """The same message as it is now, for each who has it; None where nobody's can be changed.

    That it was changed is said: who reads it must be able to tell what was there before. A
    translation of what it was goes, and a new one follows: an old one beside new words would have
    somebody say what they took back.
    """
    longest = LONGEST if parcel.kind == "words" else LONGEST_CAPTION
    many = Counter(each.reader_id for each in copies)
    many = Counter(each.reader_id for each in copies)
    to = {each.id: each for each in line.readers}
    here = [each for each in copies if many[each.reader_id] == 1 and each.reader_id in to]
    if parcel.kind in WORDLESS or len(parcel.text) > longest or not here:
        return None
    words, media = line.words(parcel.text), None if parcel.kind == "words" else parcel
    text = _covered(replace(line, name=_("{name} (changed)", name=line.name)), words)
    said = await withdraw(turn, turn.me.id, here)
    for each in here:
        now = Say(each.reader_id, text, _ways(line), parcel=media)
        # What has not arrived yet is changed as soon as it has.
        way = replace(now, at=each.copy_id) if each.copy_id else replace(now, changes=each.id)
        said.append(way)
        row = await relayed.renewed(turn.db, each) if each.copy_id else each.id
        await ask_anew(turn, row, words, to[each.reader_id])
    return said
