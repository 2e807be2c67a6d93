"""What two people show each other, step by step: a pseudonym, a name, how to be reached.

Each step is one's own: alone, or only together with the other one's. None is ever taken for them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.replies import Text, _

PSEUDONYM, NAME, CONTACT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Shown:
    """How far one of the two shows who they are, and how far they would if the other did, too."""

    shows: int = PSEUDONYM
    offers: int = PSEUDONYM

    @property
    def next(self) -> int | None:
        """The step that could follow, None after the last."""
        return self.shows + 1 if self.shows < CONTACT else None


def unlock(mine: Shown, theirs: Shown, level: int, *, alone: bool) -> tuple[Shown, Shown]:
    """One shows the next step, alone or once both do; what both show then.

    Any other step than one's next changes nothing.
    """
    if level != mine.next:
        return mine, theirs
    met = max(theirs.shows, theirs.offers) >= level
    mine = Shown(level if alone or met else mine.shows, max(mine.offers, level))
    if mine.shows == level and theirs.next == level and theirs.offers >= level:
        theirs = replace(theirs, shows=level)
    return mine, theirs


def back(mine: Shown, level: int) -> Shown:
    """One shows, and offers, only what comes before a step."""
    return Shown(min(mine.shows, level - 1), min(mine.offers, level - 1))


PSEUDONYMS: tuple[Text, ...] = (
    _("Amber"),
    _("Birch"),
    _("Breeze"),
    _("Brook"),
    _("Cloud"),
    _("Coral"),
    _("Dawn"),
    _("Dew"),
    _("Fern"),
    _("Heron"),
    _("Island"),
    _("Juniper"),
    _("Lake"),
    _("Lark"),
    _("Meadow"),
    _("Mint"),
    _("Moss"),
    _("Pearl"),
    _("Pebble"),
    _("Plum"),
    _("Quartz"),
    _("Rain"),
    _("Sparrow"),
    _("Willow"),
)
"""Words that belong to no people, faith or flag; numbered from 0, new ones only at the end."""


def pseudonym(number: int | None) -> Text:
    """The pseudonym of this number."""
    return PSEUDONYMS[(number or 0) % len(PSEUDONYMS)]


def free(taken: set[int], start: int, many: int) -> list[int]:
    """So many numbers of pseudonyms, from one on, that are not taken as long as there are any."""
    order = [(start + n) % len(PSEUDONYMS) for n in range(len(PSEUDONYMS))]
    unused = [each for each in order if each not in taken]
    return (unused + order)[:many]
