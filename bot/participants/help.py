"""/help: what one can do here, briefly."""

from __future__ import annotations

from bot import forms
from bot.domain.replies import (
    Button,
    Command,
    Plain,
    Say,
    Text,
    _,
    button,
    lines,
    paragraphs,
    stacked,
)
from bot.router import Routes, Turn
from bot.store import networks, pairings
from bot.store.networks import Member

EVERYBODY = (
    _("/start shows where you stand."),
    _("/language changes the language."),
    _("/privacy says what is stored, and /forget deletes it."),
    _("/discreet keeps this chat from others' eyes, /quick empties it."),
)
NEWCOMERS = (_("/join shows the networks that are open to all."),)
MEMBERS = (_("/profile shows your answers and changes them."),)
PARTICIPANTS = (
    _("/activities shows what you can take part in."),
    _("/match shows the person you could meet."),
    _("/meet arranges a time, /log tells how it was, /history shows your meetings."),
    _("/pause and /resume: a break, and the way back."),
    *MEMBERS,
)
OWNERS = (_("/newnetwork sets up a network."),)


async def help_(turn: Turn) -> list[Say]:
    """Lists what this person may do."""
    mine = await networks.memberships(turn.db, turn.me.id)
    groups = [_asked(mine), _by_right(turn, mine), OWNERS if turn.is_owner else ()]
    text = paragraphs(_("<b>What you can do here</b>"), *(lines(*each) for each in groups if each))
    ways = stacked(await forms.go_on(turn), *await _care(turn, mine))
    return [turn.say(paragraphs(text, lines(*EVERYBODY)), ways)]


async def _care(turn: Turn, mine: list[Member]) -> list[Button]:
    """Ways to the safeguarding contacts: nobody has to wait for a question to say they are at risk.

    Whom somebody met may have erased themselves, and the question after the meeting with it.
    """
    found = [(each, await networks.by_id(turn.db, each.network_id)) for each in mine]
    return [
        button(_("Safeguarding contact of {network}", network=at.name), "ask.care", each.id)
        for each, at in found
        if at is not None and await pairings.contacts(turn.db, each.side_id)
    ]


def _by_right(turn: Turn, mine: list[Member]) -> tuple[Text, ...]:
    """The commands they have the right to in one of their networks."""
    return tuple(
        _("{command}: {about}", command=Plain(f"/{each.name}"), about=each.about)
        for each in turn.here.commands
        if each.right and any(member.may(each.right) for member in mine)
    )


def _asked(mine: list[Member]) -> tuple[Text, ...]:
    if not mine:
        return NEWCOMERS
    return PARTICIPANTS if any(each.role == "participant" for each in mine) else MEMBERS


MENU = (Command("help", _("What you can do here")),)
ROUTES = Routes({"help": help_})
