"""What people may be interested in: a short list with names in every language, and own words."""

from __future__ import annotations

from bot.domain.fields import Option
from bot.domain.replies import Text, Value, _

INTERESTS: dict[str, Text] = {
    "cooking": _("Cooking"),
    "music": _("Music"),
    "films": _("Films"),
    "books": _("Books"),
    "sport": _("Sport"),
    "nature": _("Nature"),
    "travel": _("Travel"),
    "art": _("Art and crafts"),
    "history": _("History"),
    "science": _("Science"),
    "technology": _("Technology"),
    "garden": _("Gardening"),
    "family": _("Family life"),
    "faith": _("Faith"),
    "games": _("Games"),
    "work": _("Work and business"),
}
"""Names by what is stored."""

OPTIONS = tuple(Option(value, text) for value, text in INTERESTS.items())


def interest(value: str) -> Value:
    """An interest as a person reads it; own words are as they were written."""
    return INTERESTS.get(value, value)
