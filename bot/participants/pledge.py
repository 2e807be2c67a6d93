"""A pledge, to who makes it: offered in words, taken back, given."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.funding import pledge_after, talks
from bot.domain.replies import Say, Text, _, button, paragraphs, stacked
from bot.forms import Flow, start
from bot.participants.joint import NEVER_THROUGH_ME, headed, holders_of, may_give, told
from bot.participants.sure import asked_first
from bot.router import Routes, Turn, go, too_old
from bot.store import needs, networks
from bot.store.needs import Need, Pledge
from bot.store.networks import PRESENT

LONGEST = 500
GONE = _("This need is no longer open. /needs shows the others.")


async def need(turn: Turn, need_id: int) -> list[Say]:
    """An open need, to one who could give."""
    found = await may_give(turn, need_id)
    if found is None:
        return [turn.say(GONE, edit=True)]
    mine = await needs.standing_of(turn.db, need_id, found[1].id)
    free = mine is None and await needs.may_offer(turn.db, need_id, found[1].id)
    text = paragraphs(
        headed(found[0]),
        _("Two people of two sides have confirmed it: it is for what they do together."),
        NEVER_THROUGH_ME,
    )
    ways = stacked(
        button(_("Offer something"), "pledge.new", need_id) if free else None,
        None if mine is None else button(_("What you offered"), "pledge.show", mine.id),
        go(_("Back"), "needs"),
    )
    return [turn.say(text, ways, edit=True)]


async def new(turn: Turn, need_id: int) -> list[Say]:
    """Asks what one would give."""
    found = await may_give(turn, need_id)
    if found is None:
        return [turn.say(GONE, edit=True)]
    if not await needs.may_offer(turn.db, need_id, found[1].id):
        return await need(turn, need_id)
    return await start(turn, OFFER, {"need": need_id})


async def _form(_turn: Turn, _answers: Answers) -> Form:
    ask = _(
        "What would you give, and when? The two who spoke for the need read it, without your "
        "name. You can take it back until you have given it."
    )
    step = Step("words", ask, Words(LONGEST, paragraphs=True), _("Offer"))
    return Form("pledge", asked_first(step), review=False)


async def _offered(turn: Turn, answers: Answers) -> list[Say]:
    found = await may_give(turn, int(answers["need"]))
    if found is None:
        return [turn.say(GONE)]
    of, me = found
    if not await needs.may_offer(turn.db, of.id, me.id):
        return await need(turn, of.id)
    pledge_id = await needs.offer(turn.db, of.id, me.id, str(answers["words"]), turn.now)
    news = _("Somebody offers something that your joint work lacks.")
    way = button(_("Show"), "pledge.held", pledge_id)
    return [*await show(turn, pledge_id), *await told(turn.db, await _ids(turn, of), news, way)]


async def _ids(turn: Turn, of: Need) -> list[int]:
    return [each.id for each in await holders_of(turn.db, of)]


@dataclass(frozen=True, slots=True)
class Given:
    """A pledge of one's own and its need, held."""

    need: Need
    pledge: Pledge


async def own(turn: Turn, pledge_id: int) -> Given | None:
    """A pledge of one's own, if it is one."""
    known = await needs.pledge(turn.db, pledge_id)
    whose = None if known is None else await networks.own(turn.db, turn.me.id, known.member_id)
    if known is None or whose is None or whose.state not in PRESENT:
        return None
    of = await needs.by_id(turn.db, known.need_id, hold=True)
    found = await needs.pledge(turn.db, pledge_id)
    return None if of is None or found is None else Given(of, found)


async def show(turn: Turn, pledge_id: int) -> list[Say]:
    """What one has offered, and what became of it."""
    found = await own(turn, pledge_id)
    return [too_old(turn)] if found is None else [_own(turn, found)]


def _own(turn: Turn, found: Given) -> Say:
    of, pledge = found.need, found.pledge
    text = paragraphs(
        headed(of),
        _("You offered: {words}", words=pledge.text),
        _HINTS.get(pledge.state),
        of.outcome and _("What became of it: {words}", words=of.outcome),
    )
    moves = {"give": _("I have given it"), "drop": _("Take it back")}
    ways = (
        button(label, f"pledge.{move}", pledge.id)
        for move, label in moves.items()
        if pledge_after(pledge.state, move, of.state)
    )
    write = talks(of.state, pledge.state)
    talk = button(_("Write to them"), "pledge.write", pledge.id) if write else None
    return turn.say(text, stacked(*ways, talk, go(_("Back"), "needs")), edit=True)


_HINTS: dict[str, Text] = {
    "offered": _("Both who spoke for the need have to accept it. That is still awaited."),
    "accepted": _(
        "It is accepted. Agree with them on how and when, then tell me once it is given."
    ),
    "given": _("You have given it. They have not confirmed yet that it arrived."),
    "received": _("It arrived. Thank you. You hear what becomes of it."),
    "declined": _("It is not needed after all. Thank you for offering it."),
    "dropped": _("You took it back, and that is all right."),
}


async def give(turn: Turn, pledge_id: int) -> list[Say]:
    """The giver has given it; those who received it are asked."""
    news = _("Somebody says that they have given what they offered. Has it arrived?")
    return await _moved(turn, pledge_id, "give", news)


async def drop(turn: Turn, pledge_id: int) -> list[Say]:
    """The giver takes it back."""
    return await _moved(turn, pledge_id, "drop", _("An offer to your joint work was taken back."))


async def _moved(turn: Turn, pledge_id: int, move: str, news: Text) -> list[Say]:
    found = await own(turn, pledge_id)
    if found is None:
        return [too_old(turn)]
    after = pledge_after(found.pledge.state, move, found.need.state)
    if after is None:
        return [_own(turn, found)]
    await needs.set_pledge(turn.db, pledge_id, after, turn.now)
    way = button(_("Show"), "pledge.held", pledge_id)
    return [
        *await show(turn, pledge_id),
        *await told(turn.db, await _ids(turn, found.need), news, way),
    ]


OFFER = Flow("pledge", _form, _offered)
FLOWS = (OFFER,)
ROUTES = Routes(
    buttons={
        "pledge.need": need,
        "pledge.new": new,
        "pledge.show": show,
        "pledge.give": give,
        "pledge.drop": drop,
    }
)
