"""What shows who somebody is, is found however it is written; what does not, is let through."""

from __future__ import annotations

from datetime import datetime

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
        ("06.12.34.56.78", PHONE),
        ("06-12-34-56-78", PHONE),
        ("06/12/34/56/78", PHONE),
        ("06 12 10 11 12", PHONE),
        ("+33 6.12.34.56.78", PHONE),
        ("+7 (916) 12.34.56", PHONE),
        ("03.12.34.56", PHONE),
        ("03/12 34 56", PHONE),
        ("05:99:12:34:56", PHONE),
        ("Call 0599 12:34 15:16", PHONE),
        ("on 14/3/31 0599123456", PHONE),
        ("12.11.2025 34 56", PHONE),
        ("0599–123—456", PHONE),
        ("0599 — 123 — 456", PHONE),
        ("0599−123−456", PHONE),
        ("0599,123,456", PHONE),
        ("0,5,9,9,1,2,3", PHONE),
        ("0599_123_456", PHONE),
        ("0*5*9*9*1*2*3*4", PHONE),
        ("0599|123·456•78'9", PHONE),
        ("0    5    9    9    1    2    3", PHONE),
        ("0599\n\n\n\n123\n\n\n456", PHONE),
        ("٠٥٩٩،١٢٣،٤٥٦", PHONE),
        ("٠٥٩٩ـ١٢٣ـ٤٥٦", PHONE),
        ("〇五九九一二三四五六", PHONE),
        ("⁰⁵⁹⁹¹²³⁴⁵⁶", PHONE),
        ("⓿❺❾❾❶❷❸❹", PHONE),
        ("".join(f"{each}\ufe0f\u20e3" for each in "0599123"), PHONE),
        ("\u0307".join("0599123456"), PHONE),
        ("0\u31645\u31649\u31649\u31641\u31642\u31643", PHONE),
        ("DE89 3704 0044 0532 0130 00", PHONE),
        ("ana (at) mail (dot) com", MAIL),
        ("ana[at]gmail.com", MAIL),
        ("my.@ana_diaz", ACCOUNT),
        ("x@anadiaz", ACCOUNT),
        ("insta: ana.diaz", ACCOUNT),
        ("see ana.t.me", ACCOUNT),
        ("@a:matrix.org", ACCOUNT),
        ("github.com/ana", ACCOUNT),
        ("fb.com/ana", ACCOUNT),
        ("instagr.am", ACCOUNT),
        ("linktr.ee/ana", ACCOUNT),
        ("discord.gg/abc", ACCOUNT),
        ("us02web.zoom.us/my/ana", ACCOUNT),
        ("maps.app.goo.gl/xyz", ACCOUNT),
        ("https://meet.example/olive-tree", ACCOUNT),
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
        "10:30-11:30 or 14:00 – 15:30",
        "10.30-11.30, 14.00-15.30",
        "On 2031-03-14, 3 hours; or on 14.03.2031 (2 hours)",
        "5/3 10:30",
        "3-4 people, 20-30 minutes, in 2-3 weeks",
        "It cost 12.50 €, then 13.90 €, now 120.00 €",
        "1,500,000 people, 2.000.000 lira",
        "from 1948 to 1967, 1973-1975, 1993, 1995, 2000",
        "Rooms 12 and 14, gate 3. At 9:30 we are 5.",
        "and/or, 50/50, e.g./i.e., 24/7",
        "We don't. Me too. Five @ home. See you",
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
        seen = "a file, which can have your name in it, and where it was made"
        assert found("", kind, suffix=".pdf") == [seen]
    for suffix in PICTURES:
        assert found("", "document", suffix=suffix) == []
    assert found("", "voice") == found("", "sticker") == []
    assert found("", "location") == ["the place where you are"]
    made = showing(Parcel("sticker", 1, in_set=True))
    assert [each.id for each in made] == ["a sticker, whose set can show who made it"]
    assert neutral_name(Parcel("document", 1, suffix=".pdf")) == "file.pdf"


SEPARATORS = ("", " ", "-", ".", " - ", ",", "_", "—", "*", "ـ", "\u20e3", "، ")
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31))  # noqa: DTZ001


@given(st.integers(10**6, 10**14), st.sampled_from(SEPARATORS), st.text())
def test_a_phone_number_is_found_in_any_words(number: int, between: str, words: str) -> None:
    written = between.join(str(number))
    assert PHONE in found(f"{words} +{written}")


@given(MOMENTS, MOMENTS, st.integers(1, 12))
def test_days_and_hours_are_no_number(one: datetime, other: datetime, many: int) -> None:
    for told in (
        f"{one:%Y-%m-%d %H:%M}, {many} people",
        f"{one:%d.%m.%Y} {one:%H:%M}-{other:%H:%M}",
        f"{one:%d/%m/%y} {one:%H.%M}",
        f"{one:%H:%M}, {other:%H:%M} ({many} hours)",
    ):
        assert PHONE not in found(told)


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
