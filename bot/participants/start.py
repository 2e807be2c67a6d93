"""/start: the way in, by an invitation or without one, and the way back for who is here already."""

from __future__ import annotations

import re

from bot import forms, router
from bot.domain.limits import SIGN_UPS
from bot.domain.replies import Command, Say, _
from bot.participants.guessing import noted, too_often
from bot.participants.home import home
from bot.participants.owner import claim
from bot.participants.sign_up import FLOWS, begin
from bot.router import Routes, Turn
from bot.store import attempts, erase, invites, networks
from bot.store.invites import Invite

CLAIM = "claim-"
TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}")


async def start(turn: Turn) -> list[Say]:
    """Opens the door the link names, or shows where one stands."""
    payload = turn.event.text
    if payload:
        return await _by_link(turn, payload)
    for flow in FLOWS:
        if said := await forms.resume(turn, flow):
            return said
    return await home(turn)


async def _by_link(turn: Turn, payload: str) -> list[Say]:
    if said := await too_often(turn):
        return said
    if payload.startswith(CLAIM):
        return await claim(turn, payload.removeprefix(CLAIM))
    known = TOKEN.fullmatch(payload) is not None
    invite = await invites.by_token(turn.db, payload) if known else None
    if invite is None:
        text = _("This invitation is not known here. Please check the link, or ask for a new one.")
        await erase.later(turn.db, turn.me.id, turn.now + erase.UNDECIDED)
        return [turn.say(text), *await noted(turn)]
    return await _invited(turn, invite)


async def _invited(turn: Turn, invite: Invite) -> list[Say]:
    member = await networks.membership(turn.db, turn.me.id, invite.network_id)
    if member is not None and member.state != "left":
        text = _("You are already a member here, so the invitation was not used.")
        return [turn.say(text), *await home(turn)]
    for flow in FLOWS:
        if (await forms.carried(turn, flow)).get("invite") == invite.id:
            return await forms.resume(turn, flow) or []
    if invite.expires_at <= turn.now:
        return [turn.say(_("This invitation has expired. Please ask for a new one."))]
    if invite.uses_left < 1:
        return [turn.say(_("This invitation has been used up. Please ask for a new one."))]
    side = await networks.side(turn.db, invite.side_id)
    if side is None:
        return [turn.say(_("This invitation can no longer be used. Please ask for a new one."))]
    if until := await attempts.spend(turn.db, turn.me.id, SIGN_UPS, turn.now):
        return [router.too_often(turn, SIGN_UPS, until)]
    await invites.came_by(turn.db, invite.id)
    return await begin(turn, side, invite.role, invite.id)


MENU = (Command("start", _("See where you stand")),)
ROUTES = Routes({"start": start})
