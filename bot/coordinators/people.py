"""/people: who is on one's own side; approving, declining, pausing and resuming them."""

from __future__ import annotations

from bot import away
from bot.coordinators.desk import ROLES, Desk, choose, desk, refused
from bot.domain.replies import (
    Button,
    Command,
    LanguageName,
    Listed,
    Rows,
    Say,
    Text,
    Value,
    When,
    _,
    button,
    in_rows,
    lines,
    ngettext,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.router import Routes, Turn, too_old
from bot.store import exchanges, networks, roster
from bot.store.networks import Member

STATES: dict[str, Text] = {
    "pending": _("waiting for approval"),
    "active": _("active"),
    "paused": _("on a pause"),
    "held": _("on a pause, by a coordinator"),
    "joining": _("still signing up"),
    "declined": _("not accepted"),
    "left": _("no longer here"),
}
FILTERS: dict[str, tuple[str, ...]] = {
    "all": roster.LOOKED_AFTER,
    "pending": ("pending",),
    "active": ("active",),
    "paused": ("paused", "held"),
}
FILTER_NAMES: dict[str, Text] = {
    "all": _("Everybody"),
    "pending": _("Waiting for approval"),
    "active": _("Active"),
    "paused": _("On a pause"),
}


def named(member: Member) -> Value:
    """The name a member chose, or their role where they have not told one."""
    return member.name or _("{role}, without a name yet", role=ROLES[member.role])


async def people(turn: Turn) -> list[Say]:
    """/people: of which network, then who waits for approval, or everybody."""
    return await choose(turn, _("Which network?"), "people.of", _first, Right.PEOPLE)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """The people of one's own side in this network."""
    at = await desk(turn, network_id, Right.PEOPLE)
    return [refused(turn)] if at is None else await _first(turn, at)


async def _first(turn: Turn, at: Desk) -> list[Say]:
    pending = (await roster.counts(turn.db, at.side.id)).get("pending", 0)
    return await _page(turn, at, "pending" if pending else "all", 0)


async def page(turn: Turn, network_id: int, state: str, after: int) -> list[Say]:
    """People in a state, those after a member."""
    at = await desk(turn, network_id, Right.PEOPLE)
    if at is None:
        return [refused(turn)]
    return [too_old(turn)] if state not in FILTERS else await _page(turn, at, state, after)


async def _page(turn: Turn, at: Desk, state: str, after: int) -> list[Say]:
    found = await roster.page(turn.db, at.side.id, FILTERS[state], after)
    counts = await roster.counts(turn.db, at.side.id)
    many = sum(counts.get(each, 0) for each in FILTERS[state])
    text = paragraphs(
        _("<b>{side}</b>: {state}", side=at.side.name, state=FILTER_NAMES[state]),
        ngettext("{n} person", "{n} people", many),
    )
    ways: tuple[Button | None, ...] = (
        *(button(named(each), "people.show", each.id) for each in found.members),
        _turned(_("First page"), at, state, 0) if after else None,
        _turned(_("Next page"), at, state, found.members[-1].id) if found.more else None,
    )
    filters = (_turned(text, at, each, 0) for each, text in FILTER_NAMES.items() if each != state)
    return [turn.say(text, (*stacked(*ways), *in_rows(filters, 2)), edit=True)]


def _turned(text: Text, at: Desk, state: str, after: int) -> Button:
    return button(text, "people.page", at.network.id, state, after)


async def _seen(turn: Turn, member_id: int, *, hold: bool = False) -> tuple[Desk, Member] | None:
    """The member and the desk, if the person at it may see them."""
    member = await (roster.held if hold else networks.member)(turn.db, member_id)
    at = None if member is None else await desk(turn, member.network_id, Right.PEOPLE)
    return (at, member) if member and at and at.sees(member) else None


async def show(turn: Turn, member_id: int) -> list[Say]:
    """A person's page."""
    seen = await _seen(turn, member_id)
    return [refused(turn)] if seen is None else [_card(turn, *seen)]


def _card(turn: Turn, at: Desk, member: Member, news: Text | None = None) -> Say:
    spoken = Listed(tuple(map(LanguageName, member.told.languages)))
    text = paragraphs(
        news,
        lines(
            _("<b>{name}</b>", name=named(member)),
            _("Role: {role}", role=ROLES[member.role]),
            _("State: {state}", state=STATES.get(member.state, member.state)),
            _("Until: {when}", when=When(member.paused_until)) if member.paused_until else None,
            _("Languages: {languages}", languages=spoken) if member.told.languages else None,
            _("Here since: {when}", when=When(member.joined_at)),
        ),
    )
    return turn.say(text, _ways(at, member), edit=True)


def _ways(at: Desk, member: Member) -> Rows:
    may = at.decides(member)
    back = "pending" if member.state == "pending" else "all"
    return stacked(
        *(
            button(text, f"people.{what}", member.id)
            for what, (text, state) in DECISIONS.items()
            if may and member.state == state
        ),
        _turned(_("Back"), at, back, 0),
    )


DECISIONS: dict[str, tuple[Text, str]] = {
    "approve": (_("Approve"), "pending"),
    "decline": (_("Decline"), "pending"),
    "pause": (_("Pause"), "active"),
    "resume": (_("End the pause"), "held"),
}
"""What can be decided of somebody, and the state in which it can."""


async def _deciding(turn: Turn, member_id: int, what: str) -> tuple[Desk, Member] | list[Say]:
    """The desk and the member, held, if this can be decided now; else what to say instead."""
    seen = await _seen(turn, member_id, hold=True)
    if seen is None or not seen[0].decides(seen[1]):
        return [refused(turn)]
    if seen[1].state != DECISIONS[what][1]:
        return [_card(turn, *seen, _("Something has changed meanwhile. This is how it stands:"))]
    return seen


async def _decided(turn: Turn, at: Desk, member: Member, state: str, told: Value) -> list[Say]:
    await roster.set_state(turn.db, member.id, state)
    return await _told(turn, at, member, told)


async def _told(turn: Turn, at: Desk, member: Member, told: Value) -> list[Say]:
    """The member's page as it is now, and the word to the member."""
    now = await networks.member(turn.db, member.id)
    done = _("Done. They have been told.")
    return [_card(turn, at, now or member, done), Say(member.person_id, told)]


async def approve(turn: Turn, member_id: int) -> list[Say]:
    """Takes somebody in; a participant waits in all open exchanges from now on."""
    found = await _deciding(turn, member_id, "approve")
    if isinstance(found, list):
        return found
    await exchanges.enrol_in_open(turn.db, found[1], turn.now)
    text = paragraphs(
        _("Good news: your sign-up was approved, and you are part of the network now."),
        _("/match shows when the next introductions are and where you stand."),
    )
    return await _decided(turn, *found, "active", text)


async def decline(turn: Turn, member_id: int) -> list[Say]:
    """Asks whether to decline, as it cannot be undone."""
    found = await _deciding(turn, member_id, "decline")
    if isinstance(found, list):
        return found
    text = _("Decline {name}? They will be told kindly, without a reason.", name=named(found[1]))
    ways = stacked(
        button(_("Yes, decline"), "people.declined", member_id),
        button(_("No, go back"), "people.show", member_id),
    )
    return [turn.say(text, ways, edit=True)]


async def declined(turn: Turn, member_id: int) -> list[Say]:
    """Declines somebody who signed up."""
    found = await _deciding(turn, member_id, "decline")
    if isinstance(found, list):
        return found
    text = paragraphs(
        _("Thank you for signing up. The coordinators could not take you in this time."),
        _("Nothing more will be sent to you. /forget erases what you told us."),
    )
    return await _decided(turn, *found, "declined", text)


async def pause(turn: Turn, member_id: int) -> list[Say]:
    """Nobody is suggested to this member until the pause ends."""
    found = await _deciding(turn, member_id, "pause")
    if isinstance(found, list):
        return found
    text = paragraphs(
        _("A coordinator of your side has put your participation on a pause."),
        _("Nobody new is suggested to you meanwhile, and your place in line is kept."),
    )
    told = await away.goes(turn.db, found[1], None, turn.now, "held")
    return [*await _told(turn, *found, text), *told]


async def resume(turn: Turn, member_id: int) -> list[Say]:
    """Ends a member's pause."""
    found = await _deciding(turn, member_id, "resume")
    if isinstance(found, list):
        return found
    text = _("Your pause has ended. Welcome back: you are in line for introductions again.")
    met = await away.comes_back(turn.db, found[1], turn.now)
    return [*await _told(turn, *found, text), *await away.back(turn.db, met)]


MENU = (Command("people", _("The people of your side"), for_coordinators=True),)
ROUTES = Routes(
    {"people": people},
    {
        "people.of": of,
        "people.page": page,
        "people.show": show,
        "people.approve": approve,
        "people.decline": decline,
        "people.declined": declined,
        "people.pause": pause,
        "people.resume": resume,
    },
    right=Right.PEOPLE,
)
