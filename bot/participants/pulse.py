"""A pulse: one's own view of a statement, then how many of the others one thinks agree."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.pulses import GUESSES, in_language
from bot.domain.replies import (
    Button,
    Listed,
    Plain,
    Say,
    Value,
    When,
    _,
    button,
    in_rows,
    paragraphs,
    stacked,
)
from bot.participants.answers import AGREEMENT
from bot.router import Routes, Turn, too_old
from bot.store import networks, pulses
from bot.store.networks import Member
from bot.store.pulses import Answer, Pulse

MIDDLE = 2
"""Views go from -2 to 2; a button carries no sign, so it carries them with this added."""

CLOSED = _("This question is closed. Thank you for your interest.")


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody, an open question they are asked, and what they said to it."""

    pulse: Pulse
    member: Member
    said: Answer | None


async def _asked(turn: Turn, pulse_id: int) -> Asked | list[Say]:
    """The open question, if it is asked of the person whose turn it is; else what to say."""
    pulse = await pulses.by_id(turn.db, pulse_id)
    member = None if pulse is None else await pulses.asks(turn.db, pulse, turn.me.id)
    if pulse is None or member is None:
        return [too_old(turn)]
    if not pulse.open_at(turn.now):
        return [turn.say(CLOSED, edit=True)]
    return Asked(pulse, member, await pulses.answer_of(turn.db, pulse.id, member.id))


async def show(turn: Turn, pulse_id: int) -> list[Say]:
    """The statement, and what one thinks of it."""
    at = await _asked(turn, pulse_id)
    if isinstance(at, list):
        return at
    text = paragraphs(
        _("What do you think of this?"),
        _("<b>{statement}</b>", statement=in_language(at.pulse.texts, turn.me.language)),
        _("Nobody is told what you answer. It is only counted, if enough people answer."),
    )
    own = None if at.said is None else at.said.own
    views = (
        button(_chosen(label, int(view) == own), "pulse.own", pulse_id, int(view) + MIDDLE)
        for view, label in AGREEMENT.items()
    )
    return [turn.say(text, stacked(*views, button(_("Skip"), "pulse.ask", pulse_id)), edit=True)]


def _chosen(label: Value, chosen: bool) -> Value:
    return _("✓ {option}", option=label) if chosen else label


async def own(turn: Turn, pulse_id: int, view: int) -> list[Say]:
    """Takes one's own view, and asks for the guess."""
    at = await _asked(turn, pulse_id)
    if isinstance(at, list):
        return at
    if str(view - MIDDLE) not in AGREEMENT:
        return [too_old(turn)]
    await pulses.answer(turn.db, pulse_id, at.member, turn.now, own=view - MIDDLE)
    return [await _ask_guess(turn, at)]


async def ask(turn: Turn, pulse_id: int) -> list[Say]:
    """Asks for the guess."""
    at = await _asked(turn, pulse_id)
    return at if isinstance(at, list) else [await _ask_guess(turn, at)]


async def _ask_guess(turn: Turn, at: Asked) -> Say:
    sides = await networks.sides_of(turn.db, at.member.network_id)
    others = Listed(tuple(each.name for each in sides if each.id != at.member.side_id))
    text = paragraphs(
        _("<b>{statement}</b>", statement=in_language(at.pulse.texts, turn.me.language)),
        _("Of 100 people of {sides}, how many do you think agree?", sides=others),
    )
    guess = None if at.said is None else at.said.guess
    guesses = in_rows((_guess(at.pulse, each, each == guess) for each in GUESSES), 4)
    ways = (
        button(_("Back"), "pulse.show", at.pulse.id),
        button(_("Skip"), "pulse.done", at.pulse.id),
    )
    return turn.say(text, (*guesses, ways), edit=True)


def _guess(pulse: Pulse, percent: int, chosen: bool) -> Button:
    return button(_chosen(Plain(str(percent)), chosen), "pulse.guess", pulse.id, percent)


async def guess(turn: Turn, pulse_id: int, percent: int) -> list[Say]:
    """Takes the guess."""
    at = await _asked(turn, pulse_id)
    if isinstance(at, list):
        return at
    if percent not in GUESSES:
        return [too_old(turn)]
    await pulses.answer(turn.db, pulse_id, at.member, turn.now, guess=percent)
    return [_thanks(turn, at.pulse)]


async def done(turn: Turn, pulse_id: int) -> list[Say]:
    """Goes without a guess."""
    at = await _asked(turn, pulse_id)
    return at if isinstance(at, list) else [_thanks(turn, at.pulse)]


def _thanks(turn: Turn, pulse: Pulse) -> Say:
    closes = pulse.closes_at
    text = paragraphs(
        _("Thank you."),
        None
        if closes is None
        else _("You can change your answers until {when}.", when=When(closes)),
        _("Afterwards I tell everybody who answered what came of it."),
    )
    return turn.say(
        text, stacked(button(_("Change my answers"), "pulse.show", pulse.id)), edit=True
    )


ROUTES = Routes(
    buttons={
        "pulse.show": show,
        "pulse.own": own,
        "pulse.ask": ask,
        "pulse.guess": guess,
        "pulse.done": done,
    }
)
