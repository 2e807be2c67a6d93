"""A pledge, to the two who speak for the need: accepted by both, received, or declined."""

from __future__ import annotations

from bot.domain.funding import pledge_after, talks
from bot.domain.replies import Say, Text, _, button, paragraphs, stacked
from bot.participants.joint import NEVER_THROUGH_ME, PLEDGES, Joint, headed, in_work, told, without
from bot.participants.need import card
from bot.router import Routes, Turn, too_old
from bot.store import agreements, needs
from bot.store.needs import AGREED, Pledge


async def theirs(turn: Turn, pledge_id: int) -> tuple[Joint, Pledge] | list[Say]:
    """A pledge to a need one speaks for; else what to say instead."""
    known = await needs.pledge(turn.db, pledge_id)
    at = [too_old(turn)] if known is None else await in_work(turn, known.need_id)
    if isinstance(at, list):
        return at
    found = [each for each in at.pledges if each.id == pledge_id]
    return (at, found[0]) if at.holds and found else [card(turn, at)]


async def held(turn: Turn, pledge_id: int) -> list[Say]:
    """A pledge, to one of the two who speak for the need."""
    found = await theirs(turn, pledge_id)
    return found if isinstance(found, list) else [await _offer(turn, *found)]


async def _offer(turn: Turn, at: Joint, pledge: Pledge) -> Say:
    agreed = await agreements.sides_of(turn.db, AGREED, pledge.id)
    mine = at.me.side_id in agreed
    text = paragraphs(
        headed(at.need),
        _("Offered: {words} ({state})", words=pledge.text, state=PLEDGES[pledge.state]),
        _("You have accepted it; the other of you two has not yet.")
        if mine and pledge.state == "offered"
        else None,
        NEVER_THROUGH_ME,
    )
    moves = {
        **({} if mine else {"accept": _("Accept it")}),
        "receive": _("It arrived"),
        "decline": _("Decline it kindly"),
    }
    ways = (
        button(label, f"pledge.{move}", pledge.id)
        for move, label in moves.items()
        if pledge_after(pledge.state, move, at.need.state, at.sides)
    )
    write = talks(at.need.state, pledge.state)
    talk = button(_("Write to the giver"), "pledge.write", pledge.id) if write else None
    back = button(_("Back"), "need.show", at.need.id)
    return turn.say(text, stacked(*ways, talk, back), edit=True)


async def accept(turn: Turn, pledge_id: int) -> list[Say]:
    """One of the two accepts it; it is accepted once both have."""
    found = await theirs(turn, pledge_id)
    if isinstance(found, list):
        return found
    at, pledge = found
    if pledge_after(pledge.state, "accept", at.need.state) is None:
        return [await _offer(turn, at, pledge)]
    mine = at.me.side_id, at.me.id
    before = await agreements.sides_of(turn.db, AGREED, pledge_id)
    await agreements.agree(turn.db, AGREED, pledge_id, *mine, turn.now)
    agreed = {*before, at.me.side_id}
    if pledge_after(pledge.state, "accept", at.need.state, at.sides, agreed) == "accepted":
        return await _taken(turn, pledge, "accepted", _("What you offered is accepted."))
    ask = _("An offer to your joint work waits for your word, too.")
    way = button(_("Show"), "pledge.held", pledge_id)
    others = [] if at.me.side_id in before else without(at.holders, at.me)
    return [*await held(turn, pledge_id), *await told(turn.db, others, ask, way)]


async def receive(turn: Turn, pledge_id: int) -> list[Say]:
    """It arrived."""
    return await _answered(turn, pledge_id, "receive", _("What you gave has arrived. Thank you."))


async def decline(turn: Turn, pledge_id: int) -> list[Say]:
    """It is not needed."""
    news = _("Something you offered is not needed after all. Thank you for offering it.")
    return await _answered(turn, pledge_id, "decline", news)


async def _answered(turn: Turn, pledge_id: int, move: str, news: Text) -> list[Say]:
    found = await theirs(turn, pledge_id)
    if isinstance(found, list):
        return found
    at, pledge = found
    after = pledge_after(pledge.state, move, at.need.state)
    if after is None:
        return [await _offer(turn, at, pledge)]
    return await _taken(turn, pledge, after, news)


async def _taken(turn: Turn, pledge: Pledge, state: str, news: Text) -> list[Say]:
    """What the two decided of a pledge; its giver hears of it."""
    await needs.set_pledge(turn.db, pledge.id, state, turn.now)
    way = button(_("Show"), "pledge.show", pledge.id)
    giver = await told(turn.db, [pledge.member_id], news, way)
    return [*await held(turn, pledge.id), *giver]


ROUTES = Routes(
    buttons={
        "pledge.held": held,
        "pledge.accept": accept,
        "pledge.receive": receive,
        "pledge.decline": decline,
    }
)
