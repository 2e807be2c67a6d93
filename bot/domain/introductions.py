"""What two people learn of each other once both said yes, and what to begin a meeting with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.matching.types import Reasons
from bot.domain.proposals import shared
from bot.domain.replies import Text, Value, _, lines, paragraphs


def introduction(
    name: Value, reasons: Mapping[str, Any] | None, told: Sequence[Text], opening: Value
) -> Value:
    """The card of a partner: the name they chose, what both share, what they told, an opening."""
    found = [*shared(Reasons.of(reasons or {})), *told]
    return paragraphs(
        _("Your partner is <b>{name}</b>.", name=name),
        lines(*found),
        opening,
    )


def speaks_first(mine: int, other: int, first: int) -> bool:
    """Whether somebody of the side at position `mine` speaks before one of `other`.

    `first` is the position of the side with less power; where it is neither's, the order decides.
    """
    return mine == first if first in (mine, other) else mine < other


def opening(question: Text, meeting: int, *, first: bool) -> Value:
    """What to begin a meeting (counted from 1) with.

    From the second on the side with less power speaks first and the other says what it heard: to be
    heard does more for those with less power, to take their view for those with more (Bruneau &
    Saxe 2012, "The power of being heard").
    """
    if meeting == 1:
        return _("A question to begin with: {question}", question=question)
    order = _("You speak first. Then the other one says in their own words what they heard.")
    if not first:
        order = _("The other one speaks first. Then say in your own words what you heard.")
    return lines(_("A question for your next meeting: {question}", question=question), order)
