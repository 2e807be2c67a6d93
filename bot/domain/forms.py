"""Forms: one question at a time, with back, skip, and a review in which each answer can be changed.

A `Form` is data. `begin` opens one, `take` moves it by what a person did, `screen` says what to
show. All are pure; `bot.forms` keeps the `State` in the database between two turns.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.domain.fields import (
    Answered,
    Choice,
    Draft,
    Find,
    Kind,
    Many,
    One,
    Option,
    Outcome,
    Words,
    Wrong,
    in_grid,
)
from bot.domain.replies import Button, Rows, Value, _, button, lines, paragraphs
from bot.domain.steps import (
    ACTION,
    REVIEW,
    Answers,
    Form,
    Given,
    Move,
    Other,
    Screen,
    Shared,
    State,
    Step,
    Tap,
    Typed,
)
from bot.domain.when_where import SLOTS, Week, Where

__all__ = [
    "ACTION",
    "REVIEW",
    "SLOTS",
    "Answers",
    "Draft",
    "Find",
    "Form",
    "Given",
    "Kind",
    "Many",
    "Move",
    "One",
    "Option",
    "Other",
    "Screen",
    "Shared",
    "State",
    "Step",
    "Tap",
    "Typed",
    "Week",
    "Where",
    "Words",
    "Wrong",
    "begin",
    "final",
    "screen",
    "take",
]


def begin(form: Form, answers: Answers, visit: int, at: str = "") -> State:
    """A form's first state, at the step `at` or else at the first one not answered yet."""
    state = State(REVIEW, dict(answers), Draft(), visit)
    key = at if at in _keys(form, answers) else _next(form, answers)
    return _at(form, state, key, editing=key == at and form.review)


def take(form: Form, state: State, given: Given) -> Move:
    """The next state after what a person did; the same one, with a note, where it won't do."""
    state = _sound(form, state)
    if isinstance(given, Tap) and given.visit != state.visit:
        note = _("That button belongs to an earlier question. This is where we are:")
        return Move(state, note, stale=True)
    if isinstance(given, Tap) and (moved := _steered(form, state, given.what)):
        return moved
    step = _step(form, state)
    if step is None:
        return Move(state, _("Please use the buttons below."))
    try:
        outcome = _outcome(step.takes(state.answers), state.draft, given)
    except Wrong as wrong:
        return Move(state, wrong.text)
    return _settled(form, state, outcome)


def screen(form: Form, state: State) -> Screen:
    """The question, or the review, with its buttons."""
    state = _sound(form, state)
    step = _step(form, state)
    if step is None:
        return _review(form, state)
    kind = step.takes(state.answers)
    text = paragraphs(step.question(state.answers), kind.hint(state.draft))
    if kind.asks_location(state.draft):
        return Screen(text, (), ask_location=True)
    rows = tuple(_buttons(state, row) for row in kind.rows(state.draft))
    return Screen(text, (*rows, *_ways(form, state, step)))


def final(form: Form, state: State) -> dict[str, Any]:
    """The answers that count: of the steps asked, and what was carried along."""
    asked = _keys(form, state.answers)
    unasked = {step.key for step in form.steps} - set(asked)
    return {key: value for key, value in state.answers.items() if key not in unasked}


def _keys(form: Form, answers: Answers) -> list[str]:
    return [step.key for step in form.steps if step.when(answers)]


def _next(form: Form, answers: Answers) -> str:
    return next((key for key in _keys(form, answers) if key not in answers), REVIEW)


def _step(form: Form, state: State) -> Step | None:
    return next((step for step in form.steps if step.key == state.step), None)


def _at(form: Form, state: State, key: str, *, editing: bool = False) -> State:
    moved = replace(state, step=key, visit=state.visit + 1, editing=editing, draft=Draft())
    step = _step(form, moved)
    if step is None:
        return moved
    return replace(moved, draft=step.takes(state.answers).opened(state.answers.get(key)))


def _sound(form: Form, state: State) -> State:
    """The state, moved if its step is no longer asked (a network changed its statements)."""
    keys = _keys(form, state.answers)
    here = state.step in keys if state.step != REVIEW else _next(form, state.answers) == REVIEW
    return state if here else _at(form, state, _next(form, state.answers))


def _steered(form: Form, state: State, what: str) -> Move | None:
    """What every form can do: back, skip, edit, send. None for the question's own buttons."""
    keys = _keys(form, state.answers)
    if state.step == REVIEW:
        if what == "send":
            return Move(state, sent=True)
        key = what.removeprefix("edit.")
        return Move(_at(form, state, key, editing=True)) if key in keys else None
    if what == "back":
        return Move(_back(form, state, keys))
    step = _step(form, state)
    if what == "skip" and step is not None and step.optional:
        return _settled(form, state, Answered(None))
    return None


def _back(form: Form, state: State, keys: list[str]) -> State:
    if state.editing:
        return _at(form, state, REVIEW)
    before = keys.index(state.step) - 1
    return _at(form, state, keys[max(before, 0)])


def _outcome(kind: Kind, draft: Draft, given: Given) -> Outcome:
    match given:
        case Tap(what=what):
            return kind.tapped(draft, what)
        case Typed(text):
            return kind.typed(draft, text)
        case Shared(latitude, longitude):
            return kind.shared(latitude, longitude)
        case Other(parcel) if parcel is not None:
            return kind.sent(parcel)
        case _:
            raise Wrong(kind.unread())


def _settled(form: Form, state: State, outcome: Outcome) -> Move:
    if outcome is None:
        return Move(state, _("That button no longer works. This is where we are:"), stale=True)
    if isinstance(outcome, Draft):
        return Move(replace(state, draft=outcome))
    answered = replace(state, answers=_with(form, state, outcome.value))
    key = _next(form, answered.answers)
    if key == REVIEW and not form.review:
        return Move(answered, sent=True)
    return Move(_at(form, answered, key))


def _with(form: Form, state: State, value: Any) -> dict[str, Any]:
    """The answers with this one to the step, without those it renews."""
    step = _step(form, state)
    changed = step is not None and state.answers.get(step.key) != value
    renewed = step.renews if step is not None and changed else ()
    kept = {key: each for key, each in state.answers.items() if key not in renewed}
    return {**kept, state.step: value}


def _button(state: State, text: Value, what: str) -> Button:
    return button(text, ACTION, state.visit, what)


def _buttons(state: State, row: tuple[Choice, ...]) -> tuple[Button, ...]:
    return tuple(_button(state, choice.text, choice.what) for choice in row)


def _ways(form: Form, state: State, step: Step) -> Rows:
    """Back, skip and stop."""
    first = not state.editing and _keys(form, state.answers)[0] == step.key
    ways = (
        None if first else _button(state, _("Back"), "back"),
        _button(state, _("Skip"), "skip") if step.optional else None,
        _button(state, _("Stop"), "stop") if form.stoppable else None,
    )
    shown = tuple(way for way in ways if way is not None)
    return (shown,) if shown else ()


def _review(form: Form, state: State) -> Screen:
    asked = [step for step in form.steps if step.when(state.answers)]
    told = (
        _(
            "<b>{label}:</b> {answer}",
            label=step.label,
            answer=step.answer(state.answers),
        )
        for step in asked
    )
    text = paragraphs(form.intro, lines(*told), _("To change an answer, tap its name."))
    edits = in_grid((Choice(step.label, f"edit.{step.key}") for step in asked), 2)
    stop = (_button(state, _("Stop"), "stop"),) if form.stoppable else ()
    ends = (_button(state, form.send, "send"), *stop)
    return Screen(text, (*(_buttons(state, row) for row in edits), ends))
