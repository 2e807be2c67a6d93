"""/activities: what there is to take part in, taking part, and stopping."""

from __future__ import annotations

from bot.domain.replies import (
    Button,
    Command,
    Say,
    Text,
    Value,
    _,
    button,
    lines,
    paragraphs,
    stacked,
)
from bot.domain.tracks import TRACKS
from bot.domain.tracks.answers import shown
from bot.participants.enrol_form import ENROL, MAY_ENROL, Place, ask, place
from bot.router import Routes, Turn, go, too_old
from bot.store import enrolments, exchanges, networks
from bot.store.enrolments import Enrolment

PAGE = 8


async def places(turn: Turn) -> list[Place]:
    """All open exchanges one can take part in, the oldest first."""
    found = [
        Place(each, member)
        for member in await networks.memberships(turn.db, turn.me.id)
        if member.state in MAY_ENROL
        for each in await exchanges.open_in(turn.db, member.network_id)
        if enrolments.open_to(member.role, each)
    ]
    return sorted(found, key=lambda at: at.exchange.id)


async def activities(turn: Turn) -> list[Say]:
    """/activities: what there is."""
    return await page(turn, 0)


async def page(turn: Turn, after: int) -> list[Say]:
    """What there is, after an exchange."""
    found = [each for each in await places(turn) if each.exchange.id > after]
    if not found:
        text = _("There is nothing here that you could take part in. I will write to you.")
        return [turn.say(text, edit=after > 0)]
    some = found[:PAGE]
    there = {
        each.exchange_id
        for member_id in {at.member.id for at in some}
        for each in await enrolments.of_member(turn.db, member_id)
        if each.state != "out"
    }
    told = (_("• <b>{activity}</b>: {about}", activity=at.name, about=_about(at)) for at in some)
    ways = [_named(at, there=at.exchange.id in there) for at in some]
    if len(found) > PAGE:
        ways.append(button(_("More"), "activities.page", some[-1].exchange.id))
    if after:
        ways.append(button(_("Back"), "activities.all"))
    all_of_it = paragraphs(_("<b>What you can take part in</b>"), lines(*told))
    return [turn.say(all_of_it, stacked(*ways), edit=True)]


def _named(at: Place, *, there: bool) -> Button:
    name = _("✓ {option}", option=at.name) if there else at.name
    return button(name, "activities.show", at.exchange.id)


def _about(at: Place) -> Text:
    return TRACKS[at.exchange.track].about


async def show(turn: Turn, exchange_id: int) -> list[Say]:
    """One of them, and where one stands in it."""
    at = await place(turn, exchange_id)
    return [too_old(turn)] if at is None else [await _screen(turn, at)]


async def _screen(turn: Turn, at: Place) -> Say:
    known = await enrolments.of(turn.db, at.member.id, at.exchange.id)
    there = known is not None and known.state != "out"
    told = [] if known is None or not there else _answers(at, known)
    text = paragraphs(
        _("<b>{activity}</b>", activity=at.name),
        _about(at),
        at.exchange.template.about,
        _("You take part here.") if there else _("You do not take part here."),
        lines(*told) if told else None,
    )
    take = button(_("Take part"), "activities.join", at.exchange.id)
    change = button(_("Change my answers"), "activities.join", at.exchange.id)
    shape = at.exchange.template
    ways = stacked(
        None if there else take,
        go(_("Tell a story"), "story") if there and shape.stories else None,
        go(_("Help for joint work"), "needs") if there and shape.gives else None,
        change if there and at.questions else None,
        button(_("Stop taking part here"), "activities.stop", at.exchange.id) if there else None,
        button(_("Back"), "activities.all"),
    )
    return turn.say(text, ways, edit=True)


def _answers(at: Place, known: Enrolment) -> list[Value]:
    told = known.answers or {}
    return [
        _("{label}: {answer}", label=each.label, answer=shown(each, told[each.key]))
        for each in at.questions
        if told.get(each.key) and each.applies(told)
    ]


async def join(turn: Turn, exchange_id: int) -> list[Say]:
    """Takes part, or changes one's answers."""
    at = await place(turn, exchange_id)
    return [too_old(turn)] if at is None else await ask(turn, at)


async def stop(turn: Turn, exchange_id: int) -> list[Say]:
    """Takes part no more; an introduction that is open stays open."""
    at = await place(turn, exchange_id)
    known = None if at is None else await enrolments.of(turn.db, at.member.id, exchange_id)
    if at is None or known is None:
        return [too_old(turn)]
    await enrolments.set_state(turn.db, known.id, "out")
    text = paragraphs(
        _("You no longer take part in <b>{activity}</b>.", activity=at.name),
        _("Nobody new is suggested to you there. What has begun goes on until you end it."),
    )
    ways = stacked(
        button(_("Take part again"), "activities.join", exchange_id),
        button(_("Other activities"), "activities.all"),
    )
    return [turn.say(text, ways, edit=True)]


FLOWS = (ENROL,)
MENU = (Command("activities", _("Choose what to take part in")),)
ROUTES = Routes(
    {"activities": activities},
    {
        "activities.all": activities,
        "activities.page": page,
        "activities.show": show,
        "activities.join": join,
        "activities.stop": stop,
    },
)
