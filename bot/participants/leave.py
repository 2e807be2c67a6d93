"""Ending an introduction: kindly for both, and with somebody new to come."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.pauses import pause_or_stay
from bot.domain.replies import Say, Text, _, button, paragraphs, stacked
from bot.partners import NOTHING_ELSE, OTHERS, OVER, came_of_it, ended, which
from bot.router import Routes, Turn, too_old
from bot.store import meetings, pairings
from bot.store.pairings import Pairing


async def _active(turn: Turn, match_id: int) -> Pairing | list[Say]:
    pairing = await pairings.of(turn.db, turn.me.id, match_id, hold=True)
    if pairing is None:
        return [too_old(turn)]
    return pairing if pairing.match.state == "active" else [turn.say(OVER)]


async def leave(turn: Turn, match_id: int) -> list[Say]:
    """Asks whether to end it."""
    pairing = await _active(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    text = paragraphs(
        await which(turn, pairing),
        _("End this introduction? Your partner is told kindly, without a reason."),
        *await _after(turn, pairing),
    )
    ways = stacked(
        button(_("Yes, end it"), "match.left", match_id),
        button(_("No, go back"), "match.show", match_id),
    )
    return [turn.say(text, ways, edit=True)]


async def _after(turn: Turn, pairing: Pairing) -> list[Text]:
    """What follows for who ends an introduction."""
    if await pairings.goes_on(turn.db, pairing, pairing.me):
        return [_("You two will not be introduced again."), NOTHING_ELSE]
    return [_("You two will not be introduced again. You wait for somebody new.")]


async def left(turn: Turn, match_id: int) -> list[Say]:
    """Ends it. Who was left waiting goes first next time."""
    pairing = await _active(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    quiet = await _quiet(turn, pairing)
    first = pairing.me if quiet else pairing.partner
    await pairings.end(turn.db, pairing, "closed", turn.now, "left", [first.member.id])
    return [await _told(turn, pairing, quiet), *await _farewell(turn, pairing, quiet)]


async def _told(turn: Turn, pairing: Pairing, quiet: bool) -> Say:
    came = stacked(await came_of_it(turn.db, pairing.match.id))
    if await pairings.goes_on(turn.db, pairing, pairing.me):
        told = paragraphs(_("The introduction has ended."), NOTHING_ELSE)
        return turn.say(told, (*OTHERS, *came), edit=True)
    text = _("The introduction has ended. You are in line for somebody new.")
    if quiet:
        text = _("The introduction has ended. You will be among the first when we try again.")
    return turn.say(text, came, edit=True)


async def _farewell(turn: Turn, pairing: Pairing, quiet: bool) -> list[Say]:
    partner = pairing.partner
    if not quiet or await pairings.goes_on(turn.db, pairing, partner):
        return await ended(turn.db, pairing, partner)
    text = _(
        "An introduction you were in has ended, as it had become quiet. That is all right. "
        "Would you like a pause?"
    )
    ways = (*pause_or_stay(), *stacked(await came_of_it(turn.db, pairing.match.id)))
    return [Say(partner.person.id, text, ways)] if partner.present else []


async def _quiet(turn: Turn, pairing: Pairing) -> bool:
    """Whether the partner is away, or nothing has happened for as long as the policy waits."""
    since = turn.now - timedelta(days=pairing.policy.silent_days)
    found = await meetings.of_match(turn.db, pairing.match.id)
    last = [pairing.match.active_at, *(each.starts_at for each in found)]
    stirred = any(at is not None and at > since for at in last)
    return not pairing.partner.present or not stirred


async def wait(turn: Turn, match_id: int) -> list[Say]:
    """Gives a quiet partner more time."""
    pairing = await _active(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    await pairings.stirred(turn.db, pairing, turn.now)
    text = paragraphs(await which(turn, pairing), _("Good. I will ask again if it stays quiet."))
    return [turn.say(text, stacked(button(_("Show"), "match.show", match_id)), edit=True)]


ROUTES = Routes(buttons={"match.leave": leave, "match.left": left, "match.wait": wait})
