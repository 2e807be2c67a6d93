"""From what is to be said to how it is said: catalogs, plurals, dates and lists by Babel.

Every value that fills a placeholder is escaped for HTML; foreign text (names, notes) is stripped of
control characters and wrapped in bidi isolates, so that it can't turn the sentence around it.
"""

from __future__ import annotations

import html
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as CatalogMessage
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from bot.domain.inert import JOINER
from bot.domain.replies import (
    CountryName,
    Hour,
    Joined,
    LanguageName,
    Listed,
    Plain,
    Text,
    Value,
    WeekdayName,
    When,
    ZoneName,
    _,
)
from bot.domain.wording import Message

LANGUAGES = ("en", "ar", "he", "el", "tr", "es")
"""The languages the bot speaks; the first is that of the message ids."""

FIRST_STRONG_ISOLATE, LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE = "\u2068", "\u2066", "\u2069"
LEFT_TO_RIGHT_MARK = "\u200e"
JOINERS = ("\u200c", "\u200d", JOINER)
"""Persian, Arabic and emoji are spelt with the first two; the third keeps words from links."""

COMMAND = re.compile(r"(?<![\w/:<\u200e])/(?=[a-z])")
"""A command's slash. In right-to-left text it would land on the wrong end of its word."""

DATE_AND_TIME = _("{date}, {time} ({city} time)")


def locales_folder() -> Path:
    """Where the catalogs are: beside the package in a checkout, inside it when installed."""
    inside = Path(__file__).parent / "locales"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "locales"


def spoken(language_code: str | None) -> str:
    """The language to speak to somebody whose client has this code (`pt-br`), English if none."""
    code = (language_code or "").replace("_", "-").split("-")[0].lower()
    code = {"iw": "he"}.get(code, code)
    return code if code in LANGUAGES else LANGUAGES[0]


@lru_cache
def catalog(language: str) -> Translations:
    """A language's messages, compiled from its .po file on first use."""
    if language == LANGUAGES[0] or not _source(language).exists():
        return Translations()
    compiled = io.BytesIO()
    write_mo(compiled, _read(language))
    compiled.seek(0)
    return Translations(compiled)


@lru_cache
def messages(language: str) -> dict[str, Message]:
    """All the bot can say in a language, by message id; what isn't translated is in English."""
    return {each.id: each for each in map(_message, _read(language)) if each.id}


def _source(language: str) -> Path:
    if language == LANGUAGES[0]:
        return locales_folder() / "proxeny.pot"
    return locales_folder() / language / "LC_MESSAGES" / "proxeny.po"


def _read(language: str) -> Catalog:
    with _source(language).open("rb") as file:
        return read_po(file, locale=language)


def _message(entry: CatalogMessage) -> Message:
    ids = (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)
    said = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ("",))
    return Message(ids[0], said if all(said) else ids, *ids[1:])


def plural_form(language: str, count: int) -> int:
    """Which of a language's plural forms a number takes, from 0."""
    return int(catalog(language).plural(count))


def cleaned(text: str) -> str:
    """Foreign text without control characters, bidi controls or line breaks."""
    kept = (" " if c in "\n\t" else c for c in text)
    return "".join(
        c for c in kept if unicodedata.category(c) not in {"Cc", "Cf", "Cs"} or c in JOINERS
    )


@dataclass(frozen=True, slots=True)
class Tongue:
    """How things are said to one person: their language and time zone.

    `words` has what a network says in its own words in that language, by message id: one text, or
    one for each plural form.
    """

    language: str
    zone: str = "UTC"
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def locale(self) -> Locale:
        """The language's CLDR locale."""
        return _locale(self.language)

    def say(self, value: Value) -> str:
        """The value as Telegram HTML."""
        match value:
            case str():
                return f"{FIRST_STRONG_ISOLATE}{html.escape(cleaned(value))}{POP_ISOLATE}"
            case Text():
                return self._translated(value)
            case Joined():
                return value.by.join(map(self.say, value.parts))
            case Listed():
                return format_list([self.say(i) for i in value.items], value.style, self.locale)
            case int() | float():
                return format_decimal(value, locale=self.locale)
            case _:
                return html.escape(self._named(value), quote=False)

    def label(self, value: Value) -> str:
        """The value as plain text for a button: no HTML, no isolates round the whole."""
        if isinstance(value, str):
            return cleaned(value)
        return html.unescape(self.say(value))

    def _translated(self, text: Text) -> str:
        return self._filled(text, {name: self.say(each) for name, each in text.values.items()})

    def _filled(self, text: Text, values: Mapping[str, str]) -> str:
        if own := self._own(text):
            with suppress(KeyError, IndexError, ValueError, AttributeError):  # else the usual words
                return self._in_order(own).format_map(values)
        return self._in_order(self._usual(text)).format_map(values)

    def _own(self, text: Text) -> str | None:
        forms = self.words.get(text.id)
        if not forms or not text.plural:
            return forms[0] if forms else None
        at = plural_form(self.language, text.count)
        return forms[at] if at < len(forms) else None

    def _usual(self, text: Text) -> str:
        catalog_ = catalog(self.language)
        if text.plural:
            return catalog_.ungettext(text.id, text.plural, text.count)
        return catalog_.ugettext(text.id)

    def _in_order(self, template: str) -> str:
        return COMMAND.sub(LEFT_TO_RIGHT_MARK + "/", template) if self._is_rtl else template

    def _named(
        self,
        value: When | Hour | LanguageName | CountryName | ZoneName | WeekdayName | Plain | date,
    ) -> str:
        match value:
            case When():
                return self._when(value.at)
            case Hour():
                return self._hour(value.at)
            case LanguageName():
                of = _locale(value.code) if value.own and value.code in LANGUAGES else self.locale
                return str(of.languages.get(value.code, value.code))
            case CountryName():
                return str(self.locale.territories.get(value.code, value.code))
            case ZoneName():
                return self._city(value.name)
            case WeekdayName():
                return str(self.locale.days["stand-alone"][value.width][value.day])
            case Plain():
                return self._kept_in_order(value.text)
            case date():
                return format_date(value, "long", self.locale)

    @property
    def _is_rtl(self) -> bool:
        return self.locale.text_direction == "rtl"

    def _kept_in_order(self, text: str) -> str:
        """Words of digits and signs keep their order in right-to-left text; links stay bare."""
        if not self._is_rtl or "://" in text:
            return text
        return f"{LEFT_TO_RIGHT_ISOLATE}{text}{POP_ISOLATE}"

    def _when(self, at: datetime) -> str:
        here = at.astimezone(ZoneInfo(self.zone))
        values = {
            "date": format_date(here, "full", self.locale),
            "time": format_time(here, "short", locale=self.locale),
            "city": self._city(self.zone),
        }
        return self._filled(DATE_AND_TIME, values)

    def _hour(self, at: datetime) -> str:
        here = at.astimezone(ZoneInfo(self.zone))
        day = format_skeleton("MMMEd", here, locale=self.locale)
        return f"{day} · {format_time(here, 'short', locale=self.locale)}"

    def _city(self, zone: str) -> str:
        return (
            "UTC" if zone == "UTC" else get_timezone_location(zone, self.locale, return_city=True)
        )


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse({"en": "en_GB"}.get(language, language))
