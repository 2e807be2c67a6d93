"""A person's page: what a coordinator sees of somebody of their side, and decides of them."""

from __future__ import annotations

from bot import away
from bot.coordinators.desk import ROLES, Desk, desk, refused
from bot.coordinators.people import named
from bot.domain.replies import (
    Button,
    LanguageName,
    Listed,
    Rows,
    Say,
    Text,
    Value,
    When,
    _,
    button,
    lines,
    ngettext,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right, may
from bot.domain.tracks import title
from bot.router import Routes, Turn
from bot.store import enrolments, exchanges, networks, roster
from bot.store.enrolments import Enrolment
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
TAKE_PART = ("participant", "facilitator")
DECISIONS: dict[str, tuple[Text, str]] = {
    "approve": (_("Approve"), "pending"),
    "decline": (_("Decline"), "pending"),
    "pause": (_("Pause"), "active"),
    "resume": (_("End the pause"), "held"),
    "allow": (_("Let them sign up again"), "declined"),
}
"""What can be decided of somebody, and the state in which it can."""


async def seen(turn: Turn, member_id: int, *, hold: bool = False) -> tuple[Desk, Member] | None:
    """The member and the desk, if the person at it may see them."""
    member = await (roster.held if hold else networks.member)(turn.db, member_id)
    at = None if member is None else await desk(turn, member.network_id, Right.PEOPLE)
    return (at, member) if member and at and at.sees(member) else None


async def show(turn: Turn, member_id: int) -> list[Say]:
    """A person's page."""
    found = await seen(turn, member_id)
    return [refused(turn)] if found is None else [await card(turn, *found)]


async def card(turn: Turn, at: Desk, member: Member, news: Text | None = None) -> Say:
    """A person's page, after the news if there are any."""
    spoken = Listed(tuple(map(LanguageName, member.told.languages)))
    many = (await roster.in_touch(turn.db, [member.id]))[member.id]
    text = paragraphs(
        news,
        lines(
            _("<b>{name}</b>", name=named(member)),
            _("Code: {code}", code=member.code) if member.code else None,
            _("Role: {role}", role=ROLES[member.role]),
            _("State: {state}", state=STATES.get(member.state, member.state)),
            _("Until: {when}", when=When(member.paused_until)) if member.paused_until else None,
            _("Languages: {languages}", languages=spoken) if member.told.languages else None,
            _("Here since: {when}", when=When(member.joined_at)),
            ngettext("{n} introduction now", "{n} introductions now", many) if many else None,
        ),
        await _activities(turn, member),
    )
    return turn.say(text, _ways(at, member), edit=True)


async def _activities(turn: Turn, member: Member) -> Value | None:
    told = [
        await _activity(turn, each)
        for each in await enrolments.of_member(turn.db, member.id)
        if each.state != "out"
    ]
    return lines(_("<b>Takes part in</b>"), *told) if told else None


async def _activity(turn: Turn, each: Enrolment) -> Text | None:
    exchange = await exchanges.by_id(turn.db, each.exchange_id)
    if exchange is None:
        return None
    name = title(exchange.name, exchange.track, exchange.format)
    if each.state == "skipping":
        return _("• {activity}: skips the next round", activity=name)
    if each.state != "waiting":
        return _("• {activity}: asked or introduced", activity=name)
    place = await enrolments.place_in_line(turn.db, each)
    if place is None:
        return _("• {activity}: waits", activity=name)
    return _("• {activity}: waits, number {place} in line", activity=name, place=place)


def _ways(at: Desk, member: Member) -> Rows:
    decides = at.decides(member)
    takes_part = member.role in TAKE_PART and member.state in roster.LOOKED_AFTER
    back = "pending" if member.state == "pending" else "all"
    ways: tuple[Button | None, ...] = (
        *(
            button(text, f"people.{what}", member.id)
            for what, (text, state) in DECISIONS.items()
            if decides and member.state == state
        ),
        button(_("Why no introduction?"), "why.show", member.id) if takes_part else None,
        button(_("Never introduce to somebody"), "forbid.whom", member.id) if takes_part else None,
        button(_("Change the role"), "roles.of", member.id) if _may_change(at, member) else None,
        button(_("Remove"), "people.remove", member.id)
        if decides and member.state in roster.LOOKED_AFTER
        else None,
        button(_("Back"), "people.page", at.network.id, back, 0),
    )
    return stacked(*ways)


def _may_change(at: Desk, member: Member) -> bool:
    mine = may(at.me.role, Right.ROLES)
    return mine and at.decides(member) and member.state == "active"


async def deciding(turn: Turn, member_id: int, what: str) -> tuple[Desk, Member] | list[Say]:
    """The desk and the member, held, if this can be decided now; else what to say instead."""
    found = await seen(turn, member_id, hold=True)
    if found is None or not found[0].decides(found[1]):
        return [refused(turn)]
    return found if found[1].state == DECISIONS[what][1] else [await changed(turn, *found)]


async def changed(turn: Turn, at: Desk, member: Member) -> Say:
    """The page of somebody of whom that cannot be decided any more."""
    return await card(
        turn, at, member, _("Something has changed meanwhile. This is how it stands:")
    )


async def told(turn: Turn, at: Desk, member: Member, words: Value) -> list[Say]:
    """The member's page as it is now, and the word to the member."""
    now = await networks.member(turn.db, member.id)
    done = _("Done. They have been told.")
    return [await card(turn, at, now or member, done), Say(member.person_id, words)]


async def approve(turn: Turn, member_id: int) -> list[Say]:
    """Takes somebody in; a participant waits in all open exchanges from now on."""
    found = await deciding(turn, member_id, "approve")
    if isinstance(found, list):
        return found
    at, member = found
    await enrolments.enrol_in_open(turn.db, member, turn.now)
    await roster.set_state(turn.db, member.id, "active")
    await at.note(turn, "people.approved", member.code or "")
    text = paragraphs(
        _("Good news: your sign-up was approved, and you are part of the network now."),
        _("/match shows when the next introductions are and where you stand."),
    )
    return await told(turn, at, member, text)


async def decline(turn: Turn, member_id: int) -> list[Say]:
    """Asks whether to decline, as it cannot be undone."""
    found = await deciding(turn, member_id, "decline")
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
    found = await deciding(turn, member_id, "decline")
    if isinstance(found, list):
        return found
    at, member = found
    await roster.set_state(turn.db, member.id, "declined")
    await at.note(turn, "people.declined", member.code or "")
    text = paragraphs(
        _("Thank you for signing up. The coordinators could not take you in this time."),
        _("Nothing more will be sent to you. /forget erases what you told us."),
    )
    return await told(turn, at, member, text)


async def allow(turn: Turn, member_id: int) -> list[Say]:
    """Who was declined or removed may use a new invitation."""
    found = await deciding(turn, member_id, "allow")
    if isinstance(found, list):
        return found
    at, member = found
    await roster.set_state(turn.db, member.id, "left")
    await at.note(turn, "people.allowed", member.code or "")
    text = _("Done. They can sign up again by a new invitation. They were not told.")
    ways = stacked(button(_("Back"), "people.page", at.network.id, "declined", 0))
    return [turn.say(text, ways, edit=True)]


async def pause(turn: Turn, member_id: int) -> list[Say]:
    """Nobody is suggested to this member until the pause ends."""
    found = await deciding(turn, member_id, "pause")
    if isinstance(found, list):
        return found
    at, member = found
    text = paragraphs(
        _("A coordinator of your side has put your participation on a pause."),
        _("Nobody new is suggested to you meanwhile, and your place in line is kept."),
    )
    others = await away.goes(turn.db, member, None, turn.now, "held")
    await at.note(turn, "people.paused", member.code or "")
    return [*await told(turn, at, member, text), *others]


async def resume(turn: Turn, member_id: int) -> list[Say]:
    """Ends a member's pause."""
    found = await deciding(turn, member_id, "resume")
    if isinstance(found, list):
        return found
    at, member = found
    text = _("Your pause has ended. Welcome back: you are in line for introductions again.")
    met = await away.comes_back(turn.db, member, turn.now)
    await at.note(turn, "people.resumed", member.code or "")
    return [*await told(turn, at, member, text), *await away.back(turn.db, met)]


ROUTES = Routes(
    {},
    {
        "people.show": show,
        "people.approve": approve,
        "people.decline": decline,
        "people.declined": declined,
        "people.allow": allow,
        "people.pause": pause,
        "people.resume": resume,
    },
    right=Right.PEOPLE,
)
