"""/stats: how many on each side, and never so few that somebody could be made out."""

from __future__ import annotations

from bot.coordinators.desk import Desk, choose, desk, refused
from bot.domain.replies import Command, Say, Text, Value, _, lines, paragraphs
from bot.domain.rights import Right
from bot.router import Routes, Turn
from bot.store import networks, stats
from bot.store.networks import Side

FEWEST = 5
"""Nothing is shown of fewer people than that."""


async def show(turn: Turn) -> list[Say]:
    """/stats: of which network, then its figures."""
    return await choose(turn, _("Which network?"), "stats.of", _figures, Right.FIGURES)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """A network's figures."""
    at = await desk(turn, network_id, Right.FIGURES)
    return [refused(turn)] if at is None else await _figures(turn, at)


async def _figures(turn: Turn, at: Desk) -> list[Say]:
    sides = await networks.sides_of(turn.db, at.network.id)
    told = [await _of_side(turn, each) for each in sides]
    head = _("<b>{network}</b> in figures", network=at.network.name)
    return [turn.say(paragraphs(head, *told), edit=True)]


async def _of_side(turn: Turn, side: Side) -> Value:
    found = await stats.of_side(turn.db, side.id)
    held: Value = found.meetings if found.met >= FEWEST else _("too few to show")
    return lines(
        _("<b>{side}</b>", side=side.name),
        _("Signed up: {many}", many=counted(found.signed_up)),
        _("Waiting to be introduced: {many}", many=counted(found.waiting)),
        _("Asked whether they would like to meet: {many}", many=counted(found.proposed)),
        _("Introduced: {many}", many=counted(found.accepted)),
        _("Met: {many}", many=counted(found.met)),
        _("Meetings held: {many}", many=held),
    )


def counted(many: int) -> int | Text:
    """A number of people, unless they are too few."""
    return many if many >= FEWEST else _("fewer than 5")


MENU = (Command("stats", _("The network in figures"), for_coordinators=True),)
ROUTES = Routes({"stats": show}, {"stats.of": of}, right=Right.FIGURES)
