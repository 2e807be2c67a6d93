"""What two people are told of each other when they are proposed: nothing that identifies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.interests import interest
from bot.domain.matching.types import Reasons
from bot.domain.replies import (
    LanguageName,
    Listed,
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


def proposal(
    reasons: Mapping[str, Any],
    answer_by: datetime | None = None,
    *,
    one_of_several: bool = False,
) -> Value:
    """The text of a proposal from a match's reasons, as `domain.matching` gives them."""
    found = shared(Reasons.of(reasons))
    several = _(
        "You said that you could meet more than one person at a time, so there is a message like "
        "this for each. You can say yes to all of them."
    )
    return paragraphs(
        _("There is somebody you could meet. They get the same message about you."),
        lines(*found) if found else None,
        several if one_of_several else None,
        _("You will not see each other's names unless you both say yes."),
        _("Would you like to meet?"),
        None if answer_by is None else _("Please answer by {when}.", when=When(answer_by)),
    )


def shared(reasons: Reasons) -> list[Text]:
    """What two people share, a line each."""
    spoken = Listed(tuple(map(LanguageName, reasons.languages)))
    liked = Listed(tuple(map(interest, reasons.interests)))
    found = [
        reasons.languages and _("• You both speak {languages}.", languages=spoken),
        reasons.interests and _("• You are both interested in {interests}.", interests=liked),
        reasons.terms.get("needs") and _("• What one of you offers is what the other looks for."),
        "online" in reasons.formats and _("• You can both meet online."),
        "in_person" in reasons.formats and _("• You can both meet in person, in the same place."),
        reasons.hours
        and ngettext(
            "• {n} hour a week suits you both.",
            "• {n} hours a week suit you both.",
            reasons.hours,
        ),
        reasons.differ
        and ngettext(
            "• You see {n} of the questions differently, so there is something to talk about.",
            "• You see {n} of the questions differently, so there is much to talk about.",
            reasons.differ,
        ),
    ]
    return [each for each in found if isinstance(each, Text)]


def proposal_say(
    person_id: int,
    match_id: int,
    reasons: Mapping[str, Any],
    answer_by: datetime | None = None,
    *,
    one_of_several: bool = False,
) -> Say:
    """A proposal to one person, with the buttons to answer it."""
    return Say(
        person_id,
        proposal(reasons, answer_by, one_of_several=one_of_several),
        stacked(
            button(_("Yes, I would like to meet"), "match.yes", match_id),
            button(_("No, thank you"), "match.no", match_id),
            button(_("Ask the coordinator"), "match.ask", match_id),
            button(_("Block or report"), "safety.ask", match_id),
        ),
    )
