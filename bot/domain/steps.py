"""What a form is made of: its steps, where a person is in it, and what they can do to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.domain.fields import Draft, Kind
from bot.domain.parcels import Parcel
from bot.domain.replies import Rows, Text, Value, _

ACTION = "form"
"""The action of every button of a form; its args are the state's `visit` and what was tapped."""

REVIEW = ""
"""The key of the review, which is no step."""

Answers: TypeAlias = Mapping[str, Any]
"""Answers by their step's key, as JSON; None is skipped. Other keys are carried along."""


def _always(_answers: Answers) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """One question. `label` names the answer in the review; `when` says whether it is asked.

    What is asked and its `kind` may depend on the answers so far. Another answer to this question
    has those to `renews` forgotten, so that they are asked anew.
    """

    key: str
    ask: Value | Callable[[Answers], Value]
    kind: Kind | Callable[[Answers], Kind]
    label: Value
    optional: bool = False
    when: Callable[[Answers], bool] = _always
    show: Callable[[Any], Value] | None = None
    renews: tuple[str, ...] = ()

    def question(self, answers: Answers) -> Value:
        """What is asked, given the answers so far."""
        return self.ask(answers) if callable(self.ask) else self.ask

    def takes(self, answers: Answers) -> Kind:
        """The kind of answer it takes, given the answers so far."""
        return self.kind if isinstance(self.kind, Kind) else self.kind(answers)

    def answer(self, answers: Answers) -> Value:
        """Its answer as the review shows it."""
        value = answers.get(self.key)
        if value is None:
            return _("not answered")
        return self.takes(answers).show(value) if self.show is None else self.show(value)


@dataclass(frozen=True, slots=True)
class Form:
    """Questions in their order, then a review (or the end).

    At least one step is asked whatever the answers. `stoppable`: there is a button to stop.
    `nudge_hours`: when to remind of it unfinished, 0 for never, once for each `name`.
    `kept_hours`: when to delete it unfinished, 0 for never.
    """

    name: str
    steps: tuple[Step, ...]
    review: bool = True
    intro: Value = field(default_factory=lambda: _("Please check your answers."))
    send: Value = field(default_factory=lambda: _("Send"))
    nudge_hours: int = 0
    kept_hours: int = 0
    stoppable: bool = True


@dataclass(frozen=True, slots=True)
class State:
    """Where a person is in a form.

    `visit` grows with every question shown, so that a button of an earlier one is known by it.
    `editing`: the question was opened from the review. `paused`: the person stopped for now.
    """

    step: str
    answers: dict[str, Any]
    draft: Draft
    visit: int
    editing: bool = False
    paused: bool = False

    def as_json(self) -> dict[str, Any]:
        """The state as it is stored."""
        return {
            "step": self.step,
            "answers": self.answers,
            "picked": list(self.draft.picked),
            "found": list(self.draft.found),
            "visit": self.visit,
            "editing": self.editing,
            "paused": self.paused,
        }

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> State:
        """The stored state."""
        draft = Draft(tuple(stored["picked"]), tuple(stored["found"]))
        told = (dict(stored["answers"]), draft, int(stored["visit"]))
        return cls(stored["step"], *told, bool(stored["editing"]), bool(stored["paused"]))


@dataclass(frozen=True, slots=True)
class Tap:
    """A button: of which visit, and what it says."""

    visit: int
    what: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A text."""

    text: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A location in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Other:
    """A sticker, a voice message: something most questions cannot read."""

    parcel: Parcel | None = None


Given: TypeAlias = Tap | Typed | Shared | Other


@dataclass(frozen=True, slots=True)
class Move:
    """What came of it: the state now, a word to the person first, and whether the form is sent."""

    state: State
    note: Text | None = None
    sent: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """What to show."""

    text: Value
    rows: Rows
    ask_location: bool = False
