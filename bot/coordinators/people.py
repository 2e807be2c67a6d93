"""/people: who is on one's own side, by list, by activity, and by name or code."""

from __future__ import annotations

from dataclasses import dataclass

from bot.coordinators.desk import ROLES, Desk, choose, desk, refused
from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.replies import (
    Button,
    Command,
    Say,
    Text,
    Value,
    _,
    button,
    in_rows,
    ngettext,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.domain.tracks import title
from bot.forms import Flow, start
from bot.names import folded
from bot.router import Routes, Turn, too_old
from bot.store import exchanges, roster
from bot.store.codes import code_of
from bot.store.networks import Member
from bot.store.roster import Named, Which

LISTS: dict[str, tuple[Text, Which]] = {
    "all": (_("Everybody"), Which()),
    "pending": (_("Waiting for approval"), Which(("pending",))),
    "active": (_("Active"), Which(("active",))),
    "paused": (_("On a pause"), Which(("paused", "held"))),
    "declined": (_("Not accepted or removed"), Which(("declined",))),
    "participant": (_("Participants"), Which(role="participant")),
    "facilitator": (_("Facilitators"), Which(role="facilitator")),
    "coordinator": (_("Coordinators"), Which(role="coordinator")),
    "safeguarding": (_("Safeguarding contacts"), Which(role="safeguarding")),
    "observer": (_("Observers"), Which(role="observer")),
}
"""The lists of a side's people: by state, then by role."""

FIRST_LISTS = ("all", "pending", "active", "paused")
MOST_FOUND = 20


def named(member: Member) -> Value:
    """The name a member chose, or their role where they have not told one."""
    return member.name or _("{role}, without a name yet", role=ROLES[member.role])


@dataclass(frozen=True, slots=True)
class List:
    """A list at somebody's desk: its name, who is in it, and the button of its page."""

    at: Desk
    name: Value
    which: Which
    action: str
    args: tuple[int | str, ...]

    def turned(self, text: Text, after: int) -> Button:
        """The button to the page after a member."""
        return button(text, self.action, *self.args, after)


def _list(at: Desk, state: str) -> List:
    name, which = LISTS[state]
    return List(at, name, which, "people.page", (at.network.id, state))


async def people(turn: Turn) -> list[Say]:
    """/people: of which network, then who waits for approval, or everybody."""
    return await choose(turn, _("Which network?"), "people.of", _first, Right.PEOPLE)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """The people of one's own side in this network."""
    at = await desk(turn, network_id, Right.PEOPLE)
    return [refused(turn)] if at is None else await _first(turn, at)


async def _first(turn: Turn, at: Desk) -> list[Say]:
    pending = await roster.count(turn.db, at.side.id, LISTS["pending"][1])
    return await _page(turn, _list(at, "pending" if pending else "all"), 0)


async def page(turn: Turn, network_id: int, state: str, after: int) -> list[Say]:
    """People of a list, those after a member."""
    at = await desk(turn, network_id, Right.PEOPLE)
    if at is None:
        return [refused(turn)]
    return [too_old(turn)] if state not in LISTS else await _page(turn, _list(at, state), after)


async def within(turn: Turn, exchange_id: int, after: int) -> list[Say]:
    """Who takes part in an activity, those after a member."""
    exchange = await exchanges.by_id(turn.db, exchange_id)
    at = None if exchange is None else await desk(turn, exchange.network_id, Right.PEOPLE)
    if exchange is None or at is None:
        return [refused(turn)]
    name = title(exchange.name, exchange.track, exchange.format)
    which = Which(exchange_id=exchange_id)
    return await _page(turn, List(at, name, which, "people.in", (exchange_id,)), after)


async def _page(turn: Turn, shown: List, after: int) -> list[Say]:
    at = shown.at
    found = await roster.page(turn.db, at.side.id, shown.which, after)
    many = await roster.count(turn.db, at.side.id, shown.which)
    text = paragraphs(
        _("<b>{side}</b>: {state}", side=at.side.name, state=shown.name),
        ngettext("{n} person", "{n} people", many),
    )
    ways: tuple[Button | None, ...] = (
        *(button(named(each), "people.show", each.id) for each in found.members),
        shown.turned(_("First page"), 0) if after else None,
        shown.turned(_("Next page"), found.members[-1].id) if found.more else None,
        button(_("Search by name or code"), "people.search", at.network.id),
    )
    others = [each for each in FIRST_LISTS if _list(at, each) != shown]
    more = (
        *(_list(at, each).turned(LISTS[each][0], 0) for each in others),
        button(_("More lists"), "people.lists", at.network.id),
    )
    return [turn.say(text, (*stacked(*ways), *in_rows(more, 2)), edit=True)]


async def lists(turn: Turn, network_id: int) -> list[Say]:
    """All lists there are: by state, role and activity, and who is never to be introduced."""
    at = await desk(turn, network_id, Right.PEOPLE)
    if at is None:
        return [refused(turn)]
    by_name = (_list(at, each).turned(text, 0) for each, (text, _which) in LISTS.items())
    open_ = await exchanges.open_in(turn.db, network_id)
    by_activity = (
        button(title(each.name, each.track, each.format), "people.in", each.id, 0) for each in open_
    )
    rows = (
        *in_rows(by_name, 2),
        *stacked(
            *by_activity,
            button(_("Never introduced to each other"), "forbid.list", network_id, 0),
            button(_("Back"), "people.of", network_id),
        ),
    )
    return [turn.say(_("Whom would you like to see?"), rows, edit=True)]


async def search(turn: Turn, network_id: int) -> list[Say]:
    """Asks whom to look for."""
    at = await desk(turn, network_id, Right.PEOPLE)
    return [refused(turn)] if at is None else await start(turn, SEARCH, {"network": network_id})


async def _search_form(_turn: Turn, _answers: Answers) -> Form:
    text = _("Whom are you looking for? Write a part of the name, or the code.")
    return Form("people_search", (Step("words", text, Words(60), _("Name")),), review=False)


async def _searched(turn: Turn, answers: Answers) -> list[Say]:
    at = await desk(turn, int(answers["network"]), Right.PEOPLE)
    if at is None:
        return [refused(turn)]
    found = looked_up(await roster.named(turn.db, at.side.id), str(answers["words"]))
    text = ngettext("{n} person was found.", "{n} people were found.", len(found))
    if len(found) > MOST_FOUND:
        text = _("Many people were found. These are the first; more of the name finds fewer.")
    whose = await roster.by_ids(turn.db, [each.id for each in found[:MOST_FOUND]])
    ways = (
        button(named(whose[each.id]), "people.show", each.id)
        for each in found[:MOST_FOUND]
        if each.id in whose
    )
    again = button(_("Search again"), "people.search", at.network.id)
    back = button(_("Back"), "people.of", at.network.id)
    return [turn.say(text, stacked(*ways, again, back))]


def looked_up(everybody: list[Named], words: str) -> list[Named]:
    """Whose name has these words in it, whatever their case and accents, or whose code it is."""
    wanted, code = folded(words), code_of(words)
    return [
        each
        for each in everybody
        if (wanted and wanted in folded(each.name)) or (code and each.code == code)
    ]


SEARCH = Flow("people_search", _search_form, _searched)
FLOWS = (SEARCH,)
MENU = (Command("people", _("The people of your side"), for_coordinators=True),)
ROUTES = Routes(
    {"people": people},
    {
        "people.of": of,
        "people.page": page,
        "people.in": within,
        "people.lists": lists,
        "people.search": search,
    },
    right=Right.PEOPLE,
)
