"""The day before a round: in, or skipping this one."""

from __future__ import annotations

from bot.domain.replies import Say, Text, _, button, stacked
from bot.router import Routes, Turn, too_old
from bot.store import enrolments, exchanges, networks
from bot.store.enrolments import Enrolment


async def _asked(turn: Turn, enrolment_id: int, tag: str) -> Enrolment | None:
    """One's own enrolment, if the round the button was about is still to come."""
    found = await enrolments.by_id(turn.db, enrolment_id)
    if found is None or found.state not in ("waiting", "skipping"):
        return None
    member = await networks.member(turn.db, found.member_id)
    exchange = await exchanges.by_id(turn.db, found.exchange_id)
    at = None if exchange is None else exchange.next_round_at
    if at is None or at <= turn.now or f"{at:%Y%m%d%H%M}" != tag:
        return None
    mine = member is not None and member.person_id == turn.me.id and member.state == "active"
    return found if mine else None


async def stay(turn: Turn, enrolment_id: int, tag: str) -> list[Say]:
    """Takes part in the next round."""
    text = _("You are in. I will write to you when there is somebody you could meet.")
    return await _set(turn, enrolment_id, tag, "waiting", text)


async def skip(turn: Turn, enrolment_id: int, tag: str) -> list[Say]:
    """Skips the next round, place kept."""
    text = _("You are skipping this one, and keep your place for the one after.")
    return await _set(turn, enrolment_id, tag, "skipping", text)


async def _set(turn: Turn, enrolment_id: int, tag: str, state: str, text: Text) -> list[Say]:
    if await _asked(turn, enrolment_id, tag) is None:
        return [too_old(turn)]
    await enrolments.set_state(turn.db, enrolment_id, state)
    other = (
        button(_("Skip this one"), "next.skip", enrolment_id, tag)
        if state == "waiting"
        else button(_("I would like to take part after all"), "next.stay", enrolment_id, tag)
    )
    ways = stacked(other, button(_("Pause for a while"), "pause.menu"))
    return [turn.say(text, ways, edit=True)]


ROUTES = Routes(buttons={"next.stay": stay, "next.skip": skip})
