"""Forms: whatever anybody does to one, it stays whole and answers."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.fields import Words
from bot.domain.forms import (
    ACTION,
    REVIEW,
    Form,
    Given,
    Other,
    Shared,
    State,
    Step,
    Tap,
    Typed,
    begin,
    final,
    screen,
    take,
)
from bot.domain.parcels import Parcel
from bot.domain.replies import _
from tests.domain.sample_form import (
    FORM,
    PLAIN,
    RATED,
    after,
    tap,
)

texts = st.one_of(
    st.sampled_from(
        ["ana", "a@b", "cyprus", "land", "istanbul", "?", "x+y", "a" * 41, " ", "\u202e"]
    ),
    st.text(max_size=60),
)


def buttons_of(form: Form, state: State) -> list[str]:
    return [str(each.args[1]) for row in screen(form, state).rows for each in row]


@st.composite
def moves(draw: st.DrawFn, form: Form, state: State) -> Given:
    """Anything a person can do: mostly buttons they see, also old and forged ones."""
    shown = buttons_of(form, state) or ["back"]
    forged = st.one_of(
        st.sampled_from(
            ["=red", "+blue", "-x", "done", "list", "send", "edit.name", "+9", "*", ""]
        ),
        st.text(max_size=9),
    )
    visit = st.sampled_from([state.visit] * 5 + [state.visit - 1, 0])
    return draw(
        st.one_of(
            st.builds(Tap, visit, st.sampled_from(shown)),
            st.builds(Tap, visit, st.sampled_from(shown)),
            st.builds(Tap, visit, forged),
            st.builds(Typed, texts),
            st.builds(Shared, st.floats(-90, 90), st.floats(-180, 180)),
            st.just(Other()),
        )
    )


def sound(form: Form, state: State) -> None:
    """What holds of every state: it is a real place, and its buttons fit Telegram."""
    assert State.of(json.loads(json.dumps(state.as_json()))) == state
    asked = {step.key: step for step in form.steps if step.when(state.answers)}
    if state.step == REVIEW:
        assert asked.keys() <= state.answers.keys()
    else:
        assert state.step in asked
    for key, step in asked.items():
        if key in state.answers and state.answers[key] is not None:
            step.answer(state.answers)
        assert step.optional or state.answers.get(key, "") is not None
    seen = screen(form, state)
    assert seen.rows or seen.ask_location or not form.stoppable
    data = [each.data for row in seen.rows for each in row]
    assert len(data) == len(set(data))
    assert all(each.startswith(f"{ACTION}:") and len(each.encode()) <= 64 for each in data)


@pytest.mark.parametrize("form", [FORM, PLAIN, RATED], ids=["review", "no review", "renewed"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_sequence_of_inputs_keeps_the_form_whole(form: Form, data: st.DataObject) -> None:
    state = begin(form, {"carried": 7}, 1_000)
    for _turn in range(data.draw(st.integers(1, 25))):
        move = take(form, state, data.draw(moves(form, state)))
        if move.sent:
            assert "carried" in final(form, move.state)
            return
        sound(form, move.state)
        assert move.state.visit >= state.visit
        state = move.state


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_review_can_be_reached_from_anywhere(data: st.DataObject) -> None:
    state = begin(FORM, {}, 5)
    for _turn in range(data.draw(st.integers(0, 25))):
        move = take(FORM, state, data.draw(moves(FORM, state)))
        state = state if move.sent else move.state
    for _turn in range(20):
        if state.step == REVIEW:
            break
        state = answered(state)
    assert take(FORM, state, Tap(state.visit, "send")).sent


def answered(state: State) -> State:
    """The state after a right answer to the question at hand."""
    right: dict[str, list[Given]] = {
        "name": [Typed("ana")],
        "colour": [tap(state, "=red")],
        "why": [Typed("because")],
        "likes": [tap(state, "skip")],
        "zone": [Typed("istanbul")],
        "week": [tap(state, "+*"), tap(state, "done")],
    }
    for each in right[state.step]:
        state = take(FORM, state, each).state
    return state


def at_review() -> State:
    state = begin(FORM, {}, 0)
    while state.step != REVIEW:
        state = answered(state)
    return state


def test_back_leads_from_every_step_to_the_one_before() -> None:
    state = begin(FORM, {}, 0)
    assert "back" not in buttons_of(FORM, state)
    assert after(FORM, state, "back").state.step == "name"
    seen = ["name"]
    while (state := answered(state)).step != REVIEW:
        assert "back" in buttons_of(FORM, state)
        assert after(FORM, state, "back").state.step == seen[-1]
        seen.append(state.step)
    assert seen == [step.key for step in FORM.steps]


def test_after_back_the_next_answer_leads_to_where_one_was() -> None:
    state = answered(answered(answered(begin(FORM, {}, 0))))
    assert state.step == "likes"
    assert after(FORM, state, "back", "back", "=blue").state.step == "likes"


def test_each_answer_can_be_changed_from_the_review() -> None:
    state = at_review()
    for step in FORM.steps:
        opened = after(FORM, state, f"edit.{step.key}").state
        assert (opened.step, opened.editing) == (step.key, True)
        assert after(FORM, opened, "back").state.step == REVIEW
        assert answered(opened).step == REVIEW


def test_a_changed_answer_may_open_or_close_another_question() -> None:
    blue = after(FORM, at_review(), "edit.colour", "=blue").state
    assert blue.step == REVIEW
    assert "why" not in final(FORM, blue)
    assert "edit.why" not in buttons_of(FORM, blue)
    fresh = {key: value for key, value in blue.answers.items() if key != "why"}
    again = begin(FORM, fresh, 0)
    assert after(FORM, again, "edit.colour", "=red").state.step == "why"


def test_a_form_begins_at_the_first_open_question_or_where_it_is_told() -> None:
    told = at_review().answers
    assert begin(FORM, told, 0).step == REVIEW
    assert begin(FORM, told, 0, at="week").step == "week"
    assert begin(FORM, told, 0, at="nowhere").step == REVIEW
    assert begin(FORM, {"name": "Ana"}, 0).step == "colour"


def test_a_question_that_is_no_longer_asked_gives_way() -> None:
    state = after(FORM, begin(FORM, {}, 0), Typed("ana"), "=red").state
    shorter = Form("test", (*FORM.steps[:2], *FORM.steps[3:]))
    assert screen(shorter, state).text == screen(shorter, begin(shorter, state.answers, 0)).text
    assert take(shorter, state, tap(state, "skip")).stale
    longer = Form("test", (*FORM.steps, Step("new", _("New?"), Words(), _("New"))))
    assert take(longer, at_review(), Other()).state.step == "new"
    assert take(longer, at_review(), Other(Parcel("voice", 1))).note


def test_an_old_button_is_kindly_refused() -> None:
    state = begin(FORM, {}, 0)
    later = after(FORM, state, Typed("ana")).state
    move = take(FORM, later, tap(state, "=red"))
    assert move.stale
    assert move.note is not None
    assert move.state == later
    unknown = after(FORM, later, "=green")
    assert unknown.stale
    assert unknown.state == later


def test_a_second_tap_changes_nothing() -> None:
    state = begin(FORM, {"name": "Ana", "colour": "blue"}, 0)
    once = after(FORM, state, "+red").state
    assert after(FORM, once, "+red").state == once
    assert take(FORM, after(FORM, once, "done").state, tap(once, "done")).stale


def test_the_review_takes_no_text() -> None:
    move = after(FORM, at_review(), Typed("hello"))
    assert move.note is not None
    assert move.state.step == REVIEW
    assert after(FORM, at_review(), "back").note is not None


def test_without_a_review_the_last_answer_sends() -> None:
    move = after(PLAIN, begin(PLAIN, {}, 0), Typed("ana"), "=red", "skip")
    assert move.sent
    assert final(PLAIN, move.state) == {"name": "Ana", "colour": "red", "likes": None}
    assert buttons_of(PLAIN, begin(PLAIN, {}, 0)) == []
    told = begin(PLAIN, move.state.answers, 0)
    assert "stop" not in buttons_of(PLAIN, told)


def rated(*inputs: Given | str) -> State:
    """Where taps lead from two things that are liked."""
    state = begin(RATED, {"likes": ["red", "blue"]}, 0)
    return after(RATED, state, *inputs).state


def test_a_question_may_be_about_an_earlier_answer() -> None:
    assert buttons_of(RATED, rated()) == ["+red", "+blue", "done", "back", "stop"]
    assert rated("+blue", "done").answers["worst"] == ["blue"]
    assert rated("+blue", "-blue", "done").answers["worst"] == []
    assert "None of them" in str(screen(RATED, rated("done")).text)


def test_what_an_answer_renews_is_asked_anew_once_it_is_another() -> None:
    state = rated("+blue", "done")
    assert state.step == REVIEW
    assert after(RATED, state, "edit.likes", "done").state.step == REVIEW
    renewed = after(RATED, state, "edit.likes", "-blue", "+blue", "done").state
    assert renewed.step == REVIEW
    renewed = after(RATED, state, "edit.likes", Typed("green"), "done").state
    assert (renewed.step, "worst" in renewed.answers) == ("worst", False)
    assert buttons_of(RATED, renewed)[:3] == ["+red", "+blue", "+green"]
    one_left = after(RATED, state, "edit.likes", "-blue", "done").state
    assert one_left.step == REVIEW
    assert "worst" not in final(RATED, one_left)


def test_the_review_shows_what_was_said() -> None:
    text = str(screen(FORM, at_review()).text)
    for part in ("Ana", "not answered", "at {z}", "any time"):
        assert part in text
