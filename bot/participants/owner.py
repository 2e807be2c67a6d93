"""Claiming the bot: whoever opens the one-time link first owns it."""

from __future__ import annotations

from bot.domain.replies import Say, _, lines, paragraphs
from bot.participants.guessing import noted
from bot.router import Turn
from bot.store import facts, people


async def claim(turn: Turn, token: str) -> list[Say]:
    """Makes this person the owner, if the token is the one that was printed and still unused."""
    if not await facts.forget(turn.db, facts.CLAIM, facts.hashed(token)):
        sorry = _("That link does not work, or has been used already. Links work only once.")
        return [turn.say(sorry), *await noted(turn)]
    await people.make_owner(turn.db, turn.me.id)
    text = paragraphs(
        _("This bot is yours now. The link no longer works for anybody else."),
        lines(
            _("/newnetwork begins a network: its sides, languages and calendars."),
            _("/help shows all the rest."),
        ),
    )
    return [turn.say(text), turn.full_menu()]
