"""A round at a coordinator's desk, and the message in which they look at it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.coordinators.desk import Desk, desk, refused
from bot.domain.exchange import GROUPED
from bot.domain.replies import Button, Plain, Say, Text, Value, _, button, paragraphs, stacked
from bot.domain.rights import Right
from bot.router import Turn
from bot.store import exchanges, rounds
from bot.store.db import new_id
from bot.store.exchanges import Exchange
from bot.store.rounds import Round

BAR = 12
"""How wide the bar of a round's progress is, in signs."""

OVER: dict[str, Text] = {
    "approved": _("This round is taking place: people are being asked. You hear when it is done."),
    "done": _("This round has taken place. /pairs shows what came of it."),
    "cancelled": _("The round is cancelled. Nobody was told, and everybody keeps their place."),
    "failed": _(
        "The round could not be worked out: something broke on our side. "
        "Nobody was told, and everybody keeps their place. /round tries again."
    ),
}
"""What there is to say of a round of which nothing can be decided any more."""

RESTS = _("Everything rests in this network at the moment. Rounds go on once it is thawed: /thaw.")
"""A network is frozen."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A round at somebody's desk, the exchange held."""

    at: Desk
    exchange: Exchange
    round: Round


async def held(turn: Turn, round_id: int, *states: str) -> Draft | list[Say]:
    """The round, its exchange held so that two taps come one by one, if it is in one of the states.

    Otherwise what to say instead, in place of buttons that are no longer of use.
    """
    known = await rounds.by_id(turn.db, round_id)
    exchange = None if known is None else await exchanges.locked(turn.db, known.exchange_id)
    found = await rounds.by_id(turn.db, round_id)
    at = None if exchange is None else await desk(turn, exchange.network_id, Right.ROUNDS)
    if exchange is None or found is None or at is None:
        return [refused(turn)]
    if found.state in states:
        return Draft(at, exchange, found)
    return [turn.say(over(found), edit=True)]


def over(found: Round) -> Text:
    """What a button of such a round says: one that was cancelled may have made way for another."""
    replaced = _("This preview is no longer used. /round shows the present one.")
    return replaced if found.state == "cancelled" else OVER.get(found.state, replaced)


async def looked_at(turn: Turn, found: Round, say: Say) -> Say:
    """The message, and the round knows that this person looks at it there."""
    key = f"shown:{found.id}:{new_id()}"
    await rounds.show(turn.db, found, turn.me.id, key)
    return say.with_key(key)


def looking(turn: Turn, draft: Draft) -> Say:
    """How far the matching is."""
    found = draft.round
    seeks = _(
        "I am looking for the best pairs among all who wait. You can go on with other things."
    )
    if draft.exchange.format in GROUPED:
        seeks = _(
            "I am looking for the best groups among all who wait. You can go on with other things."
        )
    text = paragraphs(seeks, bar(found.progress))
    ways = stacked(button(_("Cancel this round"), "round.cancel", found.id), plan(draft))
    return turn.say(text, ways, edit=True)


def plan(draft: Draft) -> Button:
    """The way to hold the exchange's rounds by plan."""
    return button(_("Plan it for a day"), "schedule.round", draft.exchange.id)


def bar(percent: int) -> Value:
    """How far something is, as a bar and a number."""
    full = BAR * percent // 100
    signs = Plain("▓" * full + "░" * (BAR - full))
    return _("{bar} {percent}%", bar=signs, percent=percent)
