"""The charts, drawn."""

from __future__ import annotations

from typing import Any

from babel.dates import format_skeleton

from bot.domain.replies import Value, _
from bot.i18n import Tongue
from bot.pictures.canvas import (
    GRID,
    INK,
    LOOKS,
    MIDDLE,
    SMALL,
    TOO_FEW,
    Canvas,
    blank,
    explained,
)
from bot.pictures.charts import Bars, Chart, Figure, Matrix, Weeks, said

GROUP_INCHES, BAR_INCHES = 0.55, 0.42
BAR = 0.86
STUB = 0.03
"""How long a bar is whose figure is not shown, of the longest: always the same."""

LABELS = 1.0
"""How wide the names beside a matrix are, of the matrix."""

FILL = LOOKS[0][0]


def drawn(chart: Chart, tongue: Tongue) -> Canvas:
    """The chart on a canvas of its own."""
    match chart:
        case Bars():
            return _bars(chart, tongue)
        case Weeks():
            return _weeks(chart, tongue)
        case Matrix():
            return _matrix(chart, tongue)


def _largest(values: list[Figure]) -> int:
    return max((each for each in values if each is not None), default=0) or 1


def _too_few(chart: Weeks | Matrix) -> Value:
    return said(None, chart.fewest)


def _bars(chart: Bars, tongue: Tongue) -> Canvas:
    many, groups = len(chart.series), len(chart.labels)
    step = GROUP_INCHES + many * BAR_INCHES
    canvas = blank(tongue, 2.2 + groups * step, chart.title)
    axes, top = canvas.axes, _largest([each for one in chart.series for each in one.values])
    for group, label in enumerate(chart.labels):
        y = group * step
        axes.text(
            *(0, y + GROUP_INCHES / 2), canvas.words(label),
            ha=canvas.start, va="center", fontsize=MIDDLE, color=INK,
        )  # fmt: skip
        for at, series in enumerate(chart.series):
            middle = y + GROUP_INCHES + (at + 0.5) * BAR_INCHES
            _bar(canvas, chart, series.values[group], at, middle, top)
    axes.set_ylim(groups * step, 0)
    axes.set_xlim(*((1.25 * top, 0) if canvas.mirrored else (0, 1.25 * top)))
    axes.set_axis_off()
    if many > 1:
        explained(canvas, [each.name for each in chart.series], None)
    return canvas


def _bar(canvas: Canvas, chart: Bars, value: Figure, at: int, y: float, top: int) -> None:
    look = TOO_FEW if value is None else canvas.look(at)
    length = top * STUB if value is None else value
    canvas.axes.barh(y, length, BAR * BAR_INCHES, **look)
    canvas.axes.text(
        *(length + top * 0.015, y), canvas.words(said(value, chart.fewest, percent=chart.percent)),
        ha=canvas.start, va="center", fontsize=SMALL, color=INK,
    )  # fmt: skip


def _weeks(chart: Weeks, tongue: Tongue) -> Canvas:
    from matplotlib.ticker import MaxNLocator

    canvas = blank(tongue, 9.0, chart.title)
    axes, many = canvas.axes, len(chart.series)
    top = _largest([each for one in chart.series for each in one.values])
    width = BAR / many
    for at, series in enumerate(chart.series):
        for week, value in enumerate(series.values):
            look = TOO_FEW if value is None else canvas.look(at)
            x = week + (at + 0.5) * width - BAR / 2
            axes.bar(x, top * STUB if value is None else value, 0.9 * width, **look)
    days = [format_skeleton("Md", each, locale=tongue.locale) for each in chart.weeks]
    axes.set_xticks(range(len(days)), days, rotation=60, ha="center")
    axes.yaxis.grid(visible=True, color=GRID)
    axes.set_axisbelow(True)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(lambda value, _place: canvas.words(int(value)))
    if canvas.mirrored:
        axes.invert_xaxis()
        axes.yaxis.tick_right()
    few = any(None in each.values for each in chart.series)
    explained(canvas, [each.name for each in chart.series], _too_few(chart) if few else None)
    return canvas


def _matrix(chart: Matrix, tongue: Tongue) -> Canvas:
    many = len(chart.labels)
    canvas = blank(tongue, 2.2 + (many + 1) * 0.7, chart.title)
    axes, mirrored = canvas.axes, canvas.mirrored
    top = _largest([each for row in chart.cells for each in row])
    for row, (number, label) in enumerate(zip(chart.numbers, chart.labels, strict=True)):
        name = canvas.words(_("{number}. {name}", number=number, name=label))
        beside: dict[str, Any] = {"va": "center", "fontsize": SMALL, "color": INK}
        axes.text(-0.15, row + 0.5, name, ha="left" if mirrored else "right", **beside)
        axes.text(row + 0.5, -0.4, canvas.words(number), ha="center", **beside)
        for column, value in enumerate(chart.cells[row]):
            if column != row:
                _cell(canvas, value, column, row, top)
    axes.set_ylim(many, -0.8)
    beginning = -LABELS * many
    axes.set_xlim(*((many, beginning) if mirrored else (beginning, many)))
    axes.set_axis_off()
    if any(None in row for row in chart.cells):
        explained(canvas, [], _too_few(chart))
    return canvas


def _cell(canvas: Canvas, value: Figure, column: int, row: int, top: int) -> None:
    from matplotlib.patches import Rectangle

    look = TOO_FEW if value is None else {"facecolor": FILL, "alpha": 0.15 + 0.5 * value / top}
    canvas.axes.add_patch(Rectangle((column + 0.04, row + 0.04), 0.92, 0.92, **look))
    if value is not None:
        canvas.axes.text(
            *(column + 0.5, row + 0.5), canvas.words(value),
            ha="center", va="center", fontsize=SMALL, color=INK,
        )  # fmt: skip
