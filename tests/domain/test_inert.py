"""What somebody else wrote looks the same, and nothing in it can be tapped."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.covered import in_words
from bot.domain.inert import JOINER, inert
from bot.domain.parcels import Parcel

LIVE = re.compile(r"[@#/$]\w|://|\w\.[a-z]{2,}")


@pytest.mark.parametrize(
    "words", ["https://evil.example/x", "evil.example", "t.me/ana", "@ana_diaz", "/forget", "#tag"]
)
def test_nothing_can_be_tapped(words: str) -> None:
    made = inert(words)
    assert not LIVE.search(made)
    assert made.replace(JOINER, "") == words


@pytest.mark.parametrize("words", ["At 10:30, 3.5 km. Then we meet.", "Well... yes", "سلام", ""])
def test_other_words_stay_as_they_are(words: str) -> None:
    assert inert(words) == words


@given(st.text())
def test_it_looks_the_same(words: str) -> None:
    assert inert(words).replace(JOINER, "") == words.replace(JOINER, "")


def test_places_and_cards_can_be_said() -> None:
    place, card = Parcel("location", 1, place=(1.0, 2.5)), Parcel("contact", 1, card=("+1", "Ana"))
    said = [in_words(each) for each in (place, card, Parcel("voice", 1))]
    assert [each and each.values for each in said] == [
        {"latitude": "1.00000", "longitude": "2.50000"},
        {"name": "Ana", "number": "+1"},
        None,
    ]
