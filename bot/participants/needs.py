"""/needs: what one's joint work lacks, what others lack, and what one has offered."""

from __future__ import annotations

from bot.domain.funding import SORTS
from bot.domain.replies import Button, Command, Say, Text, _, button, paragraphs, stacked
from bot.domain.tracks import title
from bot.participants.joint import NEVER_THROUGH_ME, PLEDGES, may_give, short, takes_part
from bot.router import Routes, Turn
from bot.store import exchanges, needs, networks
from bot.store.matches import Match
from bot.store.needs import Need
from bot.store.networks import Member

PAGE, PLEDGED = 6, 5


async def show_all(turn: Turn) -> list[Say]:
    """/needs: those of one's own work, those one could give to, and what one has offered."""
    return await page(turn, 0)


async def page(turn: Turn, after: int) -> list[Say]:
    """The same, with open needs above one."""
    mine = [
        each
        for each in await networks.memberships(turn.db, turn.me.id)
        if each.state == "active" and await needs.given_in(turn.db, each.network_id)
    ]
    ids = [each.id for each in mine]
    work = await needs.joint_work(turn.db, ids)
    own = await needs.of_members(turn.db, ids)
    ways = [
        *([] if after else [button(_short(each), "need.show", each.id) for each in own]),
        *await _to_give(turn, mine, {each.id for each in work}, after),
        *([] if after else await _pledged(turn, ids)),
        *([] if after else [await _tell(turn, each, alone=len(work) == 1) for each in work]),
    ]
    text = paragraphs(
        _("<b>Help for joint work</b>"),
        _("What people of all sides do together can lack something, and others can give it.")
        if ways
        else _("There is nothing here for you at the moment. /activities shows what there is."),
        NEVER_THROUGH_ME if ways else None,
    )
    return [turn.say(text, stacked(*ways), edit=True)]


def _short(need: Need) -> Text:
    return _("Our need: {what}", what=short(need.words))


async def _to_give(turn: Turn, mine: list[Member], work: set[int], after: int) -> list[Button]:
    """The ways to open needs of others, some at a time."""
    here = [each.network_id for each in mine if await takes_part(turn.db, each)]
    found = await needs.open_in(turn.db, here, after, PAGE + 1) if here else []
    ways = [
        button(
            _("{sort}: {what}", sort=SORTS[each.sort], what=short(each.words)),
            "pledge.need",
            each.id,
        )
        for each in found[:PAGE]
        if each.match_id not in work and await may_give(turn, each.id)
    ]
    if len(found) > PAGE:
        ways.append(button(_("More"), "need.page", found[PAGE - 1].id))
    return ways


async def _pledged(turn: Turn, member_ids: list[int]) -> list[Button]:
    return [
        button(
            _("You offered: {what} ({state})", what=short(each.text), state=PLEDGES[each.state]),
            "pledge.show",
            each.id,
        )
        for each in await needs.pledges_by(turn.db, member_ids, PLEDGED)
    ]


async def _tell(turn: Turn, match: Match, *, alone: bool) -> Button:
    exchange = await exchanges.by_id(turn.db, match.exchange_id)
    if alone or exchange is None:
        return button(_("Tell what we lack"), "need.new", match.id)
    name = title(exchange.name, exchange.track, exchange.format)
    return button(_("Tell what we lack: {activity}", activity=name), "need.new", match.id)


MENU = (Command("needs", _("What joint work lacks, and giving it")),)
ROUTES = Routes({"needs": show_all}, {"need.page": page})
