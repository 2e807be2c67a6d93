"""What shows who somebody is, is found however it is written; what does not, is let through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.languages import script_of, written_in
from bot.domain.parcels import FILES, PICTURES, Kind, Parcel, neutral_name
from bot.domain.revealing import pieces, plain, showing

ACCOUNT = "a name of an account, or a link to one"
MAIL, PHONE = "an e-mail address", "a phone number"


def found(text: str, kind: Kind = "words", **more: str) -> list[str]:
    """The ids of what is found in a message of these words."""
    return [each.id for each in showing(Parcel(kind, 1, text, **more))]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("+357 99 123 456", PHONE),
        ("call (022) 33-44-55 6", PHONE),
        ("٠٩٩ ١٢٣ ٤٥٦", PHONE),
        ("0\u200b99123456", PHONE),
        ("０９９１２３４５６", PHONE),
        ("1.800.555.01.23", PHONE),
        ("ana@example.org", MAIL),
        ("ana @ example.org", MAIL),
        ("write to @ana_diaz", ACCOUNT),
        ("https://t.me/ana", ACCOUNT),
        ("T . me / ana", ACCOUNT),
        ("tg://user?id=1", ACCOUNT),
        ("wa.me/35799", ACCOUNT),
        ("facebook.com/ana", ACCOUNT),
        ("ｔ．ｍｅ/ana", ACCOUNT),
    ],
)
def test_what_shows_who_one_is(text: str, what: str) -> None:
    assert what in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Shall we meet on 2031-03-14 at 18:30 or on 15.03.2031 at 9.15?",
        "Between 14/3/31 10:00 and 15/3/31 12:30",
        "We are 12 people, 3 of them under 18, since 1974",
        "https://meet.example/olive-tree",
        "Half past five @ the old gate",
        "شكراً جزيلاً",
        "",
    ],
)
def test_what_shows_nobody(text: str) -> None:
    assert found(text) == []


def test_cards_links_and_files() -> None:
    assert found("", "contact") == ["a contact card"]
    assert [each.id for each in showing(Parcel("words", 1, "look here", links=True))] == [ACCOUNT]
    for kind in FILES:
        assert found("", kind, suffix=".pdf") == ["a file, which can have your name in it"]
    for suffix in PICTURES:
        assert found("", "document", suffix=suffix) == []
    assert found("", "voice") == []
    assert neutral_name(Parcel("document", 1, suffix=".pdf")) == "file.pdf"


@given(st.integers(10**6, 10**14), st.sampled_from(["", " ", "-", ".", " - "]), st.text())
def test_a_phone_number_is_found_in_any_words(number: int, between: str, words: str) -> None:
    written = between.join(str(number))
    assert PHONE in found(f"{words} +{written}")


@given(st.from_regex(r"[a-z]{1,10}@[a-z]{1,10}\.org", fullmatch=True), st.text())
def test_a_mail_address_is_found_whatever_is_hidden_in_it(address: str, words: str) -> None:
    hidden = "\u200b".join(address)
    assert MAIL in found(f"{words} {hidden}")


@given(st.text())
def test_plain_text_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(), st.integers(2, 50))
def test_pieces_are_short_and_lose_nothing_but_space(text: str, longest: int) -> None:
    parts = pieces(text, longest)
    assert all(0 < len(each) <= longest for each in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "spoken", "fits"),
    [
        ("مرحبا", ["ar", "en"], ["ar"]),
        ("hello", ["ar", "en"], ["en"]),
        ("שלום", ["he", "en"], ["he"]),
        ("hello", ["es", "en"], ["es", "en"]),
        ("καλημέρα", ["tr", "en"], []),
        ("14:30", ["en"], []),
        ("привет", ["ru-RU", "en"], ["ru-RU"]),
    ],
)
def test_the_languages_a_message_may_be_in(text: str, spoken: list[str], fits: list[str]) -> None:
    assert written_in(text, spoken) == fits


@given(st.text())
def test_a_script_is_named_where_there_are_letters(text: str) -> None:
    if script_of(text) is None:
        assert not any(each.isascii() and each.isalpha() for each in text)
