"""A question as somebody gets it: its answers, and the ways not to answer."""

from __future__ import annotations

from bot.domain.checkins import KINDS, VOLUNTARY
from bot.domain.replies import Rows, Say, Value, _, button, in_rows, paragraphs, stacked


def question_say(person_id: int, answer_id: int, kind: str, question: Value) -> Say:
    """The question to one person; `answer_id` is the row their answer will be in."""
    return Say(person_id, paragraphs(question, VOLUNTARY), _ways(answer_id, kind))


def _ways(answer_id: int, kind: str) -> Rows:
    of = KINDS[kind]
    answers = (button(text, "check.say", answer_id, value) for value, text in of.options.items())
    words = None if of.options else button(_("Write an answer"), "check.words", answer_id)
    return (
        *in_rows(answers, of.width),
        *stacked(words),
        *stacked(
            button(_("Skip"), "check.skip", answer_id),
            button(_("Do not ask me again"), "check.never", answer_id),
        ),
    )
