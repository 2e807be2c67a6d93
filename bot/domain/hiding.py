"""Hiding: the word that ends it, and when the plain reminder bot reminds."""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta

from bot.domain.calendar import local_day, wall
from bot.domain.fields import Wrong
from bot.domain.replies import Text, _

SILENT = {"Cf", "Mn", "Me", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"}
"""Categories of characters that a word is the same without: signs, accents, vowel points."""

ALIKE = str.maketrans("ıىیکة", "iييكه")
SHORTEST, LONGEST = 4, 40
DELETED_AT_ONCE = 100
"""Messages that Telegram deletes in one call."""

DIGITS = 6
"""Digits of the word that is made for who has chosen none: it stands in the note that stays."""


def plain(text: str) -> str:
    """The text as one means it: whatever its case, spaces, signs, accents and shapes of digits.

    What keyboards do by themselves must lock nobody out: capitals (Turkish has two letters i),
    apostrophes, and the Arabic letters that look alike but differ from one keyboard to another.
    """
    shown = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = (each for each in shown if unicodedata.category(each) not in SILENT)
    return "".join(_digit(each) for each in kept if not each.isspace()).translate(ALIKE)


def _digit(letter: str) -> str:
    value = unicodedata.digit(letter, None)
    return letter if value is None else str(value)


def is_word(word: str, text: str) -> bool:
    """Whether somebody wrote the word; it takes as long for any other."""
    return hmac.compare_digest(plain(word).encode(), plain(text).encode())


def fit(word: str) -> str:
    """A word that may end hiding; raises Wrong for one that anybody could write by chance."""
    if len(plain(word)) < SHORTEST or word.startswith("/"):
        raise Wrong(
            _("Please take at least {n} letters or digits, not beginning with “/”.", n=SHORTEST)
        )
    return word


def in_calls(message_ids: Collection[int]) -> list[tuple[int, ...]]:
    """Messages to delete, in their order, as many as go into one call at a time."""
    ordered = sorted(set(message_ids))
    return [
        tuple(ordered[at : at + DELETED_AT_ONCE]) for at in range(0, len(ordered), DELETED_AT_ONCE)
    ]


WHENS: dict[str, Text] = {
    "hour": _("In an hour"),
    "evening": _("This evening"),
    "morning": _("Tomorrow morning"),
    "week": _("In a week"),
}
"""When one can be reminded."""


def offered(now: datetime, zone: str) -> list[str]:
    """Which of them lie ahead: there is no "this evening" at night."""
    return [
        each for each in WHENS if each != "evening" or wall(local_day(now, zone), 19, zone) > now
    ]


def moment(when: str, now: datetime, zone: str) -> datetime:
    """The instant (UTC) of one of `WHENS`; raises KeyError for any other."""
    today = local_day(now, zone)
    evening = wall(today, 19, zone)  # a button may be tapped later than it was offered
    return {
        "hour": now + timedelta(hours=1),
        "evening": evening if evening > now else wall(today + timedelta(days=1), 19, zone),
        "morning": wall(today + timedelta(days=1), 9, zone),
        "week": wall(today + timedelta(days=7), 9, zone),
    }[when]
