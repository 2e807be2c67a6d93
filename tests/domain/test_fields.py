"""The kinds of question, each on its own."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fields import Answered, Draft, Kind, Many, One, Words, Wrong, tag, tidy
from bot.domain.forms import (
    SLOTS,
    Shared,
    Week,
    begin,
    screen,
)
from bot.domain.interests import OPTIONS, interest
from bot.domain.replies import CountryName, Joined, Listed, Text, ZoneName, _
from tests.domain.sample_form import COLOURS, FORM, WHERE, after, own, short


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


def test_none_of_some_is_an_answer_where_it_is_offered() -> None:
    kind = Many(COLOURS, none=_("None of them"))
    assert [row[0].text for row in kind.rows(Draft())][-1] == _("None of them")
    assert [row[0].text for row in kind.rows(Draft(("red",)))][-1] == _("Done")
    assert kind.tapped(Draft(), "done") == Answered([])
    assert kind.show([]) == kind.show(["green"]) == _("None of them")
    assert kind.opened(["green", "red"]) == Draft(("red",)), "green is no option any more"
