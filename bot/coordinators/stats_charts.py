"""The pictures of /stats: what each shows, loaded and summed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time

from bot.coordinators.scope import View
from bot.domain.figures import (
    BINS,
    Step,
    by_week,
    funnel,
    meetings_by_week,
    shown,
    waits,
    weeks_until,
)
from bot.domain.replies import LanguageName, Text, Value, _
from bot.pictures.briefs import STEPS
from bot.pictures.charts import Bars, Chart, Series, Weeks
from bot.router import Turn
from bot.store import stats

WAITS: tuple[Text, ...] = (
    _("Up to a week"),
    _("Up to two weeks"),
    _("Up to four weeks"),
    _("Up to eight weeks"),
    _("More than eight weeks"),
)
MOST_LANGUAGES = 10
OF_A_WEEK = (Step.SIGNED_UP, Step.INTRODUCED, Step.MET, Step.THRICE)


async def _funnel(turn: Turn, seen: View) -> Chart:
    reached = funnel(await stats.reached(turn.db, seen.scope))
    steps: list[Step] = [step for step in Step if step is not Step.INVITED]
    if seen.exchange is not None:
        steps.remove(Step.SIGNED_UP)
    else:
        for side_id, many in (await stats.invited(turn.db, seen.at.network.id)).items():
            reached.setdefault(side_id, Counter())[Step.INVITED] = many
        steps.insert(0, Step.INVITED)
    series = _sides(seen, lambda side_id: [reached.get(side_id, Counter())[step] for step in steps])
    return Bars(
        _("From invited to third meeting"),
        tuple(STEPS[step] for step in steps),
        series,
        seen.fewest,
    )


def _sides(seen: View, figures: Callable[[int], list[int]]) -> tuple[Series, ...]:
    """A series for each side, of numbers of people."""
    return tuple(
        Series(side.name, tuple(shown(many, seen.fewest) for many in figures(side.id)))
        for side in seen.sides
    )


async def _weeks(turn: Turn, seen: View) -> Chart:
    weeks = weeks_until(turn.now)
    each = await stats.reached_each(turn.db, seen.scope)
    found = by_week(((began, step) for _member, began, step in each), weeks)
    series = tuple(
        Series(STEPS[step], tuple(shown(found[week][step], seen.fewest) for week in weeks))
        for step in OF_A_WEEK
    )
    return Weeks(_("How far those came who signed up each week"), tuple(weeks), series, seen.fewest)


async def _waiting(turn: Turn, seen: View) -> Chart:
    found = waits(await stats.first_asked(turn.db, seen.scope))
    series = _sides(seen, lambda side_id: found.get(side_id, [0] * (len(BINS) + 1)))
    return Bars(_("How long people waited to be asked"), WAITS, series, seen.fewest)


async def _meetings(turn: Turn, seen: View) -> Chart:
    weeks = weeks_until(turn.now)
    since = datetime.combine(weeks[0], time(), UTC)
    found = meetings_by_week(await stats.took_place(turn.db, seen.scope, since), weeks)
    of = [found[week] for week in weeks]
    series = (
        Series(_("Held"), tuple(shown(w.held, seen.fewest, w.who_met) for w in of)),
        Series(_("Missed"), tuple(shown(w.missed, seen.fewest, w.who_missed) for w in of)),
    )
    return Weeks(_("Meetings by week"), tuple(weeks), series, seen.fewest)


async def _missed(turn: Turn, seen: View) -> Chart:
    found = await stats.shows(turn.db, seen.scope)
    share = Series(
        _("Missed"),
        tuple(
            None if side.id not in found else found[side.id].share(seen.fewest)
            for side in seen.sides
        ),
    )
    names: tuple[Value, ...] = tuple(side.name for side in seen.sides)
    title = _("Meetings that were missed, of all that were agreed")
    return Bars(title, names, (share,), seen.fewest, percent=True)


async def _languages(turn: Turn, seen: View) -> Chart:
    found = await stats.languages(turn.db, seen.scope)
    both: Counter[str] = sum(found.values(), Counter())
    codes = [code for code, _many in both.most_common(MOST_LANGUAGES)]
    series = _sides(seen, lambda side_id: [found.get(side_id, Counter())[code] for code in codes])
    return Bars(_("Languages"), tuple(map(LanguageName, codes)), series, seen.fewest)


CHARTS: dict[str, tuple[Text, Callable[[Turn, View], Awaitable[Chart]]]] = {
    "funnel": (_("From invited to third meeting"), _funnel),
    "weeks": (_("Week by week"), _weeks),
    "waiting": (_("Waiting times"), _waiting),
    "meetings": (_("Meetings held and missed"), _meetings),
    "missed": (_("No-shows"), _missed),
    "languages": (_("Languages"), _languages),
}
"""The pictures by name: what their button says, and how they are made."""
