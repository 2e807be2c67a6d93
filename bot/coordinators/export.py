"""/export: one's own side's people by their codes, and figures of all sides, as files.

Names come only after a second, plain question.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bot.coordinators.desk import Desk, choose, desk, refused
from bot.domain.figures import Step, funnel, shown
from bot.domain.replies import Command, File, Say, Text, _, button, lines, paragraphs, stacked
from bot.domain.rights import Right
from bot.domain.sheets import as_csv
from bot.router import Routes, Turn, too_old
from bot.store import export, ledger, networks, stats
from bot.store.export import Row
from bot.store.stats import Scope

PEOPLE = ("code", "role", "state", "joined_week", "activities", "introductions", "meetings")
FIGURES = ("about", "side", "figure", "value")
OF_TRACKS = ("people", "met")
AMONG_MET = ("matches", "meetings", "thirds")

FILES: dict[str, tuple[Text, str]] = {
    "people": (_("People of my side (CSV)"), "people.csv"),
    "figures": (_("Figures of all sides (CSV)"), "figures.csv"),
    "all": (_("Both together (JSON)"), "export.json"),
}


async def show(turn: Turn) -> list[Say]:
    """/export: of which network, then what to take along."""
    return await choose(turn, _("Which network?"), "export.of", _choices, Right.EXPORT)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """What can be taken along of this network."""
    at = await desk(turn, network_id, Right.EXPORT)
    return [refused(turn)] if at is None else await _choices(turn, at)


async def _choices(turn: Turn, at: Desk) -> list[Say]:
    text = paragraphs(
        _("What would you like to take along?"),
        lines(
            _("People are listed by their codes, without names, and only those of your side."),
            _("Figures of fewer than {n} people are left out.", n=at.network.settled.fewest),
        ),
    )
    ways = (
        button(name, "export.file", at.network.id, what) for what, (name, _file) in FILES.items()
    )
    names = button(_("People with names…"), "export.names", at.network.id)
    return [turn.say(text, stacked(*ways, names), edit=True)]


async def file(turn: Turn, network_id: int, what: str) -> list[Say]:
    """One of the files, without names."""
    at = await desk(turn, network_id, Right.EXPORT)
    if at is None or what not in FILES:
        return [refused(turn) if at is None else too_old(turn)]
    people = [] if what == "figures" else await _people(turn, at, names=False)
    figures = [] if what == "people" else await _figures(turn, at)
    if what == "people":
        data = as_csv(PEOPLE, people)
    elif what == "figures":
        data = as_csv(FIGURES, figures)
    else:
        whole = {"made_at": turn.now.isoformat(), "people": people, "figures": figures}
        data = json.dumps(whole, ensure_ascii=False, indent=1).encode()
    await at.note(turn, f"export.{what}")
    return [turn.say(_("Here it is."), file=File(FILES[what][1], data))]


async def names(turn: Turn, network_id: int) -> list[Say]:
    """Whether they really want the names."""
    at = await desk(turn, network_id, Right.EXPORT)
    if at is None:
        return [refused(turn)]
    text = paragraphs(
        _("This file has the names of everybody on your side."),
        _("Whoever gets hold of it knows who takes part, and that can put people at risk."),
        _("It is written down for the coordinators of every side that you made it."),
    )
    ways = stacked(
        button(_("I need the names"), "export.named", network_id),
        button(_("Back"), "export.of", network_id),
    )
    return [turn.say(text, ways, edit=True)]


async def named(turn: Turn, network_id: int) -> list[Say]:
    """The people of one's own side, with their names."""
    at = await desk(turn, network_id, Right.EXPORT)
    if at is None:
        return [refused(turn)]
    data = as_csv(("name", *PEOPLE), await _people(turn, at, names=True))
    await at.note(turn, "export.names")
    text = _("Here it is. Please keep it safe, and delete it once you no longer need it.")
    return [turn.say(text, file=File(FILES["people"][1], data))]


async def _people(turn: Turn, at: Desk, *, names: bool) -> list[dict[str, Any]]:
    return [_row(each) for each in await export.people(turn.db, at.side.id, names=names)]


def _row(each: Row) -> dict[str, Any]:
    year, week, _day = each.joined_at.isocalendar()
    told = {name: value for name, value in asdict(each).items() if value is not None}
    del told["joined_at"]
    return {"name": ""} | told | {"joined_week": f"{year}-W{week:02}"}


async def _figures(turn: Turn, at: Desk) -> list[dict[str, Any]]:
    fewest, network_id = at.network.settled.fewest, at.network.id
    reached = funnel(await stats.reached(turn.db, Scope(network_id)))
    invited = await stats.invited(turn.db, network_id)
    rows = []
    for side in await networks.sides_of(turn.db, network_id):
        steps = reached.get(side.id, Counter()) | Counter({Step.INVITED: invited.get(side.id, 0)})
        rows += [
            _line("network", side.name, step.name.lower(), shown(steps[step], fewest))
            for step in Step
        ]
    return [*rows, *await _tracks(turn, at, fewest), *await _ratings(turn, at, fewest)]


def _line(about: str, side: str, figure: str, value: float | None) -> dict[str, Any]:
    return {"about": about, "side": side, "figure": figure, "value": value}


async def _tracks(turn: Turn, at: Desk, fewest: int) -> list[dict[str, Any]]:
    rows = []
    for each in await ledger.tracks(turn.db, at.network.id):
        told = asdict(each)
        values: Sequence[tuple[str, int | None]] = (
            ("exchanges", each.exchanges),
            *((name, shown(told[name], fewest)) for name in OF_TRACKS),
            *((name, shown(told[name], fewest, each.met)) for name in AMONG_MET),
            ("onward", shown(each.onward, fewest, each.told)),
        )
        rows += [_line(f"track {each.track}", "", name, value) for name, value in values]
    return rows


async def _ratings(turn: Turn, at: Desk, fewest: int) -> list[dict[str, Any]]:
    found = await export.ratings(turn.db, at.network.id)
    return [
        _line(f"exchange {exchange_id}", "", "rating", rated.mean)
        for exchange_id, rated in found.items()
        if rated.people >= fewest
    ]


MENU = (Command("export", _("Take figures and lists along"), for_coordinators=True),)
ROUTES = Routes(
    {"export": show},
    {"export.of": of, "export.file": file, "export.names": names, "export.named": named},
    right=Right.EXPORT,
)
