"""What somebody is in a network: changed by its owner, who is never the last to go."""

from __future__ import annotations

from dataclasses import replace

from bot.contacts import joined_by
from bot.coordinators.desk import ROLES, Desk, desk, refused
from bot.coordinators.people import named
from bot.coordinators.person import changed, told
from bot.domain.replies import Say, Text, _, button, lines, paragraphs, stacked
from bot.domain.rights import Right
from bot.router import Routes, Turn, too_old
from bot.store import enrolments, invites, networks, roster
from bot.store.networks import RUN, Member

GIVEN: dict[str, Text] = {
    "participant": _("takes part and is introduced to others"),
    "facilitator": _("leads circles and keeps who came to them"),
    "coordinator": _("approves people and rounds, and sees everybody of your side"),
    "safeguarding": _("reads what people of your side tell about a risk"),
    "observer": _("reads the briefs, and nothing else"),
}
"""The roles an owner gives, and what they mean."""


async def of(turn: Turn, member_id: int) -> list[Say]:
    """Asks which role somebody is to have."""
    found = await _held(turn, member_id)
    if isinstance(found, list):
        return found
    member = found[1]
    others = [role for role in GIVEN if role != member.role]
    told_of = (_("• {role}: {meaning}", role=ROLES[role], meaning=GIVEN[role]) for role in others)
    text = paragraphs(_("Which role should {name} have?", name=named(member)), lines(*told_of))
    ways = (button(ROLES[role], "roles.ask", member_id, role) for role in others)
    back = button(_("Back"), "people.show", member_id)
    return [turn.say(text, stacked(*ways, back), edit=True)]


async def ask(turn: Turn, member_id: int, role: str) -> list[Say]:
    """Asks once more."""
    found = await _held(turn, member_id)
    if isinstance(found, list):
        return found
    if role not in GIVEN:
        return [too_old(turn)]
    text = paragraphs(
        _("Change the role of {name} to {role}?", name=named(found[1]), role=ROLES[role]),
        _("They will be told. Introductions they have now go on."),
    )
    ways = stacked(
        button(_("Yes, change it"), "roles.set", member_id, role),
        button(_("No, go back"), "people.show", member_id),
    )
    return [turn.say(text, ways, edit=True)]


async def set_(turn: Turn, member_id: int, role: str) -> list[Say]:
    """Gives the role; who takes part from now on waits where they need not choose."""
    found = await _held(turn, member_id)
    if isinstance(found, list):
        return found
    at, member = found
    if role not in GIVEN:
        return [too_old(turn)]
    if role == member.role:
        return [await changed(turn, at, member)]
    await roster.set_role(turn.db, member.id, role)
    if role not in RUN:
        await invites.revoke_of(turn.db, member.person_id, turn.now, member.network_id)
    await enrolments.enrol_in_open(turn.db, replace(member, role=role), turn.now)
    await at.note(turn, "people.role_changed", member.code or "", role=role)
    text = paragraphs(
        _("Your role in the network is another one now: {role}.", role=ROLES[role]),
        _("/help shows what you can do here."),
    )
    beside = await joined_by(turn.db, replace(member, role=role))
    menu = await menus(turn, member.person_id, role)
    return [*await told(turn, at, member, text), *menu, *beside]


async def menus(turn: Turn, person_id: int, role: str) -> list[Say]:
    """The command menu that goes with somebody's role from now on."""
    if role in RUN or await roster.is_staff(turn.db, person_id):
        return [replace(turn.full_menu(), to=person_id)]
    return [replace(each, to=person_id) for each in turn.plain_menu()]


async def _held(turn: Turn, member_id: int) -> tuple[Desk, Member] | list[Say]:
    """The member, held, and the desk of who may change their role; else what to say instead."""
    known = await networks.member(turn.db, member_id)
    if known is None:
        return [refused(turn)]
    # Held in this order by all: of two owners who unseat each other, the second is one no more.
    await roster.owners(turn.db, known.network_id, hold=True)
    member = await roster.held(turn.db, member_id)
    at = await desk(turn, known.network_id, Right.ROLES)
    if member is None or at is None or not at.decides(member):
        return [refused(turn)]
    return (at, member) if member.state == "active" else [await changed(turn, at, member)]


ROUTES = Routes({}, {"roles.of": of, "roles.ask": ask, "roles.set": set_}, right=Right.ROLES)
