"""What two people learn of each other once both said yes, and what to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.matching.types import Reasons
from bot.domain.proposals import shared
from bot.domain.replies import Text, Value, _, lines, paragraphs


def first_words(match_id: int) -> Text:
    """Something to begin a first conversation with; the same for both, and not the conflict."""
    return (
        _("What could you see from the window of the room you grew up in?"),
        _("Which dish tells most about your family, and who taught you to make it?"),
        _("What is a word in your language that is hard to translate?"),
        _("Who taught you something you still use every day?"),
        _("What does a very good ordinary day look like for you?"),
        _("Which song could you both listen to before you talk, and why that one?"),
        _("What is a place near you that you would show to a guest first?"),
    )[match_id % 7]


def introduction(name: str, reasons: Mapping[str, Any] | None, match_id: int) -> Value:
    """The card of a partner: the name they chose, what both share, a first question."""
    return paragraphs(
        _("Your partner is <b>{name}</b>.", name=name),
        lines(*shared(Reasons.of(reasons or {}))),
        _("A question to begin with: {question}", question=first_words(match_id)),
    )
