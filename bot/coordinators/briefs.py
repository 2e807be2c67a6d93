"""/briefs: the briefs every side agreed to, for observers to read, and nothing else."""

from __future__ import annotations

from bot.coordinators.brief_files import files_of
from bot.coordinators.desk import Desk, choose, desk, refused
from bot.domain.replies import Command, Say, _, button, paragraphs, stacked
from bot.domain.rights import Right
from bot.pictures.briefs import name_of, period_of
from bot.router import Routes, Turn, too_old
from bot.store import briefs
from bot.store.briefs import PAGE


async def show(turn: Turn) -> list[Say]:
    """/briefs: of which network, then what there is to read."""
    return await choose(turn, _("Which network?"), "briefs.of", _newest, Right.READ_BRIEFS)


async def _newest(turn: Turn, at: Desk) -> list[Say]:
    return await _page(turn, at, 0)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """A network's briefs."""
    return await page(turn, network_id, 0)


async def page(turn: Turn, network_id: int, before: int) -> list[Say]:
    """A network's briefs, those before one."""
    at = await desk(turn, network_id, Right.READ_BRIEFS)
    return [refused(turn)] if at is None else await _page(turn, at, before)


async def _page(turn: Turn, at: Desk, before: int) -> list[Say]:
    found = await briefs.page(turn.db, at.network.id, "sent", before)
    if not found:
        return [turn.say(_("There is no brief to read yet."), edit=True)]
    some = found[:PAGE]
    ways = (
        button(
            _("{what}: {period}", what=name_of(each.brief), period=period_of(each.brief)),
            "briefs.open",
            each.id,
        )
        for each in some
    )
    more = (
        button(_("Next page"), "briefs.page", at.network.id, some[-1].id)
        if len(found) > PAGE
        else None
    )
    text = paragraphs(_("<b>Briefs</b>"), _("Which one would you like to read?"))
    return [turn.say(text, stacked(*ways, more), edit=True)]


async def opened(turn: Turn, brief_id: int) -> list[Say]:
    """A brief's files, in the reader's language."""
    kept = await briefs.by_id(turn.db, brief_id)
    at = None if kept is None else await desk(turn, kept.network_id, Right.READ_BRIEFS)
    if kept is None or at is None:
        return [refused(turn)]
    return [too_old(turn)] if kept.state != "sent" else await files_of(turn, kept)


MENU = (Command("briefs", _("Briefs to read"), for_coordinators=True),)
ROUTES = Routes(
    {"briefs": show},
    {"briefs.of": of, "briefs.page": page, "briefs.open": opened},
    right=Right.READ_BRIEFS,
)
