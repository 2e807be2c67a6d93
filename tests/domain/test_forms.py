"""Forms: whatever anybody does to one, it stays whole and answers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.fields import Draft, Kind, Many, One, Option, Words, Wrong, tag, tidy
from bot.domain.forms import (
    ACTION,
    REVIEW,
    SLOTS,
    Form,
    Given,
    Move,
    Other,
    Shared,
    State,
    Step,
    Tap,
    Typed,
    Week,
    Where,
    begin,
    final,
    screen,
    take,
)
from bot.domain.interests import OPTIONS, interest
from bot.domain.replies import CountryName, Joined, Listed, Text, ZoneName, _

ZONES = {"CY": ("Asia/Famagusta", "Asia/Nicosia"), "TR": ("Europe/Istanbul",)}
KNOWN = {"cyprus": ("CY",), "istanbul": ("Europe/Istanbul",), "land": ("CY", "TR")}


def zones(country: str) -> tuple[str, ...]:
    return ZONES.get(country, ())


def places(text: str) -> tuple[str, ...]:
    return KNOWN.get(text.lower(), ())


def zone_at(latitude: float, _longitude: float) -> str:
    return "" if latitude > 80 else "Asia/Nicosia"


def short(words: str) -> str:
    if "@" in words:
        raise Wrong(_("No addresses, please."))
    return words.title()


def own(text: str) -> tuple[str, ...]:
    return tuple(text.split("+")) if text != "?" else ()


COLOURS = (Option("red", _("Red")), Option("blue", _("Blue")))
WHERE = Where(("CY", "TR"), zones, places, zone_at)

FORM = Form(
    "test",
    (
        Step("name", _("Name?"), Words(12, short), _("Name")),
        Step("colour", lambda told: _("Colour, {name}?", name=told["name"]), One(COLOURS), _("C")),
        Step(
            "why", _("Why red?"), Words(40), _("Why"), when=lambda told: told.get("colour") == "red"
        ),
        Step("likes", _("Likes?"), Many(COLOURS, 2, own, at_most=4), _("Likes"), optional=True),
        Step("zone", _("Where?"), WHERE, _("Zone"), show=lambda zone: _("at {z}", z=zone)),
        Step("week", _("When?"), Week(6), _("Times"), optional=True),
    ),
)
PLAIN = Form("plain", (*FORM.steps[:2], FORM.steps[3]), review=False, stoppable=False)

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
            step.answer(state.answers[key])
        assert step.optional or state.answers.get(key, "") is not None
    seen = screen(form, state)
    assert seen.rows or seen.ask_location or not form.stoppable
    data = [each.data for row in seen.rows for each in row]
    assert len(data) == len(set(data))
    assert all(each.startswith(f"{ACTION}:") and len(each.encode()) <= 64 for each in data)


@pytest.mark.parametrize("form", [FORM, PLAIN], ids=["review", "no review"])
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


def tap(state: State, what: str) -> Tap:
    return Tap(state.visit, what)


def after(form: Form, state: State, *inputs: Given | str) -> Move:
    """The last move of a series; a str is a tap."""
    move = Move(state)
    for each in inputs:
        given_ = tap(move.state, each) if isinstance(each, str) else each
        move = take(form, move.state, given_)
    return move


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


def test_the_review_shows_what_was_said() -> None:
    text = str(screen(FORM, at_review()).text)
    for part in ("Ana", "not answered", "at {z}", "any time"):
        assert part in text


def wrong(kind: Kind, draft: Draft, text: str) -> str:
    with pytest.raises(Wrong) as refused:
        kind.typed(draft, text)
    return refused.value.text.id


def test_words_are_tidied_checked_and_measured() -> None:
    words = Words(12, short)
    assert words.typed(Draft(), " a\u0301na\u202e \n maria ") == words.typed(Draft(), "ána maria")
    assert "write your answer" in wrong(words, Draft(), "\u200b \n")
    assert "characters long" in wrong(words, Draft(), "a" * 4096)
    assert "addresses" in wrong(words, Draft(), "a@b")
    assert words.show("a" * 400) == "a" * 299 + "…"
    assert tidy("one \n\n two", paragraphs=True) == "one\n\ntwo"
    assert tidy("one \n\n two") == "one two"
    assert tidy("می\u200cخواهم") == "می\u200cخواهم"


@given(st.text())
def test_tidied_text_stays_as_it_is(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert not any(each in tidy(text) for each in "\n\r\t\0\u202e\u2066")


def test_one_takes_what_is_found() -> None:
    kind = One(COLOURS, find=own, named=lambda value: _("<{v}>", v=value))
    assert kind.typed(Draft(), "green") == kind.tapped(Draft((), ("green",)), "=green")
    several = kind.typed(Draft(), "green+pink")
    assert isinstance(several, Draft)
    assert [choice.what for row in kind.rows(several) for choice in row] == [
        "=red",
        "=blue",
        "=green",
        "=pink",
    ]
    assert kind.tapped(several, "green") is None
    assert "could not find" in wrong(kind, Draft(), "?")
    assert "with the buttons" in wrong(One(COLOURS), Draft(), "red")
    assert kind.show("red") == _("Red")
    assert kind.show("green") == _("<{v}>", v="green")
    assert kind.unread() != One(COLOURS).unread()


def test_many_keeps_within_its_bounds() -> None:
    kind = Many(COLOURS, 2, own, at_least=2, at_most=3)
    one = kind.typed(kind.opened(["red"]), "pink")
    assert one == Draft(("red", "pink"))
    with pytest.raises(Wrong, match="Please choose at least one"):
        kind.tapped(Draft(("red",)), "done")
    with pytest.raises(Wrong, match="You can choose"):
        kind.typed(Draft(("red", "blue", "pink")), "green")
    assert kind.tapped(Draft(("red", "blue")), "-red") == Draft(("blue",))
    assert kind.tapped(Draft(("red", "blue")), "red") is None
    assert kind.typed(Draft(("red",)), "a+b") == Draft(("red",), ("a", "b"))
    assert kind.show(["red", "pink"]) == Listed((_("Red"), "pink"))


@given(st.text(min_size=1, max_size=200))
def test_every_value_has_a_button(value: str) -> None:
    kind = Many((), find=own)
    draft = Draft((), (value,))
    (what,) = [choice.what for row in kind.rows(draft) for choice in row if choice.what != "done"]
    assert ":" not in what
    assert len(what.encode()) <= 34
    assert kind.tapped(draft, what) == Draft((value,), (value,))
    assert tag(value) == what[1:]


def test_the_week_is_ticked_by_slot_day_part_or_whole() -> None:
    week = Week(6)
    monday = week.tapped(Draft(), "+0")
    assert monday == Draft(("0-morning", "0-afternoon", "0-evening"))
    assert week.tapped(monday, "-0-morning") == Draft(("0-afternoon", "0-evening"))
    assert week.tapped(Draft(), "+*") == Draft(SLOTS)
    evenings = week.tapped(Draft(), "+evening")
    assert isinstance(evenings, Draft)
    assert len(evenings.picked) == 7
    assert week.tapped(Draft(), "+0-night") is None
    assert week.tapped(Draft(), "*") is None
    with pytest.raises(Wrong):
        week.tapped(Draft(), "done")
    assert week.show(list(SLOTS)) == _("any time")
    assert week.opened(None) == Draft()
    assert [row[0].what for row in week.rows(Draft())][:3] == ["+*", "+6", "+0"]
    assert isinstance(week.show(["0-morning"]), Joined)


def typed(text: str) -> Any:
    return WHERE.typed(Draft(), text)


def test_where_leads_from_country_to_zone() -> None:
    assert WHERE.tapped(Draft(), "=TR") == typed("istanbul")
    assert WHERE.tapped(Draft(), "=CY") == typed("cyprus") == Draft(("CY",))
    assert WHERE.tapped(Draft(("CY",)), "=Asia/Nicosia") == WHERE.shared(35.0, 33.0)
    assert WHERE.tapped(Draft(("CY",)), "=Europe/Istanbul") is None
    assert WHERE.tapped(Draft(), "=Asia/Nicosia") is None
    assert WHERE.tapped(Draft(("CY",)), "list") == Draft()
    assert typed("land") == Draft((), ("CY", "TR"))
    assert WHERE.tapped(typed("land"), "=TR") == typed("istanbul")
    assert WHERE.tapped(Draft(("other",)), "=TR") is None
    with pytest.raises(Wrong, match="do not know"):
        typed("atlantis")
    with pytest.raises(Wrong, match="could not find"):
        WHERE.shared(89.0, 0.0)
    assert WHERE.show("Asia/Nicosia") == ZoneName("Asia/Nicosia")


def test_where_says_what_it_waits_for() -> None:
    hints = [WHERE.hint(Draft((each,))) for each in ("here", "other", "CY")]
    hints.append(WHERE.hint(typed("land")))
    assert all(isinstance(each, Text) for each in hints)
    assert len({str(each) for each in hints}) == 4
    assert WHERE.hint(Draft()) is None
    assert WHERE.rows(Draft(("here",))) == ()
    assert WHERE.rows(typed("land"))[0][0].text == CountryName("CY")
    state = begin(FORM, {"name": "Ana", "colour": "blue", "likes": None}, 0)
    move = after(FORM, state, "here")
    assert screen(FORM, move.state).ask_location
    assert after(FORM, move.state, Shared(35, 33)).state.step == "week"


def test_what_a_question_cannot_use_it_says() -> None:
    plain = Kind()
    assert plain.opened("x") == Draft()
    assert plain.rows(Draft()) == ()
    assert plain.tapped(Draft(), "=x") is None
    assert plain.show(3) == "3"
    assert "buttons" in wrong(plain, Draft(), "x")
    with pytest.raises(Wrong, match="location"):
        plain.shared(0, 0)
    for kind in (plain, Words(), One(()), Week(), WHERE):
        assert "cannot read" in kind.unread().id or "only read text" in kind.unread().id


def test_interests_are_named() -> None:
    assert interest("music") == _("Music")
    assert interest("chess") == "chess"
    assert len(OPTIONS) == 16
