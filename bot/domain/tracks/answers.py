"""What somebody answered when they enrolled, for the matching and for a partner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.replies import Listed, Text, Value, _
from bot.domain.tracks.schema import Outcome, Question, Use

BANDS = (2, 5, 10, 15, 20, 30, 45)
"""Groups of up to so many people are of a size."""


@dataclass(frozen=True, slots=True)
class Matchable:
    """What the matching makes of the answers; `capacity` is None where nobody asked."""

    answers: Mapping[str, str] = field(default_factory=dict)
    offers: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    capacity: int | None = None
    leads: bool = False


def matchable(questions: Iterable[Question], told: Mapping[str, Any]) -> Matchable:
    """Each answer put to its use; what was skipped, or is asked no more, counts for nothing."""
    found = Matchable()
    for each in questions:
        if told.get(each.key) is not None and each.applies(told):
            found = _with(found, each, told[each.key])
    return found


def _with(found: Matchable, question: Question, answer: Any) -> Matchable:
    compared = {**found.answers, question.key: _compared(question, answer)}
    match question.use:
        case Use.ANSWER:
            return replace(found, answers=compared)
        case Use.OFFERS:
            return replace(found, offers=found.offers | _all(answer))
        case Use.NEEDS:
            return replace(found, needs=found.needs | _all(answer))
        case Use.LEADS:
            return replace(found, leads=answer == "yes")
        case Use.CAPACITY:
            return replace(found, capacity=int(answer))
        case Use.SIZE:
            return replace(found, answers=compared, needs=found.needs | {_place(int(answer))})
        case Use.ROOM:
            enough = frozenset(map(_place, range(1, int(answer) + 1)))
            return replace(found, offers=found.offers | enough)
        case _:
            return found


def _all(answer: Any) -> frozenset[str]:
    return frozenset(answer if isinstance(answer, list) else [answer])


def _place(people: int) -> str:
    """Room for so many; who has more room offers each of them."""
    return f"room for {people}"


def _compared(question: Question, answer: Any) -> str:
    if question.use is not Use.SIZE:
        return str(answer)
    return next((f"to {most}" for most in BANDS if int(answer) <= most), "more")


def shown(question: Question, answer: Any) -> Value:
    """An answer as people read it."""
    options = question.options or {}
    if isinstance(answer, list):
        return Listed(tuple(options.get(each, each) for each in answer))
    return options.get(str(answer), str(answer))


def onward(asked: Iterable[Outcome], told: Mapping[str, Any]) -> int:
    """How many onward actions somebody told of."""
    return sum(each.onward and told.get(each.key) == "yes" for each in asked)


def told_of(questions: Iterable[Question], told: Mapping[str, Any]) -> list[Text]:
    """What a partner reads of the answers once both have said yes, a line each."""
    return [
        _("• {label}: {answer}", label=each.label, answer=shown(each, told[each.key]))
        for each in questions
        if each.told and told.get(each.key) and each.applies(told)
    ]
