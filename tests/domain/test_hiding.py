"""The word that ends hiding, when one is reminded meanwhile, and messages in calls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fields import Wrong
from bot.domain.hiding import DELETED_AT_ONCE, WHENS, fit, in_calls, is_word, moment, offered, plain

ZONES = st.sampled_from(["Asia/Nicosia", "Asia/Gaza", "Pacific/Apia", "America/Bogota", "UTC"])
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 9 * 365 * 24 * 60).map(lambda n: FIRST + timedelta(minutes=n))


@pytest.mark.parametrize(
    "written", ["Amber Lamp", "amber lamp", "  amber\u200b lamp ", "AMBERLAMP", "ａｍｂｅｒ lamp"]
)
def test_a_word_is_known_however_it_is_written(written: str) -> None:
    assert is_word("Amber lamp", written)


@pytest.mark.parametrize(
    ("word", "written"),
    [("istanbul", "İstanbul"), ("ırmak", "Irmak"), ("ırmak", "IRMAK"), ("iğde", "İĞDE")],
)
def test_letters_that_keyboards_capitalise_are_the_same(word: str, written: str) -> None:
    assert is_word(word, written)
    assert is_word(written, word)


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("don't worry", "Don’t worry"),
        ("مكتبة صغيره", "مکتبه صغیرة"),
        ("قلب", "قَلْب"),
        ("café", "cafe"),
        ("rain ❤", "rain ❤\ufe0f"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_what_keyboards_do_by_themselves_makes_no_difference(word: str, written: str) -> None:
    assert is_word(word, written)


def test_digits_of_any_script_are_digits() -> None:
    assert is_word("482175", "٤٨٢ ١٧٥")
    assert not is_word("482175", "482 176")


@given(st.text(max_size=60), st.text(max_size=60))
def test_only_the_word_is_the_word(word: str, other: str) -> None:
    assert is_word(word, other) == (plain(word) == plain(other))
    assert is_word(word, word)


@pytest.mark.parametrize(
    "word", ["", "abc", "a b c", "/quick", "...---...", "\u200b\u200b\u200b\u200b"]
)
def test_a_word_that_will_not_do(word: str) -> None:
    with pytest.raises(Wrong):
        fit(word)


def test_a_word_that_will() -> None:
    assert fit("four") == "four"
    assert fit("מנורה") == "מנורה"


@given(st.sampled_from(sorted(WHENS)), MOMENTS, ZONES)
def test_reminders_are_ahead_and_by_day(when: str, now: datetime, zone: str) -> None:
    at = moment(when, now, zone)
    assert now < at <= now + timedelta(days=8)
    if when != "hour":
        assert at.astimezone(ZoneInfo(zone)).hour in (9, 10, 19, 20)


@given(MOMENTS, ZONES)
def test_what_is_offered_lies_ahead_today(now: datetime, zone: str) -> None:
    there = offered(now, zone)
    assert set(WHENS) - set(there) <= {"evening"}
    evening = "evening" in there
    assert evening == (now.astimezone(ZoneInfo(zone)).hour < 19)


def test_an_unknown_moment_is_none() -> None:
    with pytest.raises(KeyError):
        moment("never", datetime(2026, 1, 1, tzinfo=UTC), "UTC")


@given(st.lists(st.integers(1, 10**6), max_size=350))
def test_messages_go_into_calls_once_each(ids: list[int]) -> None:
    calls = in_calls(ids)
    assert [each for call in calls for each in call] == sorted(set(ids))
    assert all(0 < len(call) <= DELETED_AT_ONCE for call in calls)
