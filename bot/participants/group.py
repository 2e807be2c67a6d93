"""A place in a circle or team: the answer to it, and what is said of it while others answer."""

from __future__ import annotations

from bot.domain.groups import place_say, shared
from bot.domain.replies import Say, When, _, button, lines, paragraphs, stacked
from bot.participants import group_page
from bot.participants.questions import ask_side
from bot.partners import resting
from bot.router import Routes, Turn, too_old
from bot.seats import NOT_NOW_FIRST, decide
from bot.store import groups, matches
from bot.store.groups import Group
from bot.together import OVER


async def card(turn: Turn, group: Group) -> Say:
    """A circle or team as somebody in it sees it now, with what can be done."""
    if group.match.state == "active":
        return _begun_without(turn) if group.me.out else await group_page.screen(turn, group)
    if group.match.state != "proposed":
        return turn.say(OVER, edit=True)
    if group.me.out:
        return _declined(turn)
    return _waits(turn, group) if group.me.place.taken else _proposed(turn, group)


def _proposed(turn: Turn, group: Group) -> Say:
    match, exchange = group.match, group.exchange
    told = (exchange.format, exchange.settled, match.reasons or {}, match.expires_at)
    return place_say(turn.me.id, match.id, *told, leads=group.me.leads)


def _waits(turn: Turn, group: Group) -> Say:
    found, together = group.match.reasons or {}, group.exchange.format == "circle"
    text = paragraphs(
        _(
            "You said yes. The others can answer until {when}, and I will tell you either way.",
            when=When(group.match.expires_at),
        ),
        lines(*shared(group.exchange.settled, found, together=together)),
    )
    ways = stacked(
        button(_("I have changed my mind"), "group.no", group.match.id),
        button(_("Ask the coordinator"), "group.ask", group.match.id),
    )
    return turn.say(text, ways, edit=True)


def _declined(turn: Turn) -> Say:
    text = _("Thank you for telling us. Your place in line is kept.")
    return turn.say(text, stacked(button(_("Pause for a while"), "pause.menu")), edit=True)


def _begun_without(turn: Turn) -> Say:
    text = _(
        "The group has begun without you, as there was no answer in time. That is all right: "
        "your place in line is kept."
    )
    return turn.say(text, stacked(button(_("Pause for a while"), "pause.menu")), edit=True)


async def show(turn: Turn, match_id: int) -> list[Say]:
    """A circle or team as it stands now."""
    group = await groups.of(turn.db, turn.me.id, match_id, out=True)
    if group is None or group.me.said.answer == "left":
        return [too_old(turn)]
    said = await card(turn, group)
    return [turn.say(said.text, said.buttons, edit=True)]


async def _to_answer(turn: Turn, match_id: int) -> Group | list[Say]:
    """The proposal, held, if it can still be answered; else what to say instead."""
    group = await groups.of(turn.db, turn.me.id, match_id, hold=True, out=True)
    if group is None or group.me.said.answer == "left":
        return [too_old(turn)]
    if group.match.state != "proposed" or group.me.out:
        return [await card(turn, group)]
    if group.me.member.state != "active":
        return [turn.say(resting(group.me.member))]
    return group


async def yes(turn: Turn, match_id: int) -> list[Say]:
    """Takes the place; once everybody has answered, the group begins or not."""
    group = await _to_answer(turn, match_id)
    if isinstance(group, list):
        return group
    if group.me.place.open:
        await matches.set_answer(turn.db, group.me.id, "yes", turn.now)
    return await _decided(turn, match_id)


async def _decided(turn: Turn, match_id: int) -> list[Say]:
    group = await groups.of(turn.db, turn.me.id, match_id, hold=True)
    if group is None:
        return [too_old(turn)]
    if await decide(turn.db, group, turn.now, skip=group.me.person.id) == "ends":
        return [turn.say(NOT_NOW_FIRST, edit=True)]
    return await show(turn, match_id)


async def no(turn: Turn, match_id: int) -> list[Say]:
    """Asks once: a no cannot be taken back."""
    group = await _to_answer(turn, match_id)
    if isinstance(group, list):
        return group
    text = _("That is all right. The others are not told who said no. Are you sure?")
    ways = stacked(
        button(_("Yes, I do not take the place"), "group.sure", match_id),
        button(_("Back"), "group.show", match_id),
    )
    return [turn.say(text, ways, edit=True)]


async def sure(turn: Turn, match_id: int) -> list[Say]:
    """Declines; the others may still be enough."""
    group = await _to_answer(turn, match_id)
    if isinstance(group, list):
        return group
    await groups.turn_down(turn.db, group, turn.now)
    if rest := await groups.held(turn.db, match_id):
        await decide(turn.db, rest, turn.now)
    return [_declined(turn)]


async def ask(turn: Turn, match_id: int) -> list[Say]:
    """Asks for a question to the coordinators of one's side."""
    group = await groups.of(turn.db, turn.me.id, match_id, out=True)
    return [too_old(turn)] if group is None else await ask_side(turn, group.me.member.id)


ROUTES = Routes(
    buttons={
        "group.show": show,
        "group.yes": yes,
        "group.no": no,
        "group.sure": sure,
        "group.ask": ask,
    }
)
