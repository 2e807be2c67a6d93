"""What those are told for whom a round brought nobody: the true reason, what helps, their place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.matching import Why
from bot.domain.matching.circles import NoCircle
from bot.domain.replies import (
    LanguageName,
    Say,
    Text,
    When,
    _,
    button,
    ngettext,
    paragraphs,
    stacked,
)
from bot.domain.when_where import slot_named

FEW = 5
"""Fewer than so many people are not counted to anybody: a number might tell who they are."""

WHYS: dict[str, Text] = {
    Why.NOBODY: _("nobody is waiting on another side whom we could introduce to them"),
    Why.LANGUAGE: _("nobody there speaks a language they speak"),
    Why.FORMAT: _("nobody there can meet in the way or the place they can"),
    Why.ANSWERS: _("nobody there gave the answers this exchange asks for"),
    Why.HOURS: _("nobody there has time when they have"),
    Why.MET: _("they were introduced to everybody who would fit"),
    Why.LINE: _("there were too few people, and others had waited longer"),
}
"""Why somebody is left out, as a coordinator reads it."""

OWN_WHYS: dict[str, Text] = {
    Why.NOBODY: _("This time nobody else was waiting whom we could introduce to you."),
    Why.LANGUAGE: _(
        "This time nobody was waiting who speaks a language you speak. "
        "If you speak another one, adding it with /profile helps."
    ),
    Why.FORMAT: _(
        "This time nobody was waiting who can meet in the way you can. "
        "If meeting online is possible for you, adding it with /profile helps."
    ),
    Why.ANSWERS: _(
        "This time nobody was waiting whose answers go with yours. New people keep coming."
    ),
    Why.HOURS: _(
        "This time nobody was waiting who has time when you have. "
        "If other times are possible for you, adding them with /profile helps."
    ),
    Why.MET: _("You have been introduced to everybody who would fit. New people keep coming."),
    Why.LINE: _("This time there were too few people, and others had waited longer."),
}
"""Why somebody is left out, as they read it themselves."""

OWN_GROUP_WHYS: dict[str, Text] = {
    Why.NOBODY: _(
        "This time nobody of another side was waiting, or nobody who could sit with you."
    ),
    Why.LANGUAGE: _(
        "This time no group could be filled with people who all speak a language you speak. "
        "If you speak another one, adding it with /profile helps."
    ),
    Why.FORMAT: _(
        "This time no group could be filled with people who can all meet in the way you can. "
        "If meeting online is possible for you, adding it with /profile helps."
    ),
    Why.ANSWERS: _(
        "This time no group could be filled with people whose answers go with yours. "
        "New people keep coming."
    ),
    Why.HOURS: _(
        "This time no group could be filled with people who all have time when you have. "
        "If other times are possible for you, adding them with /profile helps."
    ),
    Why.MET: _("You have been introduced to everybody who would fit. New people keep coming."),
    Why.LINE: _("This time there were too few places, and others had waited longer."),
    NoCircle.FEW: _("This time too few people were waiting for a group to begin."),
    NoCircle.LEADS: _("This time nobody was there who could lead a group with you in it."),
}
"""Why somebody has no place in a circle or team, as they read it themselves."""

GROUP_WHYS: dict[str, Text] = {
    Why.NOBODY: _("nobody on another side is waiting who could sit with them"),
    Why.LANGUAGE: _("no group could be filled with people who share a language with them"),
    Why.FORMAT: _("no group could be filled with people who can meet in the way they can"),
    Why.ANSWERS: _("no group could be filled with people whose answers go with theirs"),
    Why.HOURS: _("no group could be filled with people who have time when they have"),
    Why.MET: _("they were introduced to everybody who would fit"),
    Why.LINE: _("there were too few places, and others had waited longer"),
    NoCircle.FEW: _("too few people wait on some side for a group to begin"),
    NoCircle.LEADS: _("nobody of some side who would lead could sit with them"),
}
"""The same, as a coordinator reads it."""


def why_left(told: Mapping[str, Any]) -> Text:
    """Why somebody is left out of a round, as a coordinator reads it; see `left_out_say`."""
    return GROUP_WHYS[told["why"]] if told.get("grouped") else WHYS[told["why"]]


def _own_why(told: Mapping[str, Any]) -> Text | None:
    if not told:
        return None
    return OWN_GROUP_WHYS[told["why"]] if told.get("grouped") else OWN_WHYS[told["why"]]


def helps(told: Mapping[str, Any]) -> Text | None:
    """What would have opened partners to somebody left out, if that is known.

    `told` is what a round keeps of them: its `help` has `kind`, `what` and `partners`, as
    `domain.matching.Help` gives them.
    """
    known = told.get("help")
    if not known:
        return None
    many = int(known["partners"])
    partners = ngettext("{n} person", "{n} people", many) if many >= FEW else _("some people")
    kind, what = Why(known["kind"]), str(known["what"])
    if kind == Why.LANGUAGE:
        if many < FEW:
            return None  # who speaks a language that few speak may be known by it
        spoken = LanguageName(what)
        return _(
            "With one more language ({language}), {partners} would fit.",
            language=spoken,
            partners=partners,
        )
    if kind == Why.FORMAT:
        return _("With meetings online as well, {partners} would fit.", partners=partners)
    slot = slot_named(what)
    return _("With one more time ({slot}), {partners} would fit.", slot=slot, partners=partners)


def left_out_say(
    person_id: int, told: Mapping[str, Any], place: int | None, next_at: datetime | None
) -> Say:
    """Tells a person that a round brought them nobody, why, and their place (from 1) in line.

    `told` is what the round keeps of them, empty where it knows no reason; it is `grouped` where a
    place in a circle or team was sought. Without a place in line they are too far back to say.
    """
    coming = None
    if next_at is not None:
        coming = _("The next introductions are planned for {when}.", when=When(next_at))
    text = paragraphs(
        _("There were new introductions, and I could not find anybody for you yet."),
        _own_why(told),
        helps(told),
        place and _("You are number {place} in line on your side.", place=place),
        coming,
    )
    return Say(person_id, text, stacked(button(_("Pause for a while"), "pause.menu")))
