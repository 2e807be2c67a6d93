"""Somebody who was told that what they told is to be deleted would like to stay."""

from __future__ import annotations

from bot.domain.replies import Say, _
from bot.router import Routes, Turn, go, too_old
from bot.store import activity, networks, retention


async def keep(turn: Turn, member_id: int) -> list[Say]:
    """Keeps all of it, for as long again."""
    member = await networks.own(turn.db, turn.me.id, member_id)
    if member is None or member.state not in activity.HERE:
        return [too_old(turn)]
    await retention.stays(turn.db, member, turn.now)
    text = _("It is good to have you here. Everything stays as it is.")
    return [turn.say(text, ((go(_("See where I stand"), "match"),),), edit=True)]


ROUTES = Routes(buttons={"retention.keep": keep})
