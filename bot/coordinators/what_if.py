"""What would help: the times, languages or people that would bring a round more; counts only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.coordinators.draft import held
from bot.coordinators.how import back
from bot.domain.matching import GainKind
from bot.domain.replies import LanguageName, Say, Text, Value, _, lines, ngettext, paragraphs
from bot.domain.rights import Right
from bot.domain.rounds import FEW
from bot.domain.when_where import slot_named
from bot.router import Routes, Turn
from bot.store import networks
from bot.store.networks import Side


async def what_if(turn: Turn, round_id: int) -> list[Say]:
    """What would have brought this round more people."""
    draft = await held(turn, round_id, "draft")
    if isinstance(draft, list):
        return draft
    sides = {each.id: each for each in await networks.sides_of(turn.db, draft.at.network.id)}
    gains = [each for each in draft.round.result.get("what_if", []) if _betrays_nobody(each)]
    return [turn.say(_told(gains, sides), back(round_id), edit=True)]


def _betrays_nobody(gain: Mapping[str, Any]) -> bool:
    """Who speaks a language that few speak may be known by it."""
    return GainKind(gain["kind"]) is not GainKind.LANGUAGE or gain["people"] >= FEW


def _told(gains: list[Mapping[str, Any]], sides: Mapping[int, Side]) -> Value:
    head = _("<b>What would help</b>")
    if not gains:
        nothing = _(
            "I tried other times, other languages and more people on the smallest side. "
            "None of it would bring a partner to anybody else."
        )
        return paragraphs(head, nothing)
    tried = _("I tried what would bring more people together, with all who wait now:")
    return paragraphs(head, tried, lines(*(_gain(each, sides) for each in gains)))


def _gain(gain: Mapping[str, Any], sides: Mapping[int, Side]) -> Text:
    """A line; `gain` is as `domain.matching.Gain` is stored."""
    kind, what, more = GainKind(gain["kind"]), str(gain["what"]), _more(gain["people"])
    if kind is GainKind.HOURS:
        slot = slot_named(what)
        return _("• One more time ({slot}) from those left waiting: {more}.", slot=slot, more=more)
    if kind is GainKind.LANGUAGE:
        language = LanguageName(what)
        return _(
            "• If those left waiting also spoke {language}: {more}.", language=language, more=more
        )
    return ngettext(
        "• With {n} more person on {side}: {more}.",
        "• With {n} more people on {side}: {more}.",
        gain["asked"],
        side=sides[gain["side"]].name,
        more=more,
    )


def _more(people: int) -> Text:
    """How many; a small number could point at somebody of another side."""
    if people < FEW:
        return _("a few more people could be introduced")
    return ngettext(
        "{n} more person could be introduced", "{n} more people could be introduced", people
    )


ROUTES = Routes({}, {"round.what_if": what_if}, right=Right.ROUNDS)
