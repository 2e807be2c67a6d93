"""What of a message would show who its sender is: found so that it can be asked about first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.domain.parcels import FILES, LONGEST, PICTURES, Parcel
from bot.domain.replies import Text, _

_MAIL = re.compile(r"[\w.+-]+ ?@ ?[\w-]+\.[\w.-]+")
_ACCOUNT = re.compile(
    r"(?<![\w.])@\w{3,}|\btg:/|\b(?:t|telegram|wa|signal|fb|m)\s?\.\s?(?:me|dog|group)\s?/"
    r"|\b(?:facebook|instagram|linkedin|tiktok|snapchat|vk|x|twitter|whatsapp|viber)\s?\.\s?com\b",
    re.IGNORECASE,
)
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:(?:19|20)\d\d)"
_DAYS_AND_TIMES = re.compile(
    rf"(?<!\d)(?:{_YEAR}[./-]{_MONTH}[./-]{_DAY}|{_DAY}[./-]{_MONTH}[./-](?:{_YEAR}|\d\d)"
    rf"|{_MONTH}[./-]{_DAY}[./-](?:{_YEAR}|\d\d)|(?:[01]?\d|2[0-3])[:.][0-5]\d)(?!\d)"
)
_PHONE = re.compile(r"\d(?:[ ().\-/]{0,3}\d){6,}")


def plain(text: str) -> str:
    """The text as it reads: no invisible characters, one form for each letter and digit."""
    shown = "".join(each for each in text if unicodedata.category(each) != "Cf")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", shown))


def showing(parcel: Parcel) -> list[Text]:
    """What in it would show who its sender is."""
    return list(_showing(parcel))


def _showing(parcel: Parcel) -> Iterator[Text]:
    text = plain(parcel.text)
    if parcel.kind == "contact":
        yield _("a contact card")
    if parcel.links or _ACCOUNT.search(text):
        yield _("a name of an account, or a link to one")
    if _MAIL.search(text):
        yield _("an e-mail address")
    if _PHONE.search(_DAYS_AND_TIMES.sub("—", text)):
        yield _("a phone number")
    if parcel.kind in FILES and parcel.suffix not in PICTURES:
        yield _("a file, which can have your name in it")


def pieces(text: str, longest: int = LONGEST) -> list[str]:
    """The text in parts of so many characters at the most, broken at spaces where there are any."""
    found, rest = [], text
    while len(rest) > longest:
        at = rest.rfind(" ", longest // 2, longest)
        at = longest if at < 0 else at
        found.append(rest[:at])
        rest = rest[at:].lstrip()
    return [*found, rest] if rest else found
