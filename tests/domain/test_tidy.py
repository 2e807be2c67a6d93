"""What people write, made fit to be shown to others."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.tidy import tidy


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\u3164\u3164", ""),
        ("\u2800 \u115f", ""),
        ("Ana\u202e\u2066", "Ana"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("A" + "\u0323" * 30, "Ạ\u0323\u0323\u0323\u0323"),
        ("A" + "\u0323\u0323\x00\u200d" * 9, "Ạ\u0323\u200d\u0323\u0323\u200d\u0323"),
        ("A\u034f\u0301", "Á"),
        ("שָׁלוֹם", "שָׁלוֹם"),
        ("👩\u200d🌾", "👩\u200d🌾"),
    ],
)
def test_what_shows_stays_and_what_deceives_goes(text: str, left: str) -> None:
    assert tidy(text) == unicodedata.normalize("NFC", left)


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = tidy(text, paragraphs=True)
    assert tidy(once, paragraphs=True) == once
    assert "\n" not in tidy(text)
