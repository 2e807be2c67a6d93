"""Claiming the bot: whoever opens the one-time link first owns it."""

from __future__ import annotations

from bot.domain.replies import Say, _, lines, paragraphs
from bot.router import Turn
from bot.store import attempts, facts, people

TRIED = "invite"
"""Wrong links of any sort count together, so that none can be guessed."""


async def claim(turn: Turn, token: str) -> list[Say]:
    """Makes this person the owner, if the token is the one that was printed and still unused."""
    if not await facts.forget(turn.db, facts.CLAIM, facts.hashed(token)):
        await attempts.add(turn.db, turn.me.id, TRIED, turn.now)
        return [
            turn.say(_("That link does not work, or has been used already. Links work only once."))
        ]
    await people.make_owner(turn.db, turn.me.id)
    text = paragraphs(
        _("This bot is yours now. The link no longer works for anybody else."),
        lines(
            _("/newnetwork begins a network: its sides, languages and calendars."),
            _("/help shows all the rest."),
        ),
    )
    return [turn.say(text), turn.full_menu()]
