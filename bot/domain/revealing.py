"""What of a message would show who its sender is: found so that it can be asked about first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.domain.parcels import FILES, LONGEST, PICTURES, Parcel
from bot.domain.replies import Text, _

_AT, _DOT = r"(?:@|\[at\]|\(at\))", r"(?:\.| ?(?:\[dot\]|\(dot\)) ?)"
_MAIL = re.compile(rf"[\w.+-]+ ?{_AT} ?[\w-]+{_DOT}\w[\w.-]*", re.IGNORECASE)
_SITES = "facebook|instagram|linkedin|tiktok|snapchat|vk|x|twitter|whatsapp|viber"
_ACCOUNT = re.compile(
    r"@\w{3,}|@\w+:\w+\.\w|\btg:/"
    r"|\b(?:t|telegram|wa|signal|fb|m)(?:\.(?:me|dog|group)\b| ?\. ?(?:me|dog|group) ?/)"
    rf"|\b(?:{_SITES}) ?\. ?com\b|\b(?:instagr\.am|linktr\.ee|discord\.gg)\b"
    rf"|\b(?:{_SITES}|telegram|insta|ig|discord) ?: ?\w{{3,}}"
    r"|\b[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}/\S",  # a page, on whatever site
    re.IGNORECASE,
)
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:(?:19|20)\d\d)"
_HOUR, _TO = r"(?:[01]?\d|2[0-3])", r" ?[-–—/] ?"
_DATE = (
    rf"(?:{_YEAR}[./-]{_MONTH}[./-]{_DAY}|{_DAY}[./-]{_MONTH}[./-]{_YEAR}"
    rf"|{_MONTH}[./-]{_DAY}[./-]{_YEAR})"
)
_TIME = rf"(?:{_HOUR}:[0-5]\d(?:{_TO}{_HOUR}:[0-5]\d)?)"
_SHORT_DATE = rf"(?:{_DAY}[./-]{_MONTH}[./-]\d\d|{_MONTH}[./-]{_DAY}[./-]\d\d)"
_SHORT_TIME = rf"(?:{_HOUR}\.[0-5]\d(?:{_TO}{_HOUR}\.[0-5]\d)?)"
_YEARS = rf"(?:{_YEAR}(?:(?:, ?|{_TO}){_YEAR})+)"
_ROUND = r"(?:[1-9]\d{0,2}(?:[.,]\d{3})*[.,]000(?:[.,]\d\d)?)"
_NEXT = r"(?: ?[,;(،] ?| [-–—/] | )"
_SURE = rf"(?:{_DATE}|{_TIME}|{_YEARS}|{_ROUND})"
_LIKELY = rf"(?:{_DATE}|{_TIME}|{_SHORT_DATE}|{_SHORT_TIME}|{_DAY}[./]{_MONTH}\.?,? {_TIME})"
_NO_NUMBER = re.compile(
    rf"(?:\d\d?{_NEXT})?{_SURE}(?:{_NEXT}{_SURE})*(?:{_NEXT}\d\d?)?|{_LIKELY}(?:{_NEXT}{_LIKELY})*"
)
"""Dates, times, years and round figures: a whole run of digits that is nothing but these.

Part of a longer run is none of them: 06.12.34.56.78 is no day with something after it.
"""

_FEWEST = 7
"""A number to call has so many digits, and up to three other signs between each two of them."""

_RUN = re.compile(r"\d(?:(?:[^\w€$£¥₪₺₽%]|_){0,3}\d)+")
_SHOWS_NOTHING = frozenset("\u0640\u115f\u1160\u2800\u3164\uffa0")  # tatweel, fillers, blanks


def plain(text: str) -> str:
    """The text as it reads: no marks, nothing invisible, one form for each letter and digit."""
    parts = unicodedata.normalize("NFKD", text)
    shown = "".join(_digit(each) for each in parts if _shows(each))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", shown))


def _shows(each: str) -> bool:
    return each not in _SHOWS_NOTHING and unicodedata.category(each) not in ("Mn", "Me", "Cf")


def _digit(each: str) -> str:
    """A digit of whatever script as ours: ٥, 五, ❺."""
    value = unicodedata.numeric(each, -1)
    return str(int(value)) if value in range(10) else each


def _calls(text: str) -> bool:
    """Whether there is a number to call."""
    return any(
        sum(each.isdigit() for each in run) >= _FEWEST and not _NO_NUMBER.fullmatch(run)
        for run in _RUN.findall(text)
    )


def showing(parcel: Parcel) -> list[Text]:
    """What in it would show who its sender is."""
    return list(_showing(parcel))


def _showing(parcel: Parcel) -> Iterator[Text]:
    text = plain(parcel.text)
    if parcel.kind == "contact":
        yield _("a contact card")
    if parcel.kind == "location":
        yield _("the place where you are")
    if parcel.in_set:
        yield _("a sticker, whose set can show who made it")
    if parcel.links or _ACCOUNT.search(text):
        yield _("a name of an account, or a link to one")
    if _MAIL.search(text):
        yield _("an e-mail address")
    if _calls(text):
        yield _("a phone number")
    if parcel.kind in FILES and parcel.suffix not in PICTURES:
        yield _("a file, which can have your name in it, and where it was made")


def pieces(text: str, longest: int = LONGEST) -> list[str]:
    """The text in parts of so many characters at the most, broken at spaces where there are any."""
    found, rest = [], text
    while len(rest) > longest:
        at = rest.rfind(" ", longest // 2, longest)
        at = longest if at < 0 else at
        found.append(rest[:at])
        rest = rest[at:].lstrip()
    return [*found, rest] if rest else found
