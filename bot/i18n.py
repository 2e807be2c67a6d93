"""From what is to be said to how it is said: catalogs, plurals, dates and lists by Babel.

Every value that fills a placeholder is escaped for HTML; foreign text (names, notes) is stripped of
control characters and wrapped in bidi isolates, so that it can't turn the sentence around it.
"""

from __future__ import annotations

import html
import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

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

LANGUAGES = ("en", "ar", "he", "el", "tr", "es")
"""The languages the bot speaks; the first is that of the message ids."""

FIRST_STRONG_ISOLATE, LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE = "\u2068", "\u2066", "\u2069"
LEFT_TO_RIGHT_MARK = "\u200e"
JOINERS = ("\u200c", "\u200d")  # Persian, Arabic and emoji are spelt with them

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
    source = locales_folder() / language / "LC_MESSAGES" / "proxeny.po"
    if not source.exists():
        return Translations()
    compiled = io.BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def cleaned(text: str) -> str:
    """Foreign text without control characters, bidi controls or line breaks."""
    kept = (" " if c in "\n\t" else c for c in text)
    return "".join(
        c for c in kept if unicodedata.category(c) not in {"Cc", "Cf", "Cs"} or c in JOINERS
    )


@dataclass(frozen=True, slots=True)
class Tongue:
    """How things are said to one person: their language and time zone."""

    language: str
    zone: str = "UTC"

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
        catalog_ = catalog(self.language)
        if text.plural:
            template = catalog_.ungettext(text.id, text.plural, text.count)
        else:
            template = catalog_.ugettext(text.id)
        if self._is_rtl:
            template = COMMAND.sub(LEFT_TO_RIGHT_MARK + "/", template)
        return template.format_map({name: self.say(each) for name, each in text.values.items()})

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
        return (
            catalog(self.language)
            .ugettext(DATE_AND_TIME.id)
            .format(
                date=format_date(here, "full", self.locale),
                time=format_time(here, "short", locale=self.locale),
                city=self._city(self.zone),
            )
        )

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
