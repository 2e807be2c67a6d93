"""The plain reminder bot that answers who hides. It works, and knows nothing of anything else.

Nobody who holds the phone must be able to tell it from a real one: it takes every message as
something to be reminded of, unless it is the word.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from bot.domain.hiding import WHENS, is_word, moment, offered, plain
from bot.domain.replies import (
    Command,
    Rows,
    Say,
    Value,
    When,
    _,
    button,
    in_rows,
    lines,
    paragraphs,
    stacked,
)
from bot.domain.tidy import tidy
from bot.participants.home import home
from bot.router import Routes, Turn
from bot.store import covers, networks, pairings, reminders, retention, roster
from bot.store.covers import Note

LONGEST = 500
ON_ITS_WAY = timedelta(minutes=2)
"""So long pictures and files may take to be sent."""

KIND = "note"
"""The kind of the reminder of a note; its subject is the note."""

HELLO = _("Hello. I remind you of things. What should I remind you of?")
SHORT = _("I remind you of things.")
MENU = (
    Command("start", _("Begin")),
    Command("list", _("What you will be reminded of")),
    Command("help", _("What I can do")),
)


def under(say: Say) -> Say:
    """The same, said to somebody who hides."""
    return replace(say, hidden=True)


async def heard(turn: Turn) -> list[Say] | None:
    """Whatever somebody does who hides; None for everybody else."""
    if turn.me.state != "hidden":
        return None
    return await _back(turn) if await _is_word(turn) else await _as_cover(turn)


async def _is_word(turn: Turn) -> bool:
    event, cover = turn.event, await covers.of(turn.db, turn.me.id)
    written = event.text if not event.command and not event.action and not event.edited else ""
    if cover is None or not plain(written):
        return False
    return any(is_word(each, written) for each in cover.words)


async def _back(turn: Turn) -> list[Say]:
    """They are here again; the word goes out of the chat."""
    await covers.come_back(turn.db, turn.me.id)
    me = replace(turn.me, state="here")
    turn = replace(turn, me=me)
    gone = () if turn.event.message_id is None else (turn.event.message_id,)
    full = await roster.is_staff(turn.db, me.id)
    menu = [turn.full_menu()] if full else turn.plain_menu()
    welcome = turn.say(_("Welcome back. While you were away nobody could write to you here."))
    await _told_of(turn)
    return [turn.say("", erase=gone), *menu, welcome, *await home(turn)]


async def _told_of(turn: Turn) -> None:
    """Their partners hear, by day, that they are back; and nothing is too old that is theirs."""
    for member in await networks.memberships(turn.db, turn.me.id):
        await retention.stays(turn.db, member, turn.now)
    tag = f"{turn.now:%Y%m%d%H%M%S}"
    for each in await pairings.active_of(turn.db, turn.me.id):
        whom = each.match.id, turn.now, each.partner.person.id
        await reminders.schedule(turn.db, "partner_back", *whom, tag)


async def _as_cover(turn: Turn) -> list[Say]:
    event = turn.event
    if event.edited:
        return []
    if event.action:
        said = await _pressed(turn)
    elif event.command:
        said = await (_list if event.command == "list" else _hello)(turn)
    elif words := tidy(event.text)[:LONGEST]:
        said = await _noted(turn, words)
    else:
        said = await _attachment(turn)
    return [under(each) for each in said]


async def _attachment(turn: Turn) -> list[Say]:
    """What was still being sent as they hid is taken out of the chat without a word."""
    cover, id_ = await covers.of(turn.db, turn.me.id), turn.event.message_id
    if cover is not None and cover.hidden_at and id_ and turn.now < cover.hidden_at + ON_ITS_WAY:
        return [turn.say("", erase=(id_,))]
    return [turn.say(_("I can remember words only. What should I remind you of?"))]


async def _hello(turn: Turn) -> list[Say]:
    return [turn.say(HELLO)]


async def _noted(turn: Turn, words: str) -> list[Say]:
    note_id = await covers.note(turn.db, turn.me.id, words)
    if note_id is None:
        return [turn.say(_("That is a lot to remember. /list shows what there is."))]
    text = paragraphs(_("“{words}”", words=words), _("When should I remind you?"))
    return [turn.say(text, _whens(turn, note_id))]


def _whens(turn: Turn, note_id: int) -> Rows:
    whens = offered(turn.now, turn.me.zone or "UTC")
    each = (button(WHENS[when], "cover.at", note_id, when) for when in whens)
    return (*in_rows(each, 2), *stacked(button(_("No need"), "cover.drop", note_id)))


async def _list(turn: Turn) -> list[Say]:
    found = [each for each in await covers.noted(turn.db, turn.me.id) if each.due_at]
    if not found:
        return [turn.say(_("There is nothing to remind you of. Write me what there is."))]
    ways = in_rows((button(each.words[:20], "cover.drop", each.id) for each in found), 2)
    text = paragraphs(lines(*map(_line, found)), _("Tap what is done."))
    return [turn.say(text, ways)]


def _line(note: Note) -> Value:
    return _("{when}: {words}", when=When(note.due_at), words=note.words) if note.due_at else ""


async def _pressed(turn: Turn) -> list[Say]:
    """Its own buttons; any other is of a message that should not be there any more."""
    does = BUTTONS.get(turn.event.action)
    args = turn.event.args
    note = await _mine(turn, args[0]) if does and args else None
    if does is None or note is None:
        return [turn.say(HELLO)]
    return await does(turn, note, *args[1:2])


async def _mine(turn: Turn, given: str) -> Note | None:
    note = await covers.note_of(turn.db, int(given)) if given.isdecimal() else None
    return note if note is not None and note.person_id == turn.me.id else None


async def _at(turn: Turn, note: Note, when: str = "") -> list[Say]:
    if when not in WHENS:
        return [turn.say(HELLO)]
    due_at = moment(when, turn.now, turn.me.zone or "UTC")
    await covers.set_due(turn.db, note.id, due_at)
    await reminders.schedule(turn.db, KIND, note.id, due_at, turn.me.id)
    return [turn.say(_("I will remind you on {when}.", when=When(due_at)), edit=True)]


async def _drop(turn: Turn, note: Note, _when: str = "") -> list[Say]:
    await covers.drop(turn.db, note.id)
    await reminders.cancel(turn.db, note.id, KIND)
    return [turn.say(_("Done."), edit=True)]


BUTTONS: dict[str, Callable[..., Awaitable[list[Say]]]] = {"cover.at": _at, "cover.drop": _drop}
ROUTES = Routes(instead=(heard,))
