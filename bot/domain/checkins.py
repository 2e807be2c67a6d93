"""Questions that are asked of many now and then: what they are, and what came of them.

The instruments are known ones: the feeling thermometer (ANES), generalised trust (the same scale as
the European Social Survey), and the inclusion of other in the self (Aron, 1992).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.broadcasts import language_for
from bot.domain.replies import Plain, Text, Value, _, lines

SPEAK = 4
"""The answer of who would like to speak to somebody."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a question is answered: its options, `width` a row; no options mean own words.

    Somebody should look at an answer that is `urgent`.
    """

    name: Text
    question: Text | None
    options: Mapping[int, Value]
    width: int = 1
    urgent: frozenset[int] = frozenset()
    measures: bool = False


GOING: Mapping[int, Value] = {
    1: _("Well"),
    2: _("Slowly"),
    3: _("Not at all"),
    SPEAK: _("I would like to speak to somebody"),
}
CIRCLES = ("○      ○", "○    ○", "○   ○", "○  ○", "○ ○", "○○", "◎")
"""Two circles, from far apart to one in the other."""

INSTRUMENTS: Mapping[str, Asked] = {
    "warmth": Asked(
        _("Warmth towards the other side"),
        _(
            "How warm do you feel towards the people of the other side? "
            "0 is very cold, 100 is very warm."
        ),
        {value: value for value in range(0, 101, 10)},
        4,
        measures=True,
    ),
    "trust": Asked(
        _("Trust in people"),
        _(
            "Would you say that most people can be trusted (10), "
            "or that one cannot be too careful (0)?"
        ),
        {value: value for value in range(11)},
        4,
        measures=True,
    ),
    "closeness": Asked(
        _("Closeness to the other side"),
        _(
            "One circle is you, the other one is the people of the other side. "
            "Which picture shows best how close you are?"
        ),
        {value: Plain(picture) for value, picture in enumerate(CIRCLES, 1)},
        2,
        measures=True,
    ),
    "going": Asked(_("How it is going"), _("How is it going?"), GOING, 1, frozenset({3, SPEAK})),
    "again": Asked(
        _("Whether they would do it again"),
        _("Would you take part again?"),
        {1: _("Yes"), 2: _("Perhaps"), 3: _("No")},
        3,
    ),
}
PAIR = "pair"
"""What is asked of each in a pair some weeks after they were introduced."""

OWN: Mapping[str, Asked] = {
    "scale": Asked(
        _("From 1 to 5"), None, {value: value for value in range(1, 6)}, 5, measures=True
    ),
    "yes_no": Asked(_("Yes or no"), None, {1: _("Yes"), 0: _("No")}, 2),
    "words": Asked(_("In their own words"), None, {}),
}
KINDS: Mapping[str, Asked] = {
    **INSTRUMENTS,
    **OWN,
    PAIR: Asked(_("How pairs get on"), None, GOING, 1, frozenset({3, SPEAK})),
}
VOLUNTARY = _("It is up to you whether you answer. Nobody on the other side sees it.")


def asked(kind: str, words: Mapping[str, str], language: str) -> Value:
    """What somebody who speaks this language is asked."""
    question = KINDS[kind].question
    if question is not None or not words:
        return question or KINDS[kind].name
    return lines(*words[language_for(words, language)].split("\n"))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answered, what they said on average, and how many gave each answer."""

    people: int
    mean: float
    counts: Mapping[int, int]


def tally(answers: Iterable[int], fewest: int) -> Tally | None:
    """What came of a question; None for fewer than `fewest` answers."""
    found = Counter(answers)
    people = found.total()
    if people < max(1, fewest):
        return None
    mean = sum(value * many for value, many in found.items()) / people
    return Tally(people, round(mean, 1), dict(sorted(found.items())))
