"""What a picture shows, in no language yet, and its caption in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bot.domain.replies import Joined, Listed, Text, Value, _, lines, paragraphs

Figure: TypeAlias = int | None
"""None is a figure of too few people to be shown."""


@dataclass(frozen=True, slots=True)
class Series:
    """Figures that belong together and look alike."""

    name: Value
    values: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars that lie one under the other, a group of them for each label."""

    title: Text
    labels: tuple[Value, ...]
    series: tuple[Series, ...]
    fewest: int
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Weeks:
    """Bars that stand side by side, a group of them for each week (by its Monday)."""

    title: Text
    weeks: tuple[date, ...]
    series: tuple[Series, ...]
    fewest: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """A square of figures: what each two of the numbered labels have in common."""

    title: Text
    numbers: tuple[int, ...]
    labels: tuple[Value, ...]
    cells: tuple[tuple[Figure, ...], ...]
    fewest: int


Chart: TypeAlias = Bars | Weeks | Matrix


def said(figure: Figure, fewest: int, *, percent: bool = False) -> Value:
    """A figure in words."""
    if figure is None:
        return _("fewer than {n}", n=fewest)
    return _("{n} %", n=figure) if percent else figure


def caption(chart: Chart) -> Joined:
    """What the picture says, for those who don't look at it."""
    match chart:
        case Bars():
            told = [_group(chart, at) for at in range(len(chart.labels))]
        case Weeks():
            told = [_weeks(chart)]
        case Matrix():
            told = []
    return paragraphs(heading(chart), *([lines(*told)] if told else []))


def heading(chart: Chart) -> Text:
    """The title alone, where there are more words than fit under a picture."""
    return _("<b>{title}</b>", title=chart.title)


def _group(chart: Bars, at: int) -> Text:
    figures = [
        _pair(each.name, said(each.values[at], chart.fewest, percent=chart.percent))
        for each in chart.series
    ]
    return _("{what}: {figures}", what=chart.labels[at], figures=Listed(tuple(figures)))


def _pair(name: Value, figure: Value) -> Text:
    return _("{name} {figure}", name=name, figure=figure)


def _weeks(chart: Weeks) -> Text:
    sums = [_pair(each.name, said(_sum(each.values), chart.fewest)) for each in chart.series]
    return _(
        "{first} to {last}: {figures}",
        first=chart.weeks[0],
        last=chart.weeks[-1],
        figures=Listed(tuple(sums)),
    )


def _sum(values: Sequence[Figure]) -> Figure:
    """The sum of what may be shown."""
    known = [each for each in values if each is not None]
    return sum(known) if known else None
