"""What those are told for whom a round brought nobody: the true reason, and where they stand."""

from __future__ import annotations

from datetime import datetime

from bot.domain.matching import Why
from bot.domain.replies import Say, Text, When, _, button, paragraphs, stacked

WHYS: dict[Why, Text] = {
    Why.NOBODY: _("nobody on another side is waiting for whom we could ask"),
    Why.LANGUAGE: _("nobody there speaks a language they speak"),
    Why.FORMAT: _("nobody there can meet in the way or the place they can"),
    Why.HOURS: _("nobody there has time when they have"),
    Why.MET: _("they were introduced to everybody who would fit"),
    Why.LINE: _("there were too few people, and others had waited longer"),
}
"""Why somebody is left out, as a coordinator reads it."""

OWN_WHYS: dict[Why, Text] = {
    Why.NOBODY: _("This time nobody else was waiting whom we could introduce to you."),
    Why.LANGUAGE: _(
        "This time nobody was waiting who speaks a language you speak. "
        "If you speak another one, adding it with /profile helps."
    ),
    Why.FORMAT: _(
        "This time nobody was waiting who can meet in the way you can. "
        "If meeting online is possible for you, adding it with /profile helps."
    ),
    Why.HOURS: _(
        "This time nobody was waiting who has time when you have. "
        "If other times are possible for you, adding them with /profile helps."
    ),
    Why.MET: _("You have been introduced to everybody who would fit. New people keep coming."),
    Why.LINE: _("This time there were too few people, and others had waited longer."),
}
"""Why somebody is left out, as they read it themselves."""


def left_out_say(person_id: int, why: Why, place: int | None, next_at: datetime | None) -> Say:
    """Tells a person that a round brought them nobody, why, and their place (from 1) in line.

    Without a place they are too far back to say.
    """
    coming = None
    if next_at is not None:
        coming = _("The next introductions are planned for {when}.", when=When(next_at))
    text = paragraphs(
        _("There were new introductions, and I could not find anybody for you yet."),
        OWN_WHYS[why],
        place and _("You are number {place} in line on your side.", place=place),
        coming,
    )
    return Say(person_id, text, stacked(button(_("Pause for a while"), "pause.menu")))
