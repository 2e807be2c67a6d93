"""What several tracks share."""

from __future__ import annotations

from bot.domain.replies import Text, _
from bot.domain.tracks.schema import YES_OR_NO, Ask, Outcome, Question, Use

FIRST: tuple[Text, ...] = (
    _("What could you see from the window of the room you grew up in?"),
    _("Which dish tells most about your family, and who taught you to make it?"),
    _("What is a word in your language that is hard to translate?"),
    _("Who taught you something you still use every day?"),
    _("What does a very good ordinary day look like for you?"),
    _("Which song could you both listen to before you talk, and why that one?"),
    _("What is a place near you that you would show to a guest first?"),
)
"""Openings of a first meeting between people who are strangers to each other."""

LEAD = Question(
    "lead",
    _(
        "Each group has somebody from each side who opens the meetings and sees that all are "
        "heard. Would you do that, if asked?"
    ),
    _("Help to lead"),
    Ask.ONE,
    Use.LEADS,
    YES_OR_NO,
)

TOLD = Outcome(
    "told",
    _("Have you told family or friends about these meetings?"),
    _("Told family or friends"),
    onward=True,
)

BROUGHT = Outcome(
    "brought",
    _("Has somebody else joined in because of you?"),
    _("Brought others in"),
    onward=True,
)

CHANGED = Outcome(
    "changed",
    _("Do you see anything differently since you met?"),
    _("See something differently"),
)
