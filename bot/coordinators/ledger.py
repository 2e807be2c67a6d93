"""/ledger: the tracks of a network against each other, and what moved on from them."""

from __future__ import annotations

from bot.coordinators.desk import Desk, choose, desk, refused
from bot.domain.figures import hardly_meet, shown
from bot.domain.replies import (
    Command,
    File,
    Listed,
    Say,
    Text,
    Value,
    _,
    button,
    lines,
    ngettext,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.domain.tracks import TRACKS
from bot.i18n import Tongue
from bot.pictures.canvas import caption_for, picture
from bot.pictures.charts import Matrix, said
from bot.router import Routes, Turn
from bot.store import ledger
from bot.store.ledger import OnTrack


async def show(turn: Turn) -> list[Say]:
    """/ledger: of which network, then its tracks."""
    return await choose(turn, _("Which network?"), "ledger.of", _ledger, Right.FIGURES)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """The tracks of this network."""
    at = await desk(turn, network_id, Right.FIGURES)
    return [refused(turn)] if at is None else await _ledger(turn, at)


async def _ledger(turn: Turn, at: Desk) -> list[Say]:
    fewest = at.network.settled.fewest
    found = await ledger.tracks(turn.db, at.network.id)
    apart = hardly_meet(
        [each.track for each in found], await ledger.overlaps(turn.db, at.network.id), fewest
    )
    head = _("<b>{network}</b>: the tracks beside each other", network=at.network.name)
    none = [each.name for number, each in TRACKS.items() if number not in {f.track for f in found}]
    text = paragraphs(
        head,
        *(_track(each, fewest) for each in found),
        _("There is nothing yet on: {tracks}.", tracks=Listed(tuple(none))) if none else None,
        _apart(apart, fewest) if apart else None,
    )
    way = button(_("Who takes part on two tracks, as a picture"), "ledger.picture", at.network.id)
    return [turn.say(text, stacked(way if len(found) > 1 else None), edit=True)]


def _track(each: OnTrack, fewest: int) -> Value:
    def counted(many: int, people: int) -> Value:
        return said(shown(many, fewest, people), fewest)

    activities = ngettext("{n} activity", "{n} activities", each.exchanges)
    met = counted(each.met, each.met)
    few = _("too few to show")
    enough = each.met >= fewest
    return lines(
        _("<b>{track}</b>: {activities}", track=TRACKS[each.track].name, activities=activities),
        _("Took part: {many}", many=counted(each.people, each.people)),
        _("Met: {many}", many=met),
        _("Introductions: {many}", many=each.matches if enough else few),
        _(
            "Meetings held: {many}, third meetings: {thirds}",
            many=each.meetings if enough else few,
            thirds=each.thirds if enough else few,
        ),
        _("Carried on to others: {many}", many=each.onward if each.told >= fewest else few),
    )


def _apart(apart: list[tuple[int, int]], fewest: int) -> Text:
    pairs = (
        _("{one} with {other}", one=TRACKS[one].name, other=TRACKS[other].name)
        for one, other in apart[:MOST_APART]
    )
    return _(
        "These hardly meet: fewer than {n} people take part on both. {pairs}.",
        n=fewest,
        pairs=Listed(tuple(pairs)),
    )


MOST_APART = 12
"""How many pairs of tracks are named in a message; the picture has them all."""


async def pictured(turn: Turn, network_id: int) -> list[Say]:
    """How many people take part on each two of the tracks."""
    at = await desk(turn, network_id, Right.FIGURES)
    if at is None:
        return [refused(turn)]
    fewest = at.network.settled.fewest
    both = await ledger.overlaps(turn.db, network_id)
    tracks = [each.track for each in await ledger.tracks(turn.db, network_id)]
    cells = tuple(
        tuple(shown(both.get((min(one, other), max(one, other)), 0), fewest) for other in tracks)
        for one in tracks
    )
    names = tuple(TRACKS[each].name for each in tracks)
    chart = Matrix(_("Who takes part on two tracks"), tuple(tracks), names, cells, fewest)
    tongue = Tongue(turn.me.language, turn.me.zone or "UTC")
    shown_ = File("tracks.png", await picture(chart, tongue), picture=True)
    return [turn.say(caption_for(chart, tongue), file=shown_)]


MENU = (Command("ledger", _("The tracks beside each other"), for_coordinators=True),)
ROUTES = Routes(
    {"ledger": show}, {"ledger.of": of, "ledger.picture": pictured}, right=Right.FIGURES
)
