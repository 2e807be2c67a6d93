"""A pause: for a time, until one comes back, or skipping the next introductions only."""

from __future__ import annotations

from datetime import timedelta

from bot import away
from bot.domain.limits import RETURNS
from bot.domain.pauses import LENGTHS, lengths
from bot.domain.replies import (
    Command,
    Say,
    Text,
    Value,
    When,
    _,
    button,
    ngettext,
    paragraphs,
    stacked,
)
from bot.participants.depart import way_out
from bot.participants.standing import STATES
from bot.router import Routes, Turn, too_old
from bot.store import enrolments, meetings, networks, pairings
from bot.store.networks import Member
from bot.store.pairings import Pairing


async def _mine(turn: Turn, state: str) -> list[Member]:
    mine = await networks.memberships(turn.db, turn.me.id)
    return [each for each in mine if each.state == state and each.role == "participant"]


async def menu(turn: Turn) -> list[Say]:
    """/pause: for how long?"""
    if await _mine(turn, "active"):
        text = _("How long would you like to pause? Nothing is sent to you meanwhile.")
        skip = stacked(button(_("Only skip the next introductions"), "pause.skip"))
        back = stacked(button(_("Do not pause"), "pause.no"))
        return [turn.say(text, (*lengths(), *skip, *stacked(way_out()), *back), edit=True)]
    if await _mine(turn, "paused"):
        return [turn.say(_("You are on a pause already."), (*_COME_BACK, *stacked(way_out())))]
    ways = stacked(way_out() if await networks.memberships(turn.db, turn.me.id) else None)
    return [turn.say(_("There is nothing to pause yet. /match shows where you stand."), ways)]


_COME_BACK = stacked(button(_("Come back now"), "pause.end"))


async def stay(turn: Turn) -> list[Say]:
    """No pause after all."""
    return [turn.say(_("Good, everything stays as it is."), edit=True)]


async def skip(turn: Turn) -> list[Say]:
    """Skips the next introductions and keeps the place."""
    mine = await _mine(turn, "active")
    enrolled = [each for one in mine for each in await enrolments.of_member(turn.db, one.id)]
    waiting = [each for each in enrolled if each.state == "waiting"]
    for each in waiting:
        await enrolments.set_state(turn.db, each.id, "skipping")
    if waiting or any(each.state == "skipping" for each in enrolled):
        text = _("You skip the next introductions, and keep your place for the ones after.")
        undo = stacked(button(_("Take part after all"), "pause.unskip"))
        return [turn.say(text, undo, edit=True)]
    return [turn.say(_("You are not waiting for introductions at the moment."), edit=True)]


async def unskip(turn: Turn) -> list[Say]:
    """Takes part in the next introductions after all."""
    for member in await _mine(turn, "active"):
        for each in await enrolments.of_member(turn.db, member.id):
            if each.state == "skipping":
                await enrolments.set_state(turn.db, each.id, "waiting")
    return [turn.say(_("Good, you take part in the next introductions."), edit=True)]


async def ask(turn: Turn, days: int) -> list[Say]:
    """Pauses, or first says what a pause would end and asks."""
    if days not in LENGTHS:
        return [too_old(turn)]
    ends = await _consequences(turn)
    if not ends or not await _mine(turn, "active"):
        return await pause(turn, days)
    ways = stacked(
        button(_("Pause all the same"), "pause.sure", days),
        button(_("Do not pause"), "pause.no"),
    )
    return [turn.say(paragraphs(*ends), ways, edit=True)]


async def _consequences(turn: Turn) -> list[Value]:
    """What a pause does to the open introductions."""
    found = await pairings.open_of(turn.db, turn.me.id)
    undecided = sum(each.match.state == "proposed" for each in found)
    declined = ngettext(
        "An introduction is not decided yet. A pause declines it, without blame.",
        "{n} introductions are not decided yet. A pause declines them, without blame.",
        undecided,
    )
    active = [await _consequence(turn, each) for each in found if each.match.state == "active"]
    return [declined, *active] if undecided else active


async def _consequence(turn: Turn, pairing: Pairing) -> Value:
    """What a pause does to an introduction both said yes to."""
    name = pairing.partner.shown
    for each in await meetings.coming(turn.db, pairing.match.id, turn.now):
        if each.state == "agreed":
            when = When(each.starts_at)
            return _(
                "You are to meet {name} on {when}. A pause cancels that meeting, and your "
                "partner is told that you are away for a while.",
                name=name,
                when=when,
            )
    return _("You are introduced to {name}, who is told that you are away for a while.", name=name)


async def pause(turn: Turn, days: int) -> list[Say]:
    """Pauses in every network: open proposals end without blame, partners are told."""
    mine = await _mine(turn, "active")
    if days not in LENGTHS or not mine:
        return await menu(turn)
    until = turn.now + timedelta(days=days) if days else None
    told = [each for member in mine for each in await away.goes(turn.db, member, until, turn.now)]
    text: Text = _("You are on a pause until you come back: /resume. Nothing is sent meanwhile.")
    if until is not None:
        text = _(
            "You are on a pause until {when}. Nothing is sent to you meanwhile. "
            "You can come back earlier: /resume.",
            when=When(until),
        )
    return [turn.say(text, _COME_BACK, edit=True), *told]


async def resume(turn: Turn) -> list[Say]:
    """/resume: comes back from a pause."""
    mine = await _mine(turn, "paused")
    if not mine and await _mine(turn, "held"):
        return [turn.say(STATES["held"])]
    if not mine:
        return [turn.say(_("You are not on a pause. /match shows where you stand."))]
    met = [each for one in mine for each in await away.comes_back(turn.db, one, turn.now)]
    text = _("Welcome back. Your place is kept. /match shows where you stand.")
    return [turn.say(text, edit=True), *await away.back(turn.db, met)]


MENU = (
    Command("pause", _("Take a pause, or skip the next introductions")),
    Command("resume", _("Come back from a pause")),
)
ROUTES = Routes(
    {"pause": menu, "resume": resume},
    {
        "pause.menu": menu,
        "pause.no": stay,
        "pause.skip": skip,
        "pause.unskip": unskip,
        "pause.for": ask,
        "pause.sure": pause,
        "pause.end": resume,
    },
    limits={"resume": RETURNS, "pause.end": RETURNS},
)
