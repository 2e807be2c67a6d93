"""What a coordinator sees of a round before it takes place: names of their own side only."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta

from bot.coordinators.checked import fallen, many
from bot.coordinators.desk import Desk
from bot.coordinators.draft import RESTS, Draft, plan
from bot.coordinators.people import named
from bot.coordinators.preview_groups import PAGE, found_line, own_groups, seated_lines, turns
from bot.domain.exchange import GROUPED
from bot.domain.matching import Certificate
from bot.domain.replies import (
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
from bot.domain.rounds import helps, why_left
from bot.router import Turn
from bot.store import drafts, freezes, networks, rounds
from bot.store.networks import Side

SHOWN = 10
CHECKED_AT_ONCE = 40
"""So many pairs are looked at again before a preview is shown; more of them just after it."""

FRESH = timedelta(minutes=1)
OLD = timedelta(days=1)


async def view(turn: Turn, draft: Draft, news: Text | None = None, page: int = 0) -> Say:
    """The preview as one side may see it; of groups, a `page` (from 0) of them."""
    rests = await freezes.frozen(turn.db, draft.at.network.id)
    if not rests:
        await _check(turn, draft)
    found = await many(turn.db, draft.exchange, draft.round.id)
    page = min(page, max(0, found - 1) // PAGE)
    sides = await networks.sides_of(turn.db, draft.at.network.id)
    approved = await rounds.approved_by(turn.db, draft.round.id)
    text = paragraphs(
        news,
        RESTS if rests else None,
        _("<b>A round of introductions in {network}</b>", network=draft.at.network.name),
        _result(draft, found),
        _waiting_lines(draft, sides),
        await (own_groups(turn, draft, page) if _grouped(draft) else _own_pairs(turn, draft)),
        await _own_left(turn, draft),
        _others_left(draft),
        *_warnings(turn, draft, draft.round.result[_kind(draft)] - found),
        _approvals(draft.at, sides, approved),
    )
    turning = turns(draft, page, found) if _grouped(draft) else ()
    return turn.say(text, (*in_rows(turning, 2), *_ways(draft, approved)), edit=True)


def _grouped(draft: Draft) -> bool:
    return draft.exchange.format in GROUPED


def _kind(draft: Draft) -> str:
    return "groups" if _grouped(draft) else "pairs"


def _result(draft: Draft, found: int) -> Value:
    """How many pairs or groups there would be, and how good that is."""
    if _grouped(draft):
        shape = draft.exchange.format, draft.exchange.settled
        return lines(found_line(*shape, found), *seated_lines(draft))
    pairs = ngettext("{n} pair can be introduced.", "{n} pairs can be introduced.", found)
    return lines(pairs, *_proven(draft))


async def _check(turn: Turn, draft: Draft) -> None:
    """Leaves out what no longer holds; of a large round that is done afterwards, in steps."""
    db, found, exchange = turn.db, draft.round, draft.exchange
    if await many(db, exchange, found.id) <= CHECKED_AT_ONCE:
        await fallen(db, exchange, found.id, CHECKED_AT_ONCE, turn.now)
    elif found.checked_at and turn.now - found.checked_at > FRESH:
        await rounds.set_checked(db, found.id, None)


def _proven(draft: Draft) -> list[Text]:
    """How good the round is, as the matching proved it."""
    proof = Certificate(**draft.round.result["certificate"])
    told = []
    everybody = proof.people == proof.most_people
    if proof.share == 1 and everybody and proof.people:
        told.append(_("No better round is possible: that is proven."))
    elif proof.people:
        share = math.floor(proof.share * 1000) / 10
        told.append(
            _("Proven: of the best possible, this round reaches at least {share}%.", share=share)
        )
    if everybody and sum(draft.round.result["left"].values()):
        told.append(_("Nobody more could be given a partner: that is proven."))
    return told


def _waiting_lines(draft: Draft, sides: Sequence[Side]) -> Value:
    many = draft.round.result["people"]
    return lines(
        *(
            ngettext(
                "{side}: {n} person waiting",
                "{side}: {n} people waiting",
                many.get(str(each.id), 0),
                side=each.name,
            )
            for each in sides
        )
    )


async def _own_pairs(turn: Turn, draft: Draft) -> Value | None:
    """Own people who would be introduced, and how well it fits; never the other one's name."""
    found, side_id = draft.round, draft.at.side.id
    told = [
        ngettext(
            "• {name}: {n} hour in common, fit {score}%",
            "• {name}: {n} hours in common, fit {score}%",
            pair.reasons["hours"],
            name=named(member),
            score=pair.reasons["score"] // 10,
        )
        for pair, member in await drafts.of_side(turn.db, found.id, side_id, SHOWN)
    ]
    fallen = await drafts.fallen_of_side(turn.db, found.id, side_id)
    many = found.result["own"].get(str(side_id), 0) - fallen
    return _list(_("<b>Introduced, of your side</b>"), told, many - len(told))


async def _own_left(turn: Turn, draft: Draft) -> Value | None:
    found, side = draft.round, draft.at.side
    told = []
    for left, member in await drafts.left_of_side(turn.db, found.id, side.id, SHOWN):
        why = why_left(left.told)
        more = helps(left.told)
        told.append(
            _("• {name}: {why}. {helps}", name=named(member), why=why, helps=more)
            if more
            else _("• {name}: {why}", name=named(member), why=why)
        )
    many = found.result["left"].get(str(side.id), 0)
    return _list(_("<b>Left waiting, of your side</b>"), told, many - len(told))


def _others_left(draft: Draft) -> Text | None:
    own = str(draft.at.side.id)
    left = sum(many for side, many in draft.round.result["left"].items() if side != own)
    if not left:
        return None
    return ngettext(
        "{n} person of another side is left waiting.",
        "{n} people of other sides are left waiting.",
        left,
    )


def _list(head: Text, told: Sequence[Text], more: int) -> Value | None:
    last = ngettext("and {n} more", "and {n} more", more) if more > 0 else None
    return lines(head, *told, last) if told else None


def _warnings(turn: Turn, draft: Draft, dropped: int) -> list[Text]:
    told = []
    if dropped:
        told.append(_dropped(draft, dropped))
    if turn.now - draft.round.created_at > OLD:
        when = When(draft.round.created_at)
        told.append(_("⚠ This preview is from {when}. A new one may be better.", when=when))
    return told


def _dropped(draft: Draft, many: int) -> Text:
    if _grouped(draft):
        return ngettext(
            "⚠ {n} group no longer fits, as somebody paused, left or changed their answers. "
            "It will not begin.",
            "⚠ {n} groups no longer fit, as somebody paused, left or changed their answers. "
            "They will not begin.",
            many,
        )
    return ngettext(
        "⚠ {n} pair no longer fits, as somebody paused, left or changed their answers. "
        "It will not be introduced.",
        "⚠ {n} pairs no longer fit, as somebody paused, left or changed their answers. "
        "They will not be introduced.",
        many,
    )


def _approvals(at: Desk, sides: Sequence[Side], approved: set[int]) -> Value | None:
    if not at.network.joint_rounds:
        return None
    return lines(
        _("The coordinators of every side approve a round:"),
        *(
            _("✓ {side}: approved", side=each.name)
            if each.id in approved
            else _("• {side}: not yet", side=each.name)
            for each in sides
        ),
    )


def _ways(draft: Draft, approved: set[int]) -> Rows:
    mine = draft.at.side.id in approved
    helpful = sum(draft.round.result["left"].values()) and not _grouped(draft)
    how = _("How groups are chosen") if _grouped(draft) else _("How pairs are chosen")
    return stacked(
        None if mine else button(_("Approve"), "round.approve", draft.round.id),
        button(how, "round.how", draft.round.id),
        button(_("What would help"), "round.what_if", draft.round.id) if helpful else None,
        plan(draft),
        button(_("Make a new preview"), "round.again", draft.round.id),
        button(_("Cancel this round"), "round.cancel", draft.round.id),
    )
