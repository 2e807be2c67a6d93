"""/brief: an anonymised report for officials, which observers get once every side agrees."""

from __future__ import annotations

from bot.coordinators.agreed import asked, awaited
from bot.coordinators.agreed import missing as missing_
from bot.coordinators.brief_figures import gathered
from bot.coordinators.brief_files import files_of
from bot.coordinators.desk import Desk, choose, desk, refused
from bot.coordinators.scope import activities, view
from bot.domain.briefs import MONTHS
from bot.domain.replies import (
    Command,
    Say,
    Text,
    When,
    _,
    button,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.pictures.briefs import name_of, period_of
from bot.router import Routes, Turn, go, too_old
from bot.store import agreements, briefs
from bot.store.briefs import AGREED, PAGE, Kept

PERIODS: dict[int, Text] = {
    3: _("The last three months"),
    12: _("The last twelve months"),
    0: _("From the beginning"),
}


async def show(turn: Turn) -> list[Say]:
    """/brief: of which network, then drafts and a new one."""
    return await choose(turn, _("Which network?"), "brief.of", _first, Right.MAKE_BRIEFS)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """Drafts of a network's briefs, and what a new one could be about."""
    at = await desk(turn, network_id, Right.MAKE_BRIEFS)
    return [refused(turn)] if at is None else await _first(turn, at)


async def _first(turn: Turn, at: Desk) -> list[Say]:
    drafts = (await briefs.page(turn.db, at.network.id, "draft"))[:PAGE]
    text = paragraphs(
        _("<b>Briefs</b>"),
        _(
            "A brief tells in figures, without names, how it is going. Observers and officials can "
            "read it once the coordinators of every side have agreed to it."
        ),
        _("What should a new brief be about?"),
    )
    ways = (
        button(_("The whole network"), "brief.when", at.network.id, 0),
        button(_("One activity"), "brief.list", at.network.id, 0),
        *(
            button(_("Draft: {what}", what=name_of(each.brief)), "brief.show", each.id)
            for each in drafts
        ),
        go(_("Briefs that were sent"), "briefs"),
    )
    return [turn.say(text, stacked(*ways), edit=True)]


async def listed(turn: Turn, network_id: int, after: int) -> list[Say]:
    """Which activity a brief should be about, of those after one."""
    if await desk(turn, network_id, Right.MAKE_BRIEFS) is None:
        return [refused(turn)]
    ways = await activities(turn, network_id, after, "brief.when", "brief.list")
    back = button(_("Back"), "brief.of", network_id)
    return [turn.say(_("Which activity?"), stacked(*ways, back), edit=True)]


async def when(turn: Turn, network_id: int, exchange_id: int) -> list[Say]:
    """Of which time it should be."""
    if await view(turn, network_id, exchange_id, Right.MAKE_BRIEFS) is None:
        return [refused(turn)]
    ways = (button(PERIODS[each], "brief.make", network_id, exchange_id, each) for each in MONTHS)
    back = button(_("Back"), "brief.of", network_id)
    return [turn.say(_("Of which time?"), stacked(*ways, back), edit=True)]


async def make(turn: Turn, network_id: int, exchange_id: int, months: int) -> list[Say]:
    """Makes the draft, in place of an older one on the same."""
    seen = await view(turn, network_id, exchange_id, Right.MAKE_BRIEFS)
    if seen is None or months not in MONTHS:
        return [refused(turn) if seen is None else too_old(turn)]
    scope, brief = await gathered(turn, seen, months)
    id_ = await briefs.make(turn.db, scope, brief.as_json(), seen.at.me.id, turn.now)
    await seen.at.note(turn, "brief.made")
    kept = await briefs.by_id(turn.db, id_)
    return [too_old(turn)] if kept is None else [await _card(turn, seen.at, kept)]


async def _held(turn: Turn, brief_id: int) -> tuple[Desk, Kept] | None:
    kept = await briefs.by_id(turn.db, brief_id, hold=True)
    at = None if kept is None else await desk(turn, kept.network_id, Right.MAKE_BRIEFS)
    return None if kept is None or at is None else (at, kept)


async def card(turn: Turn, brief_id: int) -> list[Say]:
    """A draft: what it is about, and who has agreed to it."""
    found = await _held(turn, brief_id)
    return [refused(turn)] if found is None else [await _card(turn, *found)]


async def _card(turn: Turn, at: Desk, kept: Kept, news: Text | None = None) -> Say:
    brief = kept.brief
    missing = await missing_(turn.db, at.network.id, AGREED, kept.id)
    draft = kept.state == "draft"
    mine = draft and any(each.id == at.side.id for each in missing)
    text = paragraphs(
        news,
        _("A brief on <b>{what}</b>. {period}.", what=name_of(brief), period=period_of(brief)),
        _("Made on {when}.", when=When(kept.created_at)),
        await awaited(turn.db, missing) if draft else _("Observers have it."),
    )
    ways = stacked(
        button(_("Read it"), "brief.read", kept.id),
        button(_("Agree that observers read it"), "brief.agree", kept.id) if mine else None,
        button(_("Throw the draft away"), "brief.drop", kept.id) if draft else None,
        button(_("Back"), "brief.of", at.network.id),
    )
    return turn.say(text, ways, edit=True)


async def read(turn: Turn, brief_id: int) -> list[Say]:
    """The files of a brief, as observers would get them."""
    found = await _held(turn, brief_id)
    return [refused(turn)] if found is None else await files_of(turn, found[1])


async def agree(turn: Turn, brief_id: int) -> list[Say]:
    """One's own side agrees; once all have, observers are told."""
    found = await _held(turn, brief_id)
    if found is None:
        return [refused(turn)]
    at, kept = found
    before = await missing_(turn.db, at.network.id, AGREED, kept.id)
    missing = [each for each in before if each.id != at.side.id]
    if kept.state != "draft" or missing == before:
        return [await _card(turn, at, kept)]
    await agreements.agree(turn.db, AGREED, kept.id, at.side.id, at.me.id, turn.now)
    await at.note(turn, "brief.agreed")
    if missing:
        said = await _card(turn, at, kept, _("Your side has agreed."))
        ask = _("A brief awaits your agreement."), "brief.show", kept.id, f"brief-agree:{kept.id}"
        return [said, *await asked(turn.db, missing, *ask)]
    await briefs.send(turn.db, kept.id, turn.now)
    await at.note(turn, "brief.sent")
    done = turn.say(
        _("All sides have agreed. Observers are told that they can read it."), edit=True
    )
    return [done, *await _announced(turn, kept)]


async def _announced(turn: Turn, kept: Kept) -> list[Say]:
    return [
        Say(
            person_id,
            _("There is something new to read."),
            stacked(button(_("Show"), "briefs.open", kept.id)),
        ).with_key(f"brief:{kept.id}:{person_id}")
        for person_id in await briefs.observers(turn.db, kept.network_id)
    ]


async def drop(turn: Turn, brief_id: int) -> list[Say]:
    """Throws a draft away."""
    found = await _held(turn, brief_id)
    if found is None:
        return [refused(turn)]
    at, kept = found
    if kept.state == "draft":
        await briefs.drop(turn.db, kept.id)
        await at.note(turn, "brief.dropped")
    return await _first(turn, at)


MENU = (Command("brief", _("A report for officials, without names"), for_coordinators=True),)
ROUTES = Routes(
    {"brief": show},
    {
        "brief.of": of,
        "brief.list": listed,
        "brief.when": when,
        "brief.make": make,
        "brief.show": card,
        "brief.read": read,
        "brief.agree": agree,
        "brief.drop": drop,
    },
    right=Right.MAKE_BRIEFS,
)
