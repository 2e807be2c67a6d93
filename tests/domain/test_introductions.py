"""The card of a partner, and what to begin a meeting with."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from bot.domain.introductions import introduction, opening, speaks_first
from bot.domain.replies import Text, _
from bot.i18n import Tongue

QUESTION = _("Which teacher do you remember, and what for?")
POSITIONS = some.integers(0, 9)


def read(said: object) -> str:
    assert isinstance(said, Text) or hasattr(said, "parts")
    return Tongue("en").say(said)  # type: ignore[arg-type]


def test_a_first_meeting_has_a_question_and_no_order() -> None:
    for first in (True, False):
        assert read(opening(QUESTION, 1, first=first)).endswith("and what for?")


@given(some.integers(2, 50))
def test_later_one_speaks_first_and_the_other_sums_up(meeting: int) -> None:
    assert "You speak first." in read(opening(QUESTION, meeting, first=True))
    assert "Then say in your own words what you heard." in read(
        opening(QUESTION, meeting, first=False)
    )


@given(POSITIONS, POSITIONS, POSITIONS)
def test_of_two_sides_exactly_one_speaks_first(one: int, other: int, first: int) -> None:
    if one != other:
        assert speaks_first(one, other, first) != speaks_first(other, one, first)
        assert speaks_first(first, other, first) or first == other


def test_the_card_has_what_the_partner_told() -> None:
    told = [_("• {label}: {answer}", label=_("Sector"), answer=_("Tourism and restaurants"))]
    text = read(introduction("Ana", None, told, QUESTION))
    assert text.index("Ana") < text.index("Sector: ") < text.index("Which teacher")
    assert read(introduction("Ana", {}, told, QUESTION)) == text
