"""Two people who are never to be introduced: neither is told, the other side is not told either."""

from __future__ import annotations

from bot.coordinators.desk import Desk, desk, refused
from bot.coordinators.people import named
from bot.coordinators.person import seen
from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.replies import Say, Text, Value, _, button, lines, paragraphs, stacked
from bot.domain.rights import Right
from bot.forms import Flow, start
from bot.router import Routes, Turn, too_old
from bot.store import forbidden, networks, roster
from bot.store.codes import code_of
from bot.store.forbidden import Forbidden
from bot.store.networks import Member

PAGE = 10
OFFERED = 5
"""So many of those somebody was last put together with are offered by their code."""


def called(at: Desk, member: Member | None) -> Value:
    """A member by name where they are of one's own side, by code where not."""
    if member is None:
        return _("somebody who is no longer here")
    if at.sees(member):
        return named(member)
    return member.code or _("somebody of another side")


async def whom(turn: Turn, member_id: int) -> list[Say]:
    """Asks whom somebody is never to be introduced to."""
    found = await seen(turn, member_id)
    if found is None:
        return [refused(turn)]
    last = await roster.partners(turn.db, member_id, OFFERED)
    ways = (button(called(found[0], each), "forbid.ask", member_id, each.id) for each in last)
    text = paragraphs(
        _("Whom should {name} never be introduced to?", name=named(found[1])),
        _("These are the codes of those they were put together with last.") if last else None,
    )
    typed = button(_("Write a code"), "forbid.code", member_id)
    back = button(_("Back"), "people.show", member_id)
    return [turn.say(text, stacked(*ways, typed, back), edit=True)]


async def code(turn: Turn, member_id: int) -> list[Say]:
    """Asks for a code."""
    if await seen(turn, member_id) is None:
        return [refused(turn)]
    return await start(turn, BY_CODE, {"member": member_id})


async def _code_form(_turn: Turn, _answers: Answers) -> Form:
    text = _("Which code? The coordinators of that person's side can tell you.")
    return Form("forbid", (Step("code", text, Words(20), _("Code")),), review=False)


async def _coded(turn: Turn, answers: Answers) -> list[Say]:
    member_id = int(answers["member"])
    found = await seen(turn, member_id)
    if found is None:
        return [refused(turn)]
    at, member = found
    other = await networks.by_code(turn.db, at.network.id, code_of(str(answers["code"])))
    if other is None or other.id == member_id:
        ways = stacked(
            button(_("Try again"), "forbid.code", member_id),
            button(_("Back"), "people.show", member_id),
        )
        return [turn.say(_("Nobody else in this network has that code."), ways)]
    return [_sure(turn, at, member, other)]


def _sure(turn: Turn, at: Desk, member: Member, other: Member) -> Say:
    text = paragraphs(
        _(
            "Never introduce {name} and {other} to each other?",
            name=named(member),
            other=called(at, other),
        ),
        _("Neither of them is told. What goes on between them now does not end by this."),
    )
    ways = stacked(
        button(_("Yes, never"), "forbid.yes", member.id, other.id),
        button(_("No, go back"), "people.show", member.id),
    )
    return turn.say(text, ways, edit=True)


async def _both(turn: Turn, member_id: int, other_id: int) -> tuple[Desk, Member, Member] | Say:
    found = await seen(turn, member_id)
    if found is None:
        return refused(turn)
    other = await networks.member(turn.db, other_id)
    if other is None or other.network_id != found[1].network_id or other_id == member_id:
        return too_old(turn)
    return (*found, other)


async def ask(turn: Turn, member_id: int, other_id: int) -> list[Say]:
    """Asks once more."""
    both = await _both(turn, member_id, other_id)
    return [both] if isinstance(both, Say) else [_sure(turn, *both)]


async def yes(turn: Turn, member_id: int, other_id: int) -> list[Say]:
    """Forbids the two, once."""
    both = await _both(turn, member_id, other_id)
    if isinstance(both, Say):
        return [both]
    at, member, other = both
    await forbidden.add(turn.db, member.id, other.id, at.me, turn.now)
    await at.note(turn, "people.forbidden", member.code or "")
    return [await _list(turn, at, 0, _("Done. The two will not be introduced to each other."))]


async def listed(turn: Turn, network_id: int, after: int) -> list[Say]:
    """Who is never to be introduced, each pair with a button to take it back."""
    at = await desk(turn, network_id, Right.PEOPLE)
    return [refused(turn)] if at is None else [await _list(turn, at, after)]


async def _list(turn: Turn, at: Desk, after: int, news: Text | None = None) -> Say:
    found = await forbidden.of_side(turn.db, at.side.id, after, PAGE + 1)
    shown = found[:PAGE]
    whose = await roster.by_ids(turn.db, {id_ for p in shown for id_ in (p.low_id, p.high_id)})
    told = (_pair(n, at, each, whose) for n, each in enumerate(shown, 1))
    text = paragraphs(
        news,
        _("<b>Never introduced to each other</b>"),
        lines(*told) if shown else _("There is no such pair from your side."),
    )
    ways = (
        button(_("Take back {n}", n=n), "forbid.undo", each.id) for n, each in enumerate(shown, 1)
    )
    args = at.network.id, shown[-1].id if shown else 0
    following = button(_("Next page"), "forbid.list", *args) if len(found) > PAGE else None
    back = button(_("Back"), "people.lists", at.network.id)
    return turn.say(text, stacked(*ways, following, back), edit=True)


def _pair(n: int, at: Desk, pair: Forbidden, whose: dict[int, Member]) -> Text:
    one, other = whose.get(pair.low_id), whose.get(pair.high_id)
    if one is not None and not at.sees(one):
        one, other = other, one
    return _("{n}. {name} and {other}", n=n, name=called(at, one), other=called(at, other))


async def undo(turn: Turn, forbidden_id: int) -> list[Say]:
    """The two may be introduced again, if one's own side forbade it."""
    found = await forbidden.by_id(turn.db, forbidden_id)
    if found is None:
        return [too_old(turn)]
    at = await desk(turn, found.network_id, Right.PEOPLE)
    if at is None:
        return [refused(turn)]
    if found.side_id != at.side.id:
        return [refused(turn)]
    await forbidden.drop(turn.db, found.id)
    own = await roster.by_ids(turn.db, [found.low_id, found.high_id])
    codes = [each.code for each in own.values() if at.sees(each) and each.code]
    await at.note(turn, "people.allowed_again", codes[0] if codes else "")
    return [await _list(turn, at, 0, _("Done. The two may be introduced to each other again."))]


BY_CODE = Flow("forbid", _code_form, _coded)
FLOWS = (BY_CODE,)
ROUTES = Routes(
    {},
    {
        "forbid.whom": whom,
        "forbid.code": code,
        "forbid.ask": ask,
        "forbid.yes": yes,
        "forbid.list": listed,
        "forbid.undo": undo,
    },
    right=Right.PEOPLE,
)
