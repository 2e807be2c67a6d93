"""Drawing: one picture at a time, in a thread, as wide as a phone, from the reader's first side.

matplotlib (from 3.11 on) shapes and orders Arabic and Hebrew itself.
"""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from bot.domain.replies import Value
from bot.i18n import Tongue
from bot.pictures.charts import Chart, caption, heading

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH_INCHES, DOTS_PER_INCH = 10.8, 100
SMALL, MIDDLE, LARGE = 20, 24, 30
LONGEST_CAPTION = 1000
INK, GRID = "#1a1a1a", "#d0d0d0"
LOOKS = (("#0072b2", ""), ("#e69f00", "//"), ("#009e73", ".."), ("#cc79a7", "xx"))
"""Fills and patterns, told apart by those who don't see all colours (Okabe & Ito)."""

TOO_FEW: dict[str, Any] = {
    "facecolor": "white",
    "edgecolor": "#707070",
    "hatch": "\\\\\\\\",
    "linewidth": 1.0,
}
"""How a bar looks whose height is not shown."""

_drawing = threading.Lock()  # matplotlib can't be used by two threads at once


@dataclass(frozen=True)
class Canvas:
    """Where a picture is drawn, and for whom."""

    figure: Figure
    axes: Axes
    tongue: Tongue

    @property
    def mirrored(self) -> bool:
        """Whether its reader begins on the right."""
        return self.tongue.locale.text_direction == "rtl"

    @property
    def start(self) -> Literal["left", "right"]:
        """The side on which a line begins."""
        return "right" if self.mirrored else "left"

    def words(self, value: Value) -> str:
        """A value in the reader's language, as plain text."""
        return self.tongue.label(value)

    def look(self, at: int) -> dict[str, Any]:
        """How the bars of a series look."""
        color, hatch = LOOKS[at % len(LOOKS)]
        return {"facecolor": color, "edgecolor": "white", "hatch": hatch}


def blank(tongue: Tongue, height_inches: float, title: Value) -> Canvas:
    """A white canvas with a title where a line begins, its scale mirrored where lines are."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    within = ConstrainedLayoutEngine(h_pad=0.25, w_pad=0.15)
    size = (WIDTH_INCHES, height_inches)
    figure = Figure(size, DOTS_PER_INCH, facecolor="white", layout=within)
    FigureCanvasAgg(figure)
    canvas = Canvas(figure, figure.subplots(), tongue)
    canvas.axes.set_title(
        canvas.words(title), fontsize=LARGE, color=INK, loc=canvas.start, wrap=True, pad=20
    )
    for name in ("top", "left", "right"):
        canvas.axes.spines[name].set_visible(False)
    canvas.axes.tick_params(colors=INK, labelsize=SMALL, length=0)
    return canvas


def explained(canvas: Canvas, names: Sequence[Value], too_few: Value | None) -> None:
    """Says under the picture which look belongs to which name, and to what is not shown."""
    from matplotlib.patches import Patch

    keys = [Patch(label=canvas.words(name), **canvas.look(at)) for at, name in enumerate(names)]
    if too_few is not None:
        keys.append(Patch(label=canvas.words(too_few), **TOO_FEW))
    canvas.figure.legend(
        handles=keys,
        loc="outside lower center",
        ncols=2,
        fontsize=MIDDLE,
        frameon=False,
        labelcolor=INK,
        markerfirst=not canvas.mirrored,
    )


def caption_for(chart: Chart, tongue: Tongue) -> Value:
    """What the picture says in words, or its title alone where Telegram takes no more."""
    words = caption(chart)
    return words if len(tongue.label(words)) <= LONGEST_CAPTION else heading(chart)


async def picture(chart: Chart, tongue: Tongue) -> bytes:
    """The chart as PNG, 1080 pixels wide."""
    return await asyncio.to_thread(_drawn, chart, tongue)


def _drawn(chart: Chart, tongue: Tongue) -> bytes:
    from bot.pictures.draw import drawn

    out = io.BytesIO()
    with _drawing:
        drawn(chart, tongue).figure.savefig(out, format="png")
    return out.getvalue()
