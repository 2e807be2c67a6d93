"""Leaving one network, and staying in the others: less than /forget, and as kind to partners."""

from __future__ import annotations

from bot import away
from bot.domain.replies import Button, Say, _, button, paragraphs, stacked
from bot.router import Routes, Turn, too_old
from bot.store import networks, roster
from bot.store.networks import Member

MAY_LEAVE = ("active", "paused", "pending")
"""Who is held or was declined would otherwise come back by a link as if nothing had been."""


def way_out() -> Button:
    """The way here."""
    return button(_("Leave a network"), "depart.which")


async def which(turn: Turn) -> list[Say]:
    """Asks which network, where there are several."""
    mine = [each for each in await networks.memberships(turn.db, turn.me.id) if _may(each)]
    if len(mine) == 1:
        return await ask(turn, mine[0].id)
    if not mine:
        text = _("There is no network you could leave. /forget deletes everything about you.")
        return [turn.say(text, edit=True)]
    found = [(each, await networks.by_id(turn.db, each.network_id)) for each in mine]
    ways = (button(at.name, "depart.ask", each.id) for each, at in found if at is not None)
    return [turn.say(_("Which network would you like to leave?"), stacked(*ways), edit=True)]


def _may(member: Member) -> bool:
    return member.state in MAY_LEAVE and member.role != "owner"


async def _mine(turn: Turn, member_id: int) -> Member | None:
    member = await networks.own(turn.db, turn.me.id, member_id)
    return member if member is not None and _may(member) else None


async def ask(turn: Turn, member_id: int) -> list[Say]:
    """Asks once."""
    member = await _mine(turn, member_id)
    network = None if member is None else await networks.by_id(turn.db, member.network_id)
    if network is None:
        return [too_old(turn)]
    text = paragraphs(
        _("Leave {network}?", network=network.name),
        _(
            "Your answers and notes there are deleted. Anybody you are introduced to there is told "
            "only that the introduction has ended."
        ),
        _("You can come back by a new invitation. /forget deletes everything, everywhere."),
    )
    ways = stacked(
        button(_("Yes, leave"), "depart.sure", member_id), button(_("No, go back"), "pause.no")
    )
    return [turn.say(text, ways, edit=True)]


async def sure(turn: Turn, member_id: int) -> list[Say]:
    """Leaves, ending what was going on there first. Partners go first next time."""
    member = await _mine(turn, member_id)
    if member is None:
        return [too_old(turn)]
    told = await away.leaves(turn, member)
    menu = [] if await roster.is_staff(turn.db, turn.me.id) else turn.plain_menu()
    text = _("You have left, and your answers there are deleted. /start shows where you stand.")
    return [turn.say(text, edit=True), *(menu if member.runs else []), *told]


ROUTES = Routes(buttons={"depart.which": which, "depart.ask": ask, "depart.sure": sure})
