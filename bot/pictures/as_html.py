"""A page as one HTML file that needs nothing else, to read and to print."""

from __future__ import annotations

import html

from bot.domain.replies import Value
from bot.i18n import Tongue, cleaned
from bot.pictures.page import Block, Heading, Page, Paragraph, Quote, Table, direction

STYLE = """
@page { size: A4; margin: 20mm }
body { max-width: 42em; margin: 2em auto; padding: 0 1em; font: 1.05rem/1.5 sans-serif;
  color: #1a1a1a; background: #fff }
h1 { font-size: 1.7em } h2 { font-size: 1.2em; margin-top: 1.6em }
body { overflow-wrap: break-word }
table { border-collapse: collapse; width: 100%; margin-bottom: 1em }
th, td { border-bottom: 1px solid #bbb; padding: .35em .5em; text-align: start;
  vertical-align: top }
td { overflow-wrap: anywhere }
html[dir=ltr] td { text-align: left } html[dir=rtl] td { text-align: right }
blockquote { margin: 1em 0; padding: 0 1em; border-inline-start: 3px solid #0072b2 }
tr, blockquote { break-inside: avoid } h2 { break-after: avoid }
"""


def as_html(page: Page, tongue: Tongue) -> bytes:
    """The page in the reader's language, UTF-8."""
    title, language = _text(page.title, tongue), html.escape(tongue.language)
    head = (
        "<!DOCTYPE html>",
        f'<html lang="{language}" dir="{direction(tongue.language)}">',
        '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title><style>{STYLE}</style></head>",
        f"<body><h1>{title}</h1>",
    )
    blocks = (_block(each, tongue) for each in page.blocks)
    return "\n".join((*head, *blocks, "</body></html>\n")).encode()


def _text(value: Value, tongue: Tongue) -> str:
    return html.escape(tongue.label(value))


def _block(block: Block, tongue: Tongue) -> str:
    match block:
        case Heading():
            return f"<h2>{_text(block.text, tongue)}</h2>"
        case Paragraph():
            return f"<p>{_text(block.text, tongue)}</p>"
        case Quote():
            words = "<br>".join(html.escape(cleaned(line)) for line in block.words.splitlines())
            of = html.escape(block.language)
            return f'<blockquote lang="{of}" dir="{direction(of)}">{words}</blockquote>'
        case Table():
            return _table(block, tongue)


def _table(table: Table, tongue: Tongue) -> str:
    def row(cells: tuple[Value, ...], scope: str) -> str:
        first, *rest = (_text(each, tongue).replace("\n", "<br>") for each in cells)
        tag = "th" if scope == "col" else "td"
        # What people wrote themselves reads in its own direction.
        others = "".join(f'<{tag} dir="auto">{each}</{tag}>' for each in rest)
        return f'<tr><th scope="{scope}">{first}</th>{others}</tr>'

    head = (row(table.head, "col"),) if table.head else ()
    body = "\n".join((*head, *(row(each, "row") for each in table.rows)))
    return f"<table>\n{body}\n</table>"
