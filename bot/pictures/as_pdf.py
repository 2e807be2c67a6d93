"""A page as PDF: its text can be selected, and Arabic and Hebrew are shaped and ordered."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.replies import Value
from bot.i18n import Tongue, cleaned
from bot.pictures.page import Block, Heading, Page, Paragraph, Quote, Table, direction

if TYPE_CHECKING:
    from fpdf import FPDF

FAMILY = "DejaVu Sans"
FILES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
SCRIPTS = {"ar": "Arab", "he": "Hebr", "el": "Grek"}
MARGIN, LINE = 20.0, 6.0
TITLE_POINTS, HEADING_POINTS, POINTS = 20, 14, 11
"""Sizes of letters in points; all else is in millimetres."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF that is being written, and for whom."""

    pdf: FPDF
    tongue: Tongue

    def text(self, value: Value) -> str:
        """Plain text; the letters are put in order here, so isolates have nothing left to do."""
        return cleaned(self.tongue.label(value))

    def speaks(self, language: str) -> None:
        """What comes next is in this language."""
        script = SCRIPTS.get(language, "Latn")
        self.pdf.set_text_shaping(
            use_shaping_engine=True, direction=direction(language), script=script
        )

    def writes(self, text: str, points: int = POINTS, style: str = "", language: str = "") -> None:
        """A paragraph, from the side where its language begins."""
        self.speaks(language or self.tongue.language)
        self.pdf.set_font(FAMILY, style, points)
        align = "R" if direction(language or self.tongue.language) == "rtl" else "L"
        height = LINE * points / POINTS
        self.pdf.multi_cell(0, height, text, align=align, new_x="LMARGIN", new_y="NEXT")
        self.pdf.ln(LINE / 3)


async def as_pdf(page: Page, tongue: Tongue, made: datetime) -> bytes:
    """The page in the reader's language, A4."""
    return await asyncio.to_thread(_made, page, tongue, made)


def _made(page: Page, tongue: Tongue, made: datetime) -> bytes:
    paper = Paper(_blank(tongue, made), tongue)
    title = paper.text(page.title)
    paper.pdf.set_title(title)
    paper.writes(title, TITLE_POINTS, "B")
    for each in page.blocks:
        _block(paper, each)
    return bytes(paper.pdf.output())


def _blank(tongue: Tongue, made: datetime) -> FPDF:
    from fpdf import FPDF
    from matplotlib import get_data_path

    pdf = FPDF(format="A4")
    for style, file in FILES.items():  # the letters that matplotlib brings along
        pdf.add_font(FAMILY, style, Path(get_data_path()) / "fonts" / "ttf" / file)
    pdf.set_lang(tongue.language)
    pdf.set_creation_date(made)
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(auto=True, margin=MARGIN)
    pdf.add_page()
    return pdf


def _block(paper: Paper, block: Block) -> None:
    match block:
        case Heading():
            paper.pdf.ln(LINE / 2)
            paper.writes(paper.text(block.text), HEADING_POINTS, "B")
        case Paragraph():
            paper.writes(paper.text(block.text))
        case Quote():
            for line in block.words.splitlines():
                paper.writes(f"\u2013 {cleaned(line)}", language=block.language)
        case Table():
            _table(paper, block)


def _table(paper: Paper, table: Table) -> None:
    """Cells begin on the side where the reader's lines begin, and so do the columns."""
    mirrored = direction(paper.tongue.language) == "rtl"
    paper.speaks(paper.tongue.language)
    paper.pdf.set_font(FAMILY, "", POINTS)
    lines = [[paper.text(cell) for cell in row] for row in (table.head, *table.rows)]
    widths = [2.0, *(1.0 for _each in table.head[1:])]
    order = slice(None, None, -1) if mirrored else slice(None)
    with paper.pdf.table(
        col_widths=widths[order],
        text_align="RIGHT" if mirrored else "LEFT",
        borders_layout="HORIZONTAL_LINES",
        line_height=LINE,
    ) as made:
        for line in lines:
            made.row(line[order])
    paper.pdf.ln(LINE / 2)
