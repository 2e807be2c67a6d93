"""Removing somebody from a network: asked once more, told kindly, and undone by an invitation."""

from __future__ import annotations

from bot import away
from bot.coordinators.desk import Desk, refused
from bot.coordinators.people import named
from bot.coordinators.person import changed, seen
from bot.coordinators.roles import menus
from bot.domain.replies import Say, _, button, paragraphs, stacked
from bot.domain.rights import Right
from bot.router import Routes, Turn
from bot.store import networks, roster
from bot.store.networks import Member


async def ask(turn: Turn, member_id: int) -> list[Say]:
    """Asks once."""
    found = await _held(turn, member_id)
    if isinstance(found, list):
        return found
    text = paragraphs(
        _("Remove {name} from the network?", name=named(found[1])),
        _(
            "Their answers and notes here are deleted, and what goes on ends. They are told "
            "kindly, without a reason; anybody they were introduced to only that it has ended."
        ),
    )
    ways = stacked(
        button(_("Yes, remove"), "people.removed", member_id),
        button(_("No, go back"), "people.show", member_id),
    )
    return [turn.say(text, ways, edit=True)]


async def removed(turn: Turn, member_id: int) -> list[Say]:
    """Removes a member; an invitation lets them back in only once a coordinator allows it."""
    found = await _held(turn, member_id)
    if isinstance(found, list):
        return found
    at, member = found
    others = await away.leaves(turn, member)
    await roster.set_state(turn.db, member.id, "declined")
    await at.note(turn, "people.removed", member.code or "")
    text = paragraphs(
        _("Your coordinators have ended your participation. Thank you for having been with us."),
        _("Your answers there are deleted. /forget deletes everything, everywhere."),
    )
    back = stacked(button(_("Back"), "people.of", at.network.id))
    done = turn.say(_("Done. They have been told."), back, edit=True)
    menu = await menus(turn, member.person_id, "") if member.runs else []
    return [done, Say(member.person_id, text), *menu, *others]


async def _held(turn: Turn, member_id: int) -> tuple[Desk, Member] | list[Say]:
    """The member, held, and the desk of who may remove them; else what to say instead."""
    known = await networks.member(turn.db, member_id)
    if known is not None:
        # Held in this order by all: of two owners who remove each other, the second is one no more.
        await roster.owners(turn.db, known.network_id, hold=True)
    found = await seen(turn, member_id, hold=True)
    if found is None or not found[0].decides(found[1]):
        return [refused(turn)]
    return found if found[1].state in roster.LOOKED_AFTER else [await changed(turn, *found)]


ROUTES = Routes({}, {"people.remove": ask, "people.removed": removed}, right=Right.PEOPLE)
