"""How things are said: escaped, isolated, in each language's dates, lists and plurals."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import i18n
from bot.domain.replies import (
    CountryName,
    Hour,
    LanguageName,
    Listed,
    Plain,
    Text,
    WeekdayName,
    When,
    ZoneName,
    _,
    lines,
    ngettext,
    paragraphs,
)
from bot.i18n import FIRST_STRONG_ISOLATE, LANGUAGES, POP_ISOLATE, Tongue, spoken
from bot.sandbox.seen import plain

ENGLISH = Tongue("en", "Europe/Athens")
AT = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)


def isolated(text: str) -> str:
    """Text between the marks that keep its direction to itself."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def test_values_are_escaped_and_isolated() -> None:
    text = Text("Hello <b>{name}</b>", {"name": '<a href="x">&Ana'})
    escaped = isolated("&lt;a href=&quot;x&quot;&gt;&amp;Ana")
    assert ENGLISH.say(text) == f"Hello <b>{escaped}</b>"


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_foreign_text_can_neither_mark_up_nor_turn_what_is_around(text: str, language: str) -> None:
    said = Tongue(language).say(Text("{name}", {"name": text}))
    inner = said.removeprefix(FIRST_STRONG_ISOLATE).removesuffix(POP_ISOLATE)
    assert not re.search(r"[<>]", inner)
    assert not re.search("&(?!amp;|lt;|gt;|quot;|#x27;)", inner)
    left = {unicodedata.category(c) for c in inner if c not in i18n.JOINERS}
    assert not left & {"Cc", "Cf", "Cs"}
    assert html.unescape(inner) == i18n.cleaned(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("A\x00n\x07a", "Ana"),
        ("\u202eevil\u202c", "evil"),
        ("\u2066x\u2069\u200f", "x"),
        ("two\nlines\tand", "two lines and"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\ud800half", "half"),
    ],
)
def test_controls_are_taken_out(text: str, left: str) -> None:
    assert i18n.cleaned(text) == left
    assert ENGLISH.say(text) == isolated(left)


def test_braces_in_a_value_stay_braces() -> None:
    assert ENGLISH.say(Text("{a}", {"a": "{b} {0}"})) == isolated("{b} {0}")


def test_a_label_has_no_markup_and_no_entities() -> None:
    assert ENGLISH.label("Tom & <Jerry>\n\u202e") == "Tom & <Jerry> "
    label = ENGLISH.label(Text("Write to {name}", {"name": "Tom & Jerry"}))
    assert label == f"Write to {isolated('Tom & Jerry')}"


def test_texts_are_put_under_each_other() -> None:
    one, two = Text("one", {}), Text("two", {})
    assert ENGLISH.say(lines(one, None, two)) == "one\ntwo"
    assert ENGLISH.say(paragraphs(one, None, two)) == "one\n\ntwo"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "a, b and c"),
        ("es", "a, b y c"),
        ("tr", "a, b ve c"),
        ("el", "a, b και c"),
        ("he", "a, b וc"),
        ("ar", "a وb وc"),
    ],
)
def test_lists_are_joined_as_the_language_does(language: str, said: str) -> None:
    assert plain(Tongue(language).say(Listed(tuple(map(Plain, "abc"))))) == said


def test_a_list_of_one_or_none() -> None:
    assert ENGLISH.say(Listed((Plain("a"),))) == "a"
    assert ENGLISH.say(Listed(())) == ""
    assert ENGLISH.say(Listed((Plain("a"), Plain("b")), "or")) == "a or b"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Athens", "Sunday, 29 March 2026, 02:30 (Athens time)"),
        ("America/New_York", "Saturday, 28 March 2026, 20:30 (New York time)"),
        ("Asia/Jerusalem", "Sunday, 29 March 2026, 03:30 (Jerusalem time)"),
        ("UTC", "Sunday, 29 March 2026, 00:30 (UTC time)"),
    ],
)
def test_an_instant_is_said_in_the_readers_zone_by_name(zone: str, said: str) -> None:
    assert Tongue("en", zone).say(When(AT)) == said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("zone", ["Asia/Amman", "Asia/Hebron", "Europe/Istanbul", "America/Bogota"])
def test_dates_and_places_have_names_in_each_language(language: str, zone: str) -> None:
    tongue = Tongue(language, zone)
    said = [
        tongue.say(value)
        for value in (
            *(When(AT), Hour(AT), date(2026, 3, 29), LanguageName("ar"), CountryName("GR")),
            *(ZoneName(zone), WeekdayName(0), WeekdayName(6, "abbreviated"), 1234.5),
        )
    ]
    assert all(said)
    if language in {"ar", "he", "el"}:
        words = "".join(said[:1] + said[3:8])
        assert not re.search("[A-Za-z]{3}", words)


def test_the_hour_changes_with_the_clocks() -> None:
    tongue = Tongue("en", "Europe/Athens")
    before = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    after = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert [tongue.say(Hour(at)) for at in (before, after)] == [
        "Sun 29 Mar · 02:59",
        "Sun 29 Mar · 04:00",
    ]


def test_a_language_is_named_in_its_own_words() -> None:
    assert ENGLISH.say(LanguageName("el")) == "Greek"
    assert [
        ENGLISH.say(LanguageName(code, own=True)) for code in ("el", "ar", "he", "tr", "es")
    ] == [
        *("Ελληνικά", "العربية", "עברית", "Türkçe", "español"),
    ]


@pytest.mark.parametrize(
    ("code", "language"),
    [
        *((None, "en"), ("", "en"), ("el", "el"), ("pt-br", "en"), ("es-MX", "es"), ("AR", "ar")),
        *(("iw", "he"), ("he_IL", "he"), ("zh-hans", "en"), ("x" * 300, "en")),
    ],
)
def test_the_language_of_a_client(code: str | None, language: str) -> None:
    assert spoken(code) == language


def test_english_plurals() -> None:
    said = [ENGLISH.say(ngettext("{n} meeting", "{n} meetings", n)) for n in (0, 1, 2, 1000)]
    assert said == ["0 meetings", "1 meeting", "2 meetings", "1,000 meetings"]


ARABIC = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 "
": n%100>=11 && n%100<=99 ? 4 : 5);\n"

msgid "{n} meeting"
msgid_plural "{n} meetings"
msgstr[0] "none"
msgstr[1] "one"
msgstr[2] "two"
msgstr[3] "{n} few"
msgstr[4] "{n} many"
msgstr[5] "{n} other"

msgid "Hello <b>{name}</b>"
msgstr "مرحبا <b>{name}</b>"
"""


@pytest.fixture
def arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tongue]:
    """Arabic out of a catalog of our own."""
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "proxeny.po").write_text(ARABIC.lstrip())
    monkeypatch.setattr(i18n, "locales_folder", lambda: tmp_path)
    i18n.catalog.cache_clear()
    yield Tongue("ar")
    i18n.catalog.cache_clear()


def test_each_plural_form_of_a_catalog(arabic: Tongue) -> None:
    said = [arabic.say(ngettext("{n} meeting", "{n} meetings", n)) for n in (0, 1, 2, 3, 11, 100)]
    assert said[:3] == ["none", "one", "two"]
    assert [each.split()[1] for each in said[3:]] == ["few", "many", "other"]


def test_a_catalog_translates_and_what_it_lacks_is_english(arabic: Tongue) -> None:
    hello = Text("Hello <b>{name}</b>", {"name": "Ana"})
    assert arabic.say(hello) == f"مرحبا <b>{isolated('Ana')}</b>"
    assert arabic.say(_("not there")) == "not there"
