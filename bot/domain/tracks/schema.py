"""What a track is: texts, questions, and the shapes its exchanges can have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.domain.exchange import Settled
from bot.domain.matching import Rules
from bot.domain.replies import Text, _

KEPT = "kept"
"""The key of the question for times to keep free; any track may ask it."""


class Use(StrEnum):
    """What the matching makes of an answer."""

    NOTHING = "nothing"
    ANSWER = "answer"  # compared: Rules.same, alike and mixed name its key
    OFFERS = "offers"  # what somebody gives
    NEEDS = "needs"  # what somebody looks for among what others give
    LEADS = "leads"  # "yes": would facilitate or co-lead; asked only where an exchange has leads
    CAPACITY = "capacity"  # a number: how many partners they take at a time
    SIZE = "size"  # a number: how many come; compared in bands, and met by enough room
    ROOM = "room"  # a number: how many can be received


class Ask(StrEnum):
    """How a question is answered."""

    ONE = "one"
    MANY = "many"
    NUMBER = "number"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is asked of who takes part; the answer is kept under `key`.

    `options` map what is stored to what is shown; of a number they are the usual ones, up to `most`
    can be typed. It is asked in `formats` (all, if none are named) and, with `after`, only where an
    earlier answer is (or has) one of those named. A partner is told the answer, once both have said
    yes to each other, if it is `told`.
    """

    key: str
    ask: Text
    label: Text
    kind: Ask
    use: Use = Use.NOTHING
    options: Mapping[str, Text] | None = None
    most: int = 0
    optional: bool = False
    formats: tuple[str, ...] = ()
    after: tuple[str, tuple[str, ...]] | None = None
    told: bool = False

    def applies(self, answers: Mapping[str, Any]) -> bool:
        """Whether it is asked of who gave these answers."""
        if self.after is None:
            return True
        key, wanted = self.after
        given = answers.get(key)
        return any(each in wanted for each in (given if isinstance(given, list) else [given]))


YES_OR_NO: Mapping[str, Text] = {"yes": _("Yes"), "no": _("No")}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question about what came of a match, answered by yes or no.

    A yes to one that is `onward` counts as an onward action: it carried something from those who
    met to others.
    """

    key: str
    ask: Text
    label: Text
    onward: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A shape an exchange can be opened with: its format, what it asks of a match, its cadence.

    `agenda` has the lines of each session, `tasks` what a team may begin with. In what it has:
    needs and pledges (`gives`), questions of opinion to both sides (`pulses`), stories that are
    published, briefs to `observers`, a programme of hosts and guests (`visits`).
    """

    format: str
    name: Text
    about: Text
    rules: Rules = field(default_factory=Rules)
    settled: Settled = field(default_factory=Settled)
    agenda: tuple[tuple[Text, ...], ...] = ()
    tasks: tuple[Text, ...] = ()
    gives: bool = False
    pulses: bool = False
    stories: bool = False
    observers: bool = False
    visits: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """One way in which people of different sides can work together.

    `prompts` has, for each meeting from the first, some openings to choose from; the first is never
    about what divides the sides. After the last the last stays.
    """

    number: int
    name: Text
    about: Text
    templates: tuple[Template, ...]
    prompts: tuple[tuple[Text, ...], ...]
    questions: tuple[Question, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats its exchanges can have."""
        return tuple(each.format for each in self.templates)

    def template(self, shape: str) -> Template:
        """The template of a format; a bare one where the track has none of it."""
        found = {each.format: each for each in self.templates}
        return found.get(shape, Template(shape, self.name, self.about))

    def asked(self, shape: str, *, leads: bool) -> tuple[Question, ...]:
        """The questions of an exchange of this format, with those to who would lead or without."""
        return tuple(
            each
            for each in self.questions
            if (not each.formats or shape in each.formats) and (leads or each.use is not Use.LEADS)
        )

    def prompt(self, meeting: int, match_id: int) -> Text:
        """Something to begin a meeting (counted from 1) of a match with; the same for both."""
        choice = self.prompts[min(meeting, len(self.prompts)) - 1]
        return choice[match_id % len(choice)]
