"""/stats: how people fare on each side, and never so few that somebody could be made out."""

from __future__ import annotations

from collections.abc import Mapping

from bot.coordinators.desk import Desk, choose, desk, refused
from bot.coordinators.scope import View, activities, view, view_of
from bot.coordinators.stats_charts import CHARTS
from bot.domain.checkins import KINDS
from bot.domain.figures import Beside, Step, beside, funnel
from bot.domain.replies import (
    Command,
    File,
    Rows,
    Say,
    Text,
    Value,
    _,
    button,
    in_rows,
    lines,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.i18n import Tongue
from bot.pictures.canvas import caption_for, picture
from bot.router import Routes, Turn, too_old
from bot.store import stats
from bot.store.networks import Side
from bot.store.stats import Shows

MEASURES = tuple(name for name, kind in KINDS.items() if kind.measures)


async def show(turn: Turn) -> list[Say]:
    """/stats: of which network, then its figures."""
    return await choose(turn, _("Which network?"), "stats.of", _network, Right.FIGURES)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """A network's figures."""
    return await within(turn, network_id, 0)


async def within(turn: Turn, network_id: int, exchange_id: int) -> list[Say]:
    """The figures of an activity, or of all of the network."""
    seen = await view(turn, network_id, exchange_id, Right.FIGURES)
    return [refused(turn)] if seen is None else await _figures(turn, seen)


async def _network(turn: Turn, at: Desk) -> list[Say]:
    return await _figures(turn, await view_of(turn, at))


async def _figures(turn: Turn, seen: View) -> list[Say]:
    reached = funnel(await stats.reached(turn.db, seen.scope))
    waiting = await stats.waiting(turn.db, seen.scope)
    shows = await stats.shows(turn.db, seen.scope)
    told = (
        _side(seen, each, reached.get(each.id, {}), waiting.get(each.id, 0), shows.get(each.id))
        for each in seen.sides
    )
    head = _("<b>{network}</b> in figures", network=seen.name)
    return [turn.say(paragraphs(head, *told, _("Show as a picture:")), _ways(seen), edit=True)]


def _side(
    seen: View, side: Side, reached: Mapping[Step, int], waiting: int, shows: Shows | None
) -> Value:
    counted = {step: seen.counted(reached.get(step, 0)) for step in Step}
    missed = None if shows is None else shows.share(seen.fewest)
    return lines(
        _("<b>{side}</b>", side=side.name),
        _("Signed up: {many}", many=counted[Step.SIGNED_UP]),
        _("Waiting to be introduced: {many}", many=seen.counted(waiting)),
        _("Asked whether they would like to meet: {many}", many=counted[Step.ASKED]),
        _("Introduced: {many}", many=counted[Step.INTRODUCED]),
        _("Met: {many}", many=counted[Step.MET]),
        _("Met three times: {many}", many=counted[Step.THRICE]),
        None if missed is None else _("Missed meetings: {n} %", n=missed),
    )


def _ways(seen: View) -> Rows:
    pictures = (
        button(name, "stats.picture", *seen.ids, key) for key, (name, _load) in CHARTS.items()
    )
    network_id = seen.at.network.id
    return (
        *in_rows(pictures, 2),
        *stacked(
            button(_("Who met, beside who never did"), "stats.beside", *seen.ids),
            button(_("One activity"), "stats.list", network_id, 0),
            button(_("The whole network"), "stats.of", network_id) if seen.exchange else None,
        ),
    )


async def listed(turn: Turn, network_id: int, after: int) -> list[Say]:
    """Which activity's figures to see, of those after one."""
    if await desk(turn, network_id, Right.FIGURES) is None:
        return [refused(turn)]
    ways = await activities(turn, network_id, after, "stats.in", "stats.list")
    back = button(_("Back"), "stats.of", network_id)
    return [turn.say(_("Which activity?"), stacked(*ways, back), edit=True)]


async def pictured(turn: Turn, network_id: int, exchange_id: int, what: str) -> list[Say]:
    """Figures as a picture, and its caption for those who don't look at it."""
    seen = await view(turn, network_id, exchange_id, Right.FIGURES)
    if seen is None or what not in CHARTS:
        return [refused(turn) if seen is None else too_old(turn)]
    chart = await CHARTS[what][1](turn, seen)
    tongue = Tongue(turn.me.language, turn.me.zone or "UTC")
    shown = File(f"{what}.png", await picture(chart, tongue), picture=True)
    return [turn.say(caption_for(chart, tongue), file=shown)]


async def compared(turn: Turn, network_id: int, exchange_id: int) -> list[Say]:
    """What those answered who met, beside those who were introduced and never met."""
    seen = await view(turn, network_id, exchange_id, Right.FIGURES)
    if seen is None:
        return [refused(turn)]
    answers = await stats.measured(turn.db, network_id, MEASURES)
    each = await stats.reached_each(turn.db, seen.scope)
    found = beside(answers, {member: step for member, _began, step in each}, seen.fewest)
    told = [_compared(KINDS[kind].name, figures) for kind, figures in found.items()]
    text = paragraphs(
        _("<b>Who met, beside who never did</b>"),
        _("Those who were introduced and never met show what changes without a meeting."),
        *(told or [_("Too few have answered the questions of /checkins to compare them.")]),
    )
    return [turn.say(text, stacked(button(_("Back"), "stats.in", *seen.ids)), edit=True)]


def _compared(name: Text, found: Beside) -> Value:
    return lines(
        _("<b>{title}</b>", title=name),
        _("Met: {mean} on average ({n} people)", mean=round(found.met, 1), n=found.who_met),
        _(
            "Never met: {mean} on average ({n} people)",
            mean=round(found.never, 1),
            n=found.who_never,
        ),
    )


MENU = (Command("stats", _("The network in figures"), for_coordinators=True),)
ROUTES = Routes(
    {"stats": show},
    {
        "stats.of": of,
        "stats.in": within,
        "stats.list": listed,
        "stats.picture": pictured,
        "stats.beside": compared,
    },
    right=Right.FIGURES,
)
