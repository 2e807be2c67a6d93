"""Countries, cities and languages as people write them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import names
from bot.domain.replies import CountryName, LanguageName, ZoneName
from bot.i18n import LANGUAGES, Tongue


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Cyprus", ("CY",)),
        ("Ισπανία", ("ES",)),
        ("إسبانيا", ("ES",)),
        ("ספרד", ("ES",)),
        ("ispanya", ("ES",)),
        ("ESPANA", ("ES",)),
        ("germny", ("DE",)),
        ("UK", ("GB",)),
        ("new york", ("America/New_York",)),
        ("Europe/Madrid", ("Europe/Madrid",)),
        ("Singapore", ("SG",)),
        ("", ()),
        ("Atlantis", ()),
        ("x" * 4096, ()),
    ],
)
def test_places(text: str, meant: tuple[str, ...]) -> None:
    assert names.countries_and_zones(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Swahili", "sw"),
        ("kiswahili", "sw"),
        ("עברית", "he"),
        ("Türkçe", "tr"),
        ("ladino", "lad"),
    ],
)
def test_languages(text: str, meant: str) -> None:
    assert names.languages(text) == (meant,)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country", ["CY", "TR", "IL", "JO", "ES", "US"])
def test_a_country_is_known_by_the_name_it_is_shown_with(language: str, country: str) -> None:
    assert names.countries_and_zones(Tongue(language).say(CountryName(country))) == (country,)


def test_every_zone_is_real_and_can_be_shown_and_asked() -> None:
    assert len(names.zone_names()) > 300
    for zone in names.zone_names():
        ZoneInfo(zone)
        assert Tongue("ar").say(ZoneName(zone))
        assert len(f"form:1795360201000:={zone}") <= 64
    assert names.zones_of("TR") == ("Europe/Istanbul",)
    assert names.zones_of("XX") == names.zones_of("ZZ") == ()


def test_a_place_on_the_map_has_a_zone() -> None:
    assert names.zone_at(35.17, 33.36) == "Asia/Nicosia"
    assert names.zone_at(0.0, -140.0) == ""


def test_the_week_begins_as_it_does_there() -> None:
    assert [names.first_weekday(country) for country in ("GB", "IL", "EG", "X")] == [0, 6, 5, 0]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_whatever_is_written_is_a_place_or_none(text: str) -> None:
    for place in names.countries_and_zones(text):
        assert names.zones_of(place) or place in names.zone_names()
    for code in names.languages(text):
        assert Tongue("en").say(LanguageName(code))
