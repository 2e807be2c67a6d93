"""Links that don't exist: how often somebody tries them, and word of it to who owns the bot."""

from __future__ import annotations

from bot.domain.limits import INVITES
from bot.domain.replies import Say, _, ngettext, paragraphs
from bot.router import Turn
from bot.store import attempts, facts, people

ENOUGH = 20
"""So many wrong links on one day are more than people's slips: the owners hear of it."""


async def too_often(turn: Turn) -> list[Say]:
    """What to say, to any link, where this person has tried too many; else nothing."""
    if await attempts.again(turn.db, turn.me.id, INVITES, turn.now) is None:
        return []
    text = _("These were too many links that do not work. Please try again in an hour.")
    return [turn.say(text), *await _counted(turn)]


async def noted(turn: Turn) -> list[Say]:
    """Notes a link that does not exist; word to the owners, where it is time for that."""
    await attempts.add(turn.db, turn.me.id, INVITES, turn.now)
    return await _counted(turn)


async def _counted(turn: Turn) -> list[Say]:
    """Of all accounts together, and also those that were forgotten since."""
    day = f"{turn.now:%Y%m%d}"
    many = await facts.count(turn.db, facts.GUESSES, day)
    if many != ENOUGH:
        return []
    text = paragraphs(
        ngettext(
            "Today {n} invitation link was tried that does not exist.",
            "Today {n} invitation links were tried that do not exist.",
            many,
        ),
        _(
            "Somebody may be guessing. Nobody can find one in this way, and whoever tries a few "
            "is stopped for an hour, so you need not do anything."
        ),
        _(
            "If you printed or sent a link lately, please check that it is whole. /invite shows "
            "the links in use, takes them back, and makes new ones."
        ),
    )
    found = await people.owners(turn.db, turn.here.owners)
    return [Say(each.id, text).with_key(f"guessing:{day}:{each.id}") for each in found]
