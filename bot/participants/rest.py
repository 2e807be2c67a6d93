"""After everything has rested: somebody would like to go on."""

from __future__ import annotations

from bot.domain.replies import Say, _
from bot.participants import pause
from bot.router import Routes, Turn, go
from bot.store import networks


async def ready(turn: Turn) -> list[Say]:
    """Comes back from a pause if they are on one; else stays, and is told what can be done."""
    mine = await networks.memberships(turn.db, turn.me.id)
    if any(each.state == "paused" for each in mine):
        return await pause.resume(turn)
    text = _("It is good to have you here. I will write to you when there is something new.")
    return [turn.say(text, ((go(_("See where I stand"), "match"),),), edit=True)]


ROUTES = Routes(buttons={"rest.ready": ready})
