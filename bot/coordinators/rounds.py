"""/round: asked for by a coordinator, looked at as a preview, and approved by every side."""

from __future__ import annotations

from datetime import timedelta

from bot.coordinators.checked import many
from bot.coordinators.desk import Desk, choose, desk, refused
from bot.coordinators.draft import OVER, RESTS, Draft, held, looked_at, looking
from bot.coordinators.how import back, chosen, groups_chosen
from bot.coordinators.preview import view
from bot.domain.exchange import GROUPED, MATCHED
from bot.domain.replies import Command, Say, Text, _, button, ngettext, paragraphs, stacked
from bot.domain.rights import Right
from bot.domain.tracks import title
from bot.router import Routes, Turn, too_old
from bot.store import exchanges, freezes, line, networks, roster, rounds
from bot.store.networks import Side
from bot.store.rounds import OPEN, Round


async def round_(turn: Turn) -> list[Say]:
    """/round: of which network, then how its round stands, or a new one."""
    return await choose(turn, _("Which network?"), "round.of", _begin, Right.ROUNDS)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """A network's round."""
    at = await desk(turn, network_id, Right.ROUNDS)
    return [refused(turn)] if at is None else await _begin(turn, at)


async def _begin(turn: Turn, at: Desk) -> list[Say]:
    found = [
        each for each in await exchanges.open_in(turn.db, at.network.id) if each.format in MATCHED
    ]
    if len(found) == 1:
        return await _open(turn, at, found[0].id)
    if not found:
        return [turn.say(_("This network has no introductions at the moment."))]
    ways = (
        button(title(each.name, each.track, each.format), "round.in", each.id) for each in found
    )
    return [turn.say(_("Which activity?"), stacked(*ways), edit=True)]


async def within(turn: Turn, exchange_id: int) -> list[Say]:
    """An exchange's round."""
    found = await exchanges.by_id(turn.db, exchange_id)
    at = None if found is None else await desk(turn, found.network_id, Right.ROUNDS)
    return [refused(turn)] if at is None else await _open(turn, at, exchange_id)


async def _open(turn: Turn, at: Desk, exchange_id: int, *, anew: bool = False) -> list[Say]:
    """The round there is, or a new one, if anybody waits."""
    exchange = await exchanges.locked(turn.db, exchange_id)
    if exchange is None or exchange.state != "open":
        return [too_old(turn)]
    found = None if anew else await rounds.latest(turn.db, exchange.id, *OPEN)
    if found is None and await freezes.frozen(turn.db, at.network.id):
        return [turn.say(RESTS, edit=True)]
    if found is None and await line.anybody(turn.db, exchange.id):
        round_id = await rounds.ask(turn.db, exchange.id, turn.now, at.me.id)
        await at.note(turn, "rounds.asked", str(exchange.id))
        found = await rounds.by_id(turn.db, round_id)
    if found is None:
        text = _("Nobody is waiting at the moment, so there is nobody to introduce.")
        ways = stacked(button(_("Plan it for a day"), "schedule.round", exchange.id))
        return [turn.say(text, ways, edit=True)]
    return [await _seen(turn, Draft(at, exchange, found))]


async def as_it_stands(turn: Turn, draft: Draft, news: Text | None = None) -> Say:
    """How far the matching is, the preview, or that the round takes place."""
    if draft.round.state == "approved":
        return turn.say(OVER["approved"], edit=True)
    if draft.round.state == "matching":
        return looking(turn, draft)
    return await view(turn, draft, news)


async def _seen(turn: Turn, draft: Draft, news: Text | None = None) -> Say:
    return await looked_at(turn, draft.round, await as_it_stands(turn, draft, news))


async def show(turn: Turn, round_id: int) -> list[Say]:
    """The preview, for a coordinator who was asked to approve it."""
    draft = await held(turn, round_id, *OPEN)
    return draft if isinstance(draft, list) else [await _seen(turn, draft)]


async def page(turn: Turn, round_id: int, number: int) -> list[Say]:
    """Another page (from 0) of the groups of the preview."""
    draft = await held(turn, round_id, *OPEN)
    if isinstance(draft, list):
        return draft
    if draft.round.state != "draft":
        return [await _seen(turn, draft)]
    said = await view(turn, draft, page=min(number, 10_000))
    return [await looked_at(turn, draft.round, said)]


async def how(turn: Turn, round_id: int) -> list[Say]:
    """How the pairs or groups of this round were chosen."""
    draft = await held(turn, round_id, "draft")
    if isinstance(draft, list):
        return draft
    rules, grouped = draft.exchange.asks, draft.exchange.format in GROUPED
    text = groups_chosen(rules, draft.exchange.settled) if grouped else chosen(rules)
    return [turn.say(text, back(round_id), edit=True)]


async def again(turn: Turn, round_id: int) -> list[Say]:
    """A new preview in place of this one; approvals begin anew."""
    draft = await held(turn, round_id, "draft")
    if isinstance(draft, list):
        return draft
    return await _open(turn, draft.at, draft.exchange.id, anew=True)


async def cancel(turn: Turn, round_id: int) -> list[Say]:
    """Nobody is introduced now; everybody keeps their place."""
    draft = await held(turn, round_id, "matching", "draft")
    if isinstance(draft, list):
        return draft
    await rounds.set_state(turn.db, draft.round.id, "cancelled")
    await draft.at.note(turn, "rounds.cancelled", str(draft.exchange.id))
    return [turn.say(OVER["cancelled"], edit=True)]


async def approve(turn: Turn, round_id: int) -> list[Say]:
    """Approves for one's own side; the last approval needed starts the round."""
    draft = await held(turn, round_id, "draft")
    if isinstance(draft, list):
        return draft
    db, at = turn.db, draft.at
    approved = await rounds.approve(db, round_id, at.side.id, at.me.id, turn.now)
    await at.note(turn, "rounds.approved", str(draft.exchange.id))
    sides = await networks.sides_of(db, at.network.id)
    missing = [each for each in sides if at.network.joint_rounds and each.id not in approved]
    if missing:
        return await _ask_others(turn, draft, missing)
    await rounds.begin(db, draft.round, turn.now)
    next_at = turn.now + timedelta(days=draft.exchange.settled.round_days)
    await rounds.set_next(db, draft.exchange.id, next_at)
    return [await _begins(turn, draft)]


async def _begins(turn: Turn, draft: Draft) -> Say:
    found = await many(turn.db, draft.exchange, draft.round.id)
    begins = ngettext(
        "The round begins: {n} pair is asked now.",
        "The round begins: {n} pairs are asked now, one after the other.",
        found,
    )
    if draft.exchange.format in GROUPED:
        begins = ngettext(
            "The round begins: the people of {n} group are asked now.",
            "The round begins: the people of {n} groups are asked now, one after the other.",
            found,
        )
    return turn.say(paragraphs(begins, _("You hear from me when it is done.")), edit=True)


async def _ask_others(turn: Turn, draft: Draft, missing: list[Side]) -> list[Say]:
    asked: list[Say] = []
    alone: list[Side] = []
    for each in missing:
        staff = await roster.coordinators(turn.db, each.id)
        asked += [_asked(member.person_id, draft.round) for member in staff]
        if not staff:
            alone.append(each)
    news = _("You have approved. The round starts when the other coordinators have, too.")
    if alone:
        news = _(
            "You have approved. {side} has no coordinator yet who could: /invite makes a link.",
            side=alone[0].name,
        )
    return [await _seen(turn, draft, news), *asked]


def _asked(person_id: int, found: Round) -> Say:
    text = _("A round of introductions is waiting for your approval.")
    said = Say(person_id, text, stacked(button(_("Show it"), "round.show", found.id)))
    return said.with_key(f"round:{found.id}:{person_id}")


MENU = (Command("round", _("Start a round of introductions"), for_coordinators=True),)
ROUTES = Routes(
    {"round": round_},
    {
        "round.of": of,
        "round.in": within,
        "round.show": show,
        "round.page": page,
        "round.how": how,
        "round.again": again,
        "round.cancel": cancel,
        "round.approve": approve,
    },
    right=Right.ROUNDS,
)
