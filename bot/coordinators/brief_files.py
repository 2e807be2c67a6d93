"""A brief as files in the reader's language: HTML to read and print, PDF to hand on."""

from __future__ import annotations

from bot.domain.replies import File, Say, _
from bot.i18n import Tongue
from bot.pictures.as_html import as_html
from bot.pictures.as_pdf import as_pdf
from bot.pictures.briefs import page_of
from bot.pictures.page import Quote
from bot.router import Turn
from bot.store import briefs
from bot.store.briefs import Kept


async def files_of(turn: Turn, kept: Kept) -> list[Say]:
    """Both files, to whose turn it is."""
    brief = kept.brief
    stories = await briefs.quoted(turn.db, brief.stories)
    page = page_of(brief, [Quote(each.words, each.language) for each in stories])
    tongue = Tongue(turn.me.language, turn.me.zone or "UTC")
    made = (
        File("brief.html", as_html(page, tongue)),
        File("brief.pdf", await as_pdf(page, tongue, kept.created_at)),
    )
    texts = (_("To read on a screen or to print:"), _("To pass on:"))
    return [turn.say(text, file=file) for text, file in zip(texts, made, strict=True)]
