"""The name somebody chooses for others to see."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.domain.fields import Words, Wrong
from bot.domain.replies import Text, _, paragraphs
from bot.domain.steps import Step

LONGEST = 40

_LINK = re.compile(r"://|www\.|@|\b[\w-]+\.(com|org|net|me|info|io)\b", re.IGNORECASE)
_OFFICIAL = re.compile(
    r"coordin|koordinat|συντον[ιί]σ|προστασίας|منسق|تنسيق|المسؤول|السلامة|الإدارة|بوت|\bה?(?:רכז|ממונה|מנהל)|safeguard|proxeny|telegram|\badmin|\bbot\b",
    re.IGNORECASE,
)
"""Words by which a partner could be made to believe that somebody speaks for the network."""


def participants_name(key: str) -> Step:
    """Asks a participant for it."""
    who = _(
        "It need not be your real name. Those who look after your side see it. Whoever you are "
        "introduced to sees it once you show it or, in some networks, once you both said yes."
    )
    return _step(key, who, checked_participants_name, _("Name"))


def staff_name(key: str, label: Text) -> Step:
    """Asks somebody who looks after a side for it."""
    who = _("It need not be your real name. Only the others who look after your side see it.")
    return _step(key, who, checked_name, label)


def _step(key: str, who_sees: Text, check: Callable[[str], str], label: Text) -> Step:
    ask = paragraphs(_("Which name may others see?"), who_sees, _("Please write it."))
    return Step(key, ask, Words(LONGEST, check), label)


def has_link(text: str) -> bool:
    """Whether there is a link, an address or an @name in it."""
    return _LINK.search(text) is not None


def checked_name(name: str) -> str:
    """The name, if it may be shown to others; raises Wrong."""
    if len(name) < 2:
        raise Wrong(_("That is a little short. Please choose a name of at least two letters."))
    if has_link(name):
        raise Wrong(_("Please choose a name without links, addresses or @names."))
    if sum(each.isdigit() for each in name) > 5:
        raise Wrong(_("Please leave out phone numbers and other long numbers."))
    if not any(each.isalpha() for each in name):
        raise Wrong(_("Please choose a name with letters in it."))
    return name


def checked_participants_name(name: str) -> str:
    """The same for a participant, who must not look like staff or the bot itself."""
    if _OFFICIAL.search(name):
        raise Wrong(
            _("Others could take that for a coordinator or the bot. Please choose another name.")
        )
    return checked_name(name)
