"""Needs of joint work and pledges to them: what may follow on what.

A need is proposed by somebody in the work, open once one of another side confirmed it, met, closed.
A pledge is offered, accepted by both of those two, given, received; or declined, or dropped by who
made it. Money and things never pass through the bot.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.domain.replies import Text, _

SORTS: Mapping[str, Text] = {
    "money": _("Money"),
    "things": _("Things"),
    "time": _("Time to give"),
    "place": _("A place"),
}
"""What can be needed; as the questions of those who give have it."""

OFFERS = 3
"""So many times somebody can offer something to the same need."""

HOLDERS = 2
"""So many speak for a need, each of another side: who told it and who confirmed it."""

NOT_NEEDED = _("Something you offered is no longer needed. Thank you for offering it.")

STANDING = ("offered", "accepted", "given")
"""The states of a pledge of which something is to come."""

_NEED = {
    ("proposed", "confirm"): "open",
    ("open", "confirm"): "open",
    ("proposed", "drop"): "closed",
    ("open", "drop"): "closed",
    ("met", "drop"): "closed",
    ("open", "enough"): "met",
    ("open", "tell"): "closed",
    ("met", "tell"): "closed",
}
_PLEDGE = {
    ("offered", "accept"): "accepted",
    ("offered", "decline"): "declined",
    ("accepted", "decline"): "declined",
    ("offered", "drop"): "dropped",
    ("accepted", "drop"): "dropped",
    ("accepted", "give"): "given",
    ("given", "receive"): "received",
}


def need_after(need: str, move: str, pledges: Collection[str]) -> str | None:
    """The state of a need after a move of its holders, None where that can't be.

    It is dropped only while nothing was given, and what became of it is told only once something
    was received and nothing is on its way. `pledges` are the states of those made to it.
    """
    if move == "drop" and not {"given", "received"}.isdisjoint(pledges):
        return None
    if move == "tell" and ("received" not in pledges or "given" in pledges):
        return None
    return _NEED.get((need, move))


def pledge_after(
    pledge: str, move: str, need: str, holders: Collection[int] = (), agreed: Collection[int] = ()
) -> str | None:
    """The state of a pledge after a move, None where that can't be.

    `holders` are the sides of the need's holders, `agreed` those that have accepted it by now: only
    both together can. Nothing follows once the need is closed.
    """
    if need not in ("open", "met") or (move == "accept" and need != "open"):
        return None
    if move == "accept" and pledge == "offered" and not _by_both(holders, agreed):
        return "offered"
    return _PLEDGE.get((pledge, move))


def _by_both(holders: Collection[int], agreed: Collection[int]) -> bool:
    return len(set(holders)) == HOLDERS and set(holders) <= set(agreed)


def talks(need: str, pledge: str) -> bool:
    """Whether those of a pledge may write to each other: there is something to hand over."""
    return need in ("open", "met") and pledge in ("accepted", "given")


def may_offer(before: Sequence[str]) -> bool:
    """Whether somebody may offer something, whose pledges to the same need are in these states."""
    several = len(before) >= OFFERS
    return not several and "declined" not in before and not {*before} & {*STANDING}


def may_confirm(need: str, holders: Collection[int], side_id: int) -> bool:
    """Whether somebody of this side may confirm it: a holder, who is of another side, lacks one.

    Where a holder has left, another one takes their place so.
    """
    few = 0 < len(holders) < HOLDERS
    return need in ("proposed", "open") and few and side_id not in holders
