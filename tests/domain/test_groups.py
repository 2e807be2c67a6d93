"""Whether those who said yes make a circle or team, whatever anybody says and when."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.exchange import Settled
from bot.domain.groups import (
    Place,
    enough,
    fit_together,
    leading,
    named,
    place,
    place_say,
    shape_of,
    still_together,
    verdict,
)
from bot.domain.matching import Candidate, Rules
from bot.domain.matching.circles import Shape
from bot.domain.replies import Value
from bot.i18n import Tongue

SIDES = (1, 2)
THREE = Shape(size=3)
LED = Shape(size=3, leads=True)
shapes = st.builds(Shape, size=st.integers(2, 6), leads=st.booleans())
places = st.lists(
    st.builds(
        Place,
        side=st.sampled_from(SIDES),
        said=st.sampled_from(("yes", "")),
        leads=st.booleans(),
    ),
    max_size=14,
)


def said(text: Value) -> str:
    return Tongue("en").say(text).replace("\u2068", "").replace("\u2069", "")


def seats(*words: str, leads: tuple[int, ...] = ()) -> list[Place]:
    """Places by what was said: `"y y n"` a side; who said no has none."""
    known = {"y": "yes", "-": ""}
    return [
        Place(side, known[word], at in leads)
        for side, told in enumerate(words, 1)
        for at, word in enumerate(told.split())
        if word in known
    ]


@pytest.mark.parametrize(
    ("east", "west", "over", "found"),
    [
        ("y y y", "y y y", False, "begins"),
        ("y y y", "y y -", False, "waits"),
        ("y y y", "y y -", True, "begins"),
        ("y y y", "y y n", False, "begins"),
        ("y y n", "y y n", False, "begins"),
        ("y y y", "y - -", True, "ends"),
        ("y y y", "y n n", False, "ends"),
        ("y - -", "y n n", False, "ends"),
        ("- - -", "- - -", True, "ends"),
        ("y y y y", "y y", False, "ends"),
        ("y y y y", "y y -", False, "waits"),
        ("y y", "n n", False, "ends"),
    ],
)
def test_what_becomes_of_three_and_three(east: str, west: str, over: bool, found: str) -> None:
    assert verdict(seats(east, west), SIDES, THREE, over=over) == found


@pytest.mark.parametrize(
    ("leads", "found"), [((0,), "begins"), ((), "ends"), ((1,), "begins"), ((2,), "ends")]
)
def test_a_group_that_is_led_needs_somebody_of_each_side_who_leads(
    leads: tuple[int, ...], found: str
) -> None:
    answered = seats("y y n", "y y n", leads=leads)
    assert verdict(answered, SIDES, LED, over=False) == found


@given(places, shapes, st.booleans())
def test_it_waits_only_while_somebody_is_silent_who_could_make_it_a_group(
    told: list[Place], shape: Shape, over: bool
) -> None:
    found = verdict(told, SIDES, shape, over=over)
    silent = [each for each in told if each.open]
    if over or not silent:
        together = enough([each for each in told if each.taken], SIDES, shape)
        assert found == ("begins" if together else "ends")
    else:
        assert found in ("waits", "ends")


@given(places, shapes, st.data())
def test_it_never_ends_before_its_time_while_some_answers_would_still_make_it_one(
    told: list[Place], shape: Shape, data: st.DataObject
) -> None:
    later = [
        each
        if each.taken
        else Place(each.side, data.draw(st.sampled_from(("yes", "no"))), each.leads)
        for each in told
    ]
    taken = [each for each in later if each.taken]
    if enough(taken, SIDES, shape):
        assert verdict(told, SIDES, shape, over=False) != "ends"


@given(places, shapes)
def test_a_group_is_even_and_of_more_than_one_side(told: list[Place], shape: Shape) -> None:
    assert not enough(told, SIDES[:1], shape)
    if enough(told, SIDES, shape):
        counts = [sum(each.side == side for each in told) for side in SIDES]
        assert shape.fewest <= min(counts)
        assert max(counts) - min(counts) <= 1
        assert max(counts) <= shape.size + 1


def test_a_group_goes_on_while_two_sides_are_in_it() -> None:
    assert still_together(seats("y", "y"))
    assert not still_together(seats("y y y", "-"))
    assert not still_together([])


def candidate(id_: int, side: int, *, leads: bool = False, language: str = "en") -> Candidate:
    hours, formats = frozenset({18, 19, 20}), frozenset({"online"})
    return Candidate(id_, side, {language: 3}, hours, formats, leads=leads)


def test_people_fit_together_only_if_all_that_must_hold_in_a_group_does() -> None:
    some = [candidate(n, 1 + n % 2) for n in range(6)]
    assert fit_together(some, SIDES, THREE, Rules(), [])
    assert fit_together(some[:5], SIDES, THREE, Rules(), [])
    assert not fit_together(some, SIDES, LED, Rules(), [])
    assert not fit_together(some, SIDES, THREE, Rules(), [frozenset({0, 1})])
    assert not fit_together(some[::2], SIDES, THREE, Rules(), [])
    assert not fit_together(some[::2], SIDES[:1], THREE, Rules(), [])
    other = [*some[:5], candidate(5, 2, language="el")]
    assert not fit_together(other, SIDES, THREE, Rules(), [])


def test_who_was_named_leads_or_else_the_first_who_would() -> None:
    some = [candidate(1, 1, leads=True), candidate(2, 1, leads=True), candidate(3, 2, leads=True)]
    assert leading(some, [2, 3], LED) == {1: 2, 2: 3}
    assert leading(some, [], LED) == {1: 1, 2: 3}
    assert leading(some, [2, 3], THREE) == {}


REASONS = {"languages": ["en"], "formats": ["online", "in_person"], "hours": 4, "of_each": [3, 3]}


def test_a_place_says_what_all_share_and_names_nobody() -> None:
    text = said(
        place("circle", Settled(), REASONS, datetime(2026, 5, 4, 12, tzinfo=UTC), leads=True)
    )
    for part in (
        "a circle",
        "3 people of each side",
        "English",
        "4 hours",
        "3 times",
        "facilitate",
    ):
        assert part in text
    assert "4 May" in text
    uneven = said(place("team", Settled(), {"of_each": [2, 3]}))
    assert "a team" in uneven
    assert "5 people, about as many of each side" in uneven
    assert "times" not in uneven


def test_a_place_can_be_answered() -> None:
    say = place_say(7, 9, "circle", Settled(), REASONS)
    assert [each.data for row in say.buttons for each in row] == [
        "group.yes:9",
        "group.no:9",
        "group.ask:9",
    ]
    assert say.to == 7


def test_names_are_hidden_and_a_shape_is_that_of_the_exchange() -> None:
    assert said(named("East", ["Ana", "Bea"])) == "<tg-spoiler>East: Ana and Bea</tg-spoiler>"
    assert shape_of(Settled(size=4, leads=True)) == Shape(size=4, leads=True)
