"""What people mean by a country, a city or a language they write, in any language the bot speaks.

Names are CLDR's (Babel). Countries are ISO 3166 codes, zones IANA names, languages ISO 639 codes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import get_timezone_location

from bot.domain.forms import Where
from bot.i18n import LANGUAGES

NOWHERE, UNKNOWN = "ZZ", "Etc/Unknown"
AT_MOST = 8

Index = Mapping[str, tuple[str, ...]]


@cache
def zones_of(country: str) -> tuple[str, ...]:
    """The time zones of a country, by name; none for a code that is no country."""
    return tuple(_territories().get(country, ()))


def country_of(zone: str) -> str:
    """The country a time zone lies in, "" for one of no country."""
    found: str = get_global("zone_territories").get(zone, "")
    return "" if found == NOWHERE else found


@cache
def zone_names() -> frozenset[str]:
    """All zones of all countries."""
    return frozenset(zone for zones in _territories().values() for zone in zones)


def countries_and_zones(text: str) -> tuple[str, ...]:
    """The countries and zones a text may mean, the likeliest first; none it doesn't resemble.

    A zone goes unnamed where its country is named too.
    """
    found = _meant(_places(), text)
    covered = {zone for place in found for zone in zones_of(place)}
    return tuple(place for place in found if place not in covered)


def languages(text: str) -> tuple[str, ...]:
    """The languages a text may mean, the likeliest first; none it doesn't resemble."""
    return _meant(_languages(), text)


def zone_at(latitude: float, longitude: float) -> str:
    """The time zone at a place in degrees, "" where there is none."""
    from tzfpy import get_tz  # its map takes 30 MB; most people choose a country

    found: str = get_tz(longitude, latitude)
    return "" if found.startswith("Etc/") else found


def where(*first: str) -> Where:
    """The question for a time zone, with buttons for these countries."""
    return Where(tuple(dict.fromkeys(first)), zones_of, countries_and_zones, zone_at)


@cache
def first_weekday(country: str) -> int:
    """The day a week begins with there, 0 = Monday."""
    try:
        return int(Locale.parse(f"und_{country}").first_week_day)
    except (UnknownLocaleError, ValueError):
        return 0


@cache
def _territories() -> Mapping[str, list[str]]:
    known: Mapping[str, list[str]] = get_global("territory_zones")
    return {
        country: sorted(set(zones) - {UNKNOWN})
        for country, zones in known.items()
        if country != NOWHERE and set(zones) - {UNKNOWN}
    }


def _locales() -> Iterator[Locale]:
    return map(Locale.parse, LANGUAGES)


def folded(text: str) -> str:
    """The text without case, accents and points: `Cordoba` is `Córdoba`, `KIBRIS` `Kıbrıs`."""
    split = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
    kept = "".join(each for each in split if not unicodedata.combining(each))
    return " ".join(kept.replace("_", " ").replace("-", " ").split())


def _index(named: Iterable[tuple[str, str]]) -> Index:
    found: dict[str, dict[str, None]] = {}
    for name, value in named:
        found.setdefault(folded(name), {})[value] = None
    return {name: tuple(values) for name, values in found.items()}


@cache
def _places() -> Index:
    return _index([*_country_names(), *_zone_names()])


def _country_names() -> Iterator[tuple[str, str]]:
    yield from (("UK", "GB"), ("USA", "US"))
    for country in _territories():
        yield country, country
        yield from ((str(each.territories.get(country, country)), country) for each in _locales())


def _zone_names() -> Iterator[tuple[str, str]]:
    for zone in sorted(zone_names()):
        yield zone, zone
        for locale in _locales():
            yield get_timezone_location(zone, locale, return_city=True), zone


ALSO_CALLED = (("rumca", "el"),)
"""Names of languages that CLDR doesn't know, lest they be taken for another's."""


@cache
def _languages() -> Index:
    codes = [code for code in map(str, Locale.parse("en").languages) if len(code) <= 3]
    here = ((str(each.languages.get(code, code)), code) for each in _locales() for code in codes)
    own = ((name, code) for code in codes if len(code) == 2 and (name := _own_name(code)))
    return _index([*here, *own, *ALSO_CALLED])


def _own_name(code: str) -> str | None:
    try:
        return Locale.parse(code).get_display_name()
    except (UnknownLocaleError, ValueError):
        return None


def _meant(index: Index, text: str) -> tuple[str, ...]:
    wanted = folded(text[:60])
    if not wanted:
        return ()
    if wanted in index:
        return index[wanted][:AT_MOST]
    begun = [name for name in index if len(wanted) >= 3 and name.startswith(wanted)]
    close = begun or get_close_matches(wanted, index, n=AT_MOST, cutoff=0.8)
    return tuple(dict.fromkeys(value for name in close for value in index[name]))[:AT_MOST]
