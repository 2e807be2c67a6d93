"""An invitation to print and hang up: one page with a code to scan, which names no network."""

from __future__ import annotations

import html
import io

import segno

from bot.domain.replies import File, _
from bot.i18n import Tongue

PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
@page {{ size: A4; margin: 20mm }}
body {{ margin: 0; text-align: center; font-family: sans-serif; color: #111; background: #fff }}
h1 {{ font-size: 40pt; margin: 20mm 5mm 10mm }}
svg {{ width: 150mm; max-width: 90vw; height: auto }}
</style>
</head>
<body>
<h1 dir="auto">{title}</h1>
{code}
</body>
</html>
"""


def picture_of(link: str) -> bytes:
    """A QR code of a link, as PNG."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="png", scale=10, border=4)
    return out.getvalue()


def poster_of(link: str, language: str) -> File:
    """A page (HTML, A4 when printed) with the QR code of a link and a neutral line over it."""
    code = segno.make(link, error="h", micro=False).svg_inline(scale=10, border=4, omitsize=True)
    title = html.escape(Tongue(language).label(_("Scan to talk to us")))
    page = PAGE.format(language=html.escape(language), title=title, code=code)
    return File("poster.html", page.encode())
