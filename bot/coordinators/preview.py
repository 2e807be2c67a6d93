"""What a coordinator sees of a round before it takes place: names of their own side only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.coordinators.conduct import Waiting, holding
from bot.coordinators.desk import Desk
from bot.coordinators.people import named
from bot.domain.matching import Why
from bot.domain.replies import (
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
from bot.domain.rounds import WHYS
from bot.router import Turn
from bot.store import networks, rounds
from bot.store.exchanges import Exchange
from bot.store.networks import Side
from bot.store.rounds import Round

SHOWN = 10
OLD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Draft:
    """A preview at somebody's desk, the exchange held."""

    at: Desk
    exchange: Exchange
    round: Round


async def view(turn: Turn, draft: Draft, news: Text | None = None) -> Say:
    """The preview as one side may see it."""
    result = draft.round.result
    waiting, good = await holding(turn.db, draft.exchange, result, turn.now)
    sides = await networks.sides_of(turn.db, draft.at.network.id)
    approved = await rounds.approved_by(turn.db, draft.round.id)
    text = paragraphs(
        news,
        _("<b>A round of introductions in {network}</b>", network=draft.at.network.name),
        ngettext("{n} pair can be introduced.", "{n} pairs can be introduced.", len(good)),
        _waiting_lines(waiting, sides),
        _own_pairs(draft.at, waiting, good),
        _own_left(draft.at, waiting, result),
        _others_left(draft.at, waiting, good),
        *_warnings(turn, draft, len(result["pairs"]) - len(good)),
        _approvals(draft.at, sides, approved),
    )
    return turn.say(text, _ways(draft, approved), edit=True)


def _waiting_lines(waiting: Waiting, sides: Iterable[Side]) -> Value:
    many = Counter(member.side_id for _enrolment, member in waiting)
    return lines(
        *(
            ngettext(
                "{side}: {n} person waiting",
                "{side}: {n} people waiting",
                many[each.id],
                side=each.name,
            )
            for each in sides
        )
    )


def _own_pairs(at: Desk, waiting: Waiting, good: list[dict[str, Any]]) -> Value | None:
    """Own people who would be introduced, and how well it fits; never the other one's name."""
    fits = {id_: each["reasons"] for each in good for id_ in (each["one"], each["other"])}
    told = [
        ngettext(
            "• {name}: {n} hour in common, fit {score}%",
            "• {name}: {n} hours in common, fit {score}%",
            fits[member.id]["hours"],
            name=named(member),
            score=fits[member.id]["score"] // 10,
        )
        for _enrolment, member in waiting
        if at.sees(member) and member.id in fits
    ]
    return _list(_("<b>Introduced, of your side</b>"), told)


def _own_left(at: Desk, waiting: Waiting, result: dict[str, Any]) -> Value | None:
    whys = {each["member"]: Why(each["why"]) for each in result["left_out"]}
    told = [
        _("• {name}: {why}", name=named(member), why=WHYS[whys[member.id]])
        for _enrolment, member in waiting
        if at.sees(member) and member.id in whys
    ]
    return _list(_("<b>Left waiting, of your side</b>"), told)


def _others_left(at: Desk, waiting: Waiting, good: list[dict[str, Any]]) -> Text | None:
    paired = {id_ for each in good for id_ in (each["one"], each["other"])}
    left = sum(not at.sees(member) and member.id not in paired for _enrolment, member in waiting)
    if not left:
        return None
    return ngettext(
        "{n} person of another side is left waiting.",
        "{n} people of other sides are left waiting.",
        left,
    )


def _list(head: Text, told: list[Text]) -> Value | None:
    more = len(told) - SHOWN
    last = ngettext("and {n} more", "and {n} more", more) if more > 0 else None
    return lines(head, *told[:SHOWN], last) if told else None


def _warnings(turn: Turn, draft: Draft, dropped: int) -> list[Text]:
    told = []
    if dropped:
        told.append(
            ngettext(
                "⚠ {n} pair no longer fits, as somebody paused, left or changed their answers. "
                "It will not be introduced.",
                "⚠ {n} pairs no longer fit, as somebody paused, left or changed their answers. "
                "They will not be introduced.",
                dropped,
            )
        )
    if turn.now - draft.round.created_at > OLD:
        when = When(draft.round.created_at)
        told.append(_("⚠ This preview is from {when}. A new one may be better.", when=when))
    return told


def _approvals(at: Desk, sides: Iterable[Side], approved: set[int]) -> Value | None:
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
    return stacked(
        None if mine else button(_("Approve"), "round.approve", draft.round.id),
        button(_("Make a new preview"), "round.again", draft.round.id),
        button(_("Cancel this round"), "round.cancel", draft.round.id),
    )
