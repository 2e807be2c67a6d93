"""/mydata: everything that is stored about somebody, for them to take along, as two files."""

from __future__ import annotations

from bot.domain.replies import Command, File, Say, _, button, paragraphs, stacked
from bot.i18n import Tongue
from bot.participants.mydata_files import as_json, as_page
from bot.pictures.as_html import as_html
from bot.router import Routes, Turn
from bot.store import mydata

HTML, JSON = "data.html", "data.json"
"""What the files are called: it tells whoever sees them nothing."""


async def ask(turn: Turn) -> list[Say]:
    """Asks once: the files can be opened by whoever holds the phone."""
    text = paragraphs(
        _("I can give you everything that is stored about you, as two files."),
        _(
            "They will lie in this chat, and anybody who looks at your phone can open them. "
            "Shall I send them?"
        ),
    )
    ways = stacked(button(_("Yes, give them to me"), "mydata.give"), button(_("No"), "mydata.no"))
    return [turn.say(text, ways, edit=True)]


async def no(turn: Turn) -> list[Say]:
    """Sends nothing."""
    return [turn.say(_("All right. /mydata is always there."), edit=True)]


async def give(turn: Turn) -> list[Say]:
    """Both files: one to read, one for programs."""
    found = await mydata.gather(turn.db, turn.me)
    tongue = Tongue(turn.me.language, turn.me.zone or "UTC")
    page = as_html(as_page(found, turn.now), tongue)
    data = as_json(found, turn.now, tongue)
    return [
        turn.say(_("Here it is. This file is to be read."), file=File(HTML, page)),
        turn.say(
            _("The same for programs. Please delete both here once you have read them."),
            file=File(JSON, data),
        ),
    ]


MENU = (Command("mydata", _("Get everything that is stored about you")),)
ROUTES = Routes({"mydata": ask}, {"mydata.give": give, "mydata.no": no})
