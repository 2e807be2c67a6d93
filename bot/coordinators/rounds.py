"""/round: a preview of who would meet, its approval by the coordinators, and the round itself."""

from __future__ import annotations

from collections.abc import Iterable

from bot.coordinators.conduct import Outcome, conduct, preview
from bot.coordinators.desk import Desk, choose, desk, refused
from bot.coordinators.preview import Draft, view
from bot.domain.replies import Command, Say, _, button, ngettext, paragraphs, stacked
from bot.domain.tracks import TRACKS
from bot.router import Routes, Turn, too_old
from bot.store import exchanges, networks, roster, rounds
from bot.store.networks import Side
from bot.store.rounds import Round


async def round_(turn: Turn) -> list[Say]:
    """/round: of which network, then the preview."""
    return await choose(turn, _("Which network?"), "round.of", _begin)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """The preview of a network's round."""
    at = await desk(turn, network_id)
    return [refused(turn)] if at is None else await _begin(turn, at)


async def _begin(turn: Turn, at: Desk) -> list[Say]:
    found = await exchanges.open_in(turn.db, at.network.id)
    if len(found) == 1:
        return await _open(turn, at, found[0].id)
    if not found:
        return [turn.say(_("This network has no introductions at the moment."))]
    ways = (button(TRACKS[each.track].name, "round.in", each.id) for each in found)
    return [turn.say(_("Which kind of exchange?"), stacked(*ways), edit=True)]


async def within(turn: Turn, exchange_id: int) -> list[Say]:
    """The preview of an exchange's round."""
    found = await exchanges.by_id(turn.db, exchange_id)
    at = None if found is None else await desk(turn, found.network_id)
    return [refused(turn)] if at is None else await _open(turn, at, exchange_id)


async def _open(turn: Turn, at: Desk, exchange_id: int, *, anew: bool = False) -> list[Say]:
    """The open preview, or a new one."""
    exchange = await exchanges.locked(turn.db, exchange_id)
    if exchange is None or exchange.state != "open":
        return [too_old(turn)]
    found = None if anew else await rounds.latest(turn.db, exchange.id, "draft")
    found = found or await preview(turn.db, exchange, turn.now, at.me.id)
    if found is None:
        text = _("Nobody is waiting at the moment, so there is nobody to introduce.")
        return [turn.say(text, edit=True)]
    return [await view(turn, Draft(at, exchange, found))]


async def _held(turn: Turn, round_id: int) -> Draft | list[Say]:
    """The draft, its exchange held so that two taps come one by one; else what to say instead."""
    known = await rounds.by_id(turn.db, round_id)
    exchange = None if known is None else await exchanges.locked(turn.db, known.exchange_id)
    found = await rounds.by_id(turn.db, round_id)
    at = None if exchange is None else await desk(turn, exchange.network_id)
    if exchange is None or found is None or at is None:
        return [refused(turn)]
    if found.state == "approved":
        return [turn.say(_("This round has taken place. /pairs shows what came of it."))]
    if found.state != "draft":
        return [turn.say(_("This preview is no longer used. /round shows the present one."))]
    return Draft(at, exchange, found)


async def show(turn: Turn, round_id: int) -> list[Say]:
    """The preview, for a coordinator who was asked to approve it."""
    draft = await _held(turn, round_id)
    return draft if isinstance(draft, list) else [await view(turn, draft)]


async def again(turn: Turn, round_id: int) -> list[Say]:
    """A new preview in place of this one; approvals begin anew."""
    draft = await _held(turn, round_id)
    if isinstance(draft, list):
        return draft
    return await _open(turn, draft.at, draft.exchange.id, anew=True)


async def cancel(turn: Turn, round_id: int) -> list[Say]:
    """Nobody is introduced now; everybody keeps their place."""
    draft = await _held(turn, round_id)
    if isinstance(draft, list):
        return draft
    await rounds.set_state(turn.db, draft.round.id, "cancelled")
    text = _("The round is cancelled. Nobody was told, and everybody keeps their place.")
    return [turn.say(text, edit=True)]


async def approve(turn: Turn, round_id: int) -> list[Say]:
    """Approves for one's own side; the last approval needed starts the round."""
    draft = await _held(turn, round_id)
    if isinstance(draft, list):
        return draft
    db, at = turn.db, draft.at
    approved = await rounds.approve(db, round_id, at.side.id, at.me.id, turn.now)
    sides = await networks.sides_of(db, at.network.id)
    missing = [each for each in sides if at.network.joint_rounds and each.id not in approved]
    if missing:
        return await _ask_others(turn, draft, missing)
    done = await conduct(db, draft.exchange, draft.round, at.network.settled, turn.now)
    return [_finished(turn, done), *await _tell_others(turn, sides), *done.said]


async def _ask_others(turn: Turn, draft: Draft, missing: list[Side]) -> list[Say]:
    asked: list[Say] = []
    alone: list[Side] = []
    for each in missing:
        staff = await roster.coordinators(turn.db, each.id)
        asked += [_asked(member.person_id, draft.round) for member in staff]
        if not staff:
            alone.append(each)
    news = _("You have approved. The round starts when the other coordinators have, too.")
    if alone:
        news = _(
            "You have approved. {side} has no coordinator yet who could: /invite makes a link.",
            side=alone[0].name,
        )
    return [await view(turn, draft, news), *asked]


def _asked(person_id: int, found: Round) -> Say:
    text = _("A round of introductions is waiting for your approval.")
    said = Say(person_id, text, stacked(button(_("Show it"), "round.show", found.id)))
    return said.with_key(f"round:{found.id}:{person_id}")


def _finished(turn: Turn, done: Outcome) -> Say:
    text = paragraphs(
        ngettext(
            "The round has taken place: {n} pair is being asked.",
            "The round has taken place: {n} pairs are being asked.",
            done.pairs,
        ),
        ngettext(
            "{n} pair fell away, as somebody paused, left or changed their answers.",
            "{n} pairs fell away, as somebody paused, left or changed their answers.",
            done.dropped,
        )
        if done.dropped
        else None,
        ngettext(
            "{n} person waits on and is told why, and their place in line.",
            "{n} people wait on and are told why, and their place in line.",
            done.waiting,
        )
        if done.waiting
        else None,
        _("Where it is night or a day of rest now, people hear of it afterwards."),
        _("/pairs shows what comes of it."),
    )
    return turn.say(text, edit=True)


async def _tell_others(turn: Turn, sides: Iterable[Side]) -> list[Say]:
    text = _("A round of introductions has taken place. /pairs shows the pairs of your side.")
    return [
        Say(member.person_id, text).as_reminder()
        for side in sides
        for member in await roster.coordinators(turn.db, side.id)
        if member.person_id != turn.me.id
    ]


MENU = (Command("round", _("Start a round of introductions"), for_coordinators=True),)
ROUTES = Routes(
    {"round": round_},
    {
        "round.of": of,
        "round.in": within,
        "round.show": show,
        "round.again": again,
        "round.cancel": cancel,
        "round.approve": approve,
    },
)
