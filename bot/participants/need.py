"""A need: told by one in joint work, confirmed by one of another side, and what became of it."""

from __future__ import annotations

from bot.domain.fields import One, Option, Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.funding import NOT_NEEDED, SORTS, STANDING, need_after
from bot.domain.replies import (
    Button,
    Say,
    Text,
    _,
    button,
    lines,
    paragraphs,
    stacked,
)
from bot.forms import Flow, start
from bot.participants.joint import (
    NEEDS,
    NEVER_THROUGH_ME,
    PLEDGES,
    Joint,
    headed,
    in_work,
    short,
    to_need,
    told,
    without,
)
from bot.participants.sure import asked_first
from bot.router import Routes, Turn, go, too_old
from bot.store import needs, networks
from bot.store.networks import Member

MOST, SHOWN, LONGEST = 5, 8, 500
LATER = _("That is no longer so. This is how it is now:")


async def _work(turn: Turn, match_id: int) -> tuple[int, Member] | None:
    """The exchange in which a need of one's joint work is shown, and who one is in it."""
    for member in await networks.memberships(turn.db, turn.me.id):
        works = {each.id for each in await needs.joint_work(turn.db, [member.id])}
        shown_in = await needs.given_in(turn.db, member.network_id)
        if member.state == "active" and match_id in works and shown_in:
            return shown_in[0].id, member
    return None


async def tell(turn: Turn, match_id: int) -> list[Say]:
    """Asks what is lacking."""
    if await _work(turn, match_id) is None:
        return [too_old(turn)]
    if await needs.count_of(turn.db, match_id) >= MOST:
        text = _("There are several needs of this work already. /needs shows them.")
        return [turn.say(text, edit=True)]
    return await start(turn, TELL, {"match": match_id})


async def _form(_turn: Turn, _answers: Answers) -> Form:
    sorts = One(tuple(Option(key, text) for key, text in SORTS.items()), width=2)
    ask = _("What is it, how much, and for what? Name nobody: people of all sides read it.")
    steps = (
        Step("sort", _("What does your joint work lack?"), sorts, _("Lacking")),
        *asked_first(Step("words", ask, Words(LONGEST, paragraphs=True), _("In words"))),
    )
    return Form("need", steps, review=False)


async def _told(turn: Turn, answers: Answers) -> list[Say]:
    work = await _work(turn, int(answers["match"]))
    if work is None:
        return [too_old(turn)]
    exchange_id, me = work
    what = str(answers["sort"]), str(answers["words"])
    match_id = int(answers["match"])
    need_id = await needs.tell(turn.db, exchange_id, match_id, me.id, *what, turn.now)
    ask = _("Somebody you work with has told what is lacking. Can you confirm it?")
    others = await needs.mates(turn.db, match_id, me.side_id)
    asked = await told(turn.db, others, ask, to_need(need_id))
    return [*await show(turn, need_id), *asked]


async def show(turn: Turn, need_id: int) -> list[Say]:
    """A need of one's own work, and what is pledged to it."""
    at = await in_work(turn, need_id)
    return at if isinstance(at, list) else [card(turn, at)]


def card(turn: Turn, at: Joint, news: Text | None = None) -> Say:
    """A need as those in the work see it."""
    need = at.need
    some = [each for each in at.pledges if each.state not in ("declined", "dropped")]
    pledged = [
        _("• {words} ({state})", words=short(each.text), state=PLEDGES[each.state])
        for each in some[-SHOWN:]
        if at.holds
    ]
    outcome = need.outcome and _("What became of it: {words}", words=need.outcome)
    text = paragraphs(
        news,
        headed(need),
        NEEDS[need.state],
        lines(_("Offered:"), *pledged) if pledged else None,
        outcome or None,
        NEVER_THROUGH_ME if pledged else None,
    )
    return turn.say(text, stacked(*_ways(at)), edit=True)


def _ways(at: Joint) -> list[Button]:
    need, states = at.need, at.states
    ways = []
    if at.may_confirm:
        ways.append(button(_("Yes, we lack this"), "need.yes", need.id))
    if at.holds:
        ways += [
            button(short(each.text), "pledge.held", each.id)
            for each in [each for each in at.pledges if each.state in STANDING][:SHOWN]
        ]
        labels = {
            "enough": _("We have what we need"),
            "tell": _("Tell what became of it"),
            "drop": _("Take it back"),
        }
        ways += [
            button(label, f"need.{move}", need.id)
            for move, label in labels.items()
            if need_after(need.state, move, states)
        ]
    return [*ways, go(_("Back"), "needs")]


async def confirm(turn: Turn, need_id: int) -> list[Say]:
    """Somebody of another side confirms it: those who could give are told of it."""
    at = await in_work(turn, need_id)
    if isinstance(at, list):
        return at
    if not at.may_confirm or not await needs.goes_on(turn.db, at.need):
        return [card(turn, at, None if at.holds else LATER)]
    await needs.confirm(turn.db, at.need, at.holders[0].id, at.me.id, turn.now)
    news = _("What your joint work lacks is confirmed, and others can offer something now.")
    others = await told(turn.db, without(at.holders, at.me), news, to_need(need_id))
    return [*await show(turn, need_id), *others]


async def enough(turn: Turn, need_id: int) -> list[Say]:
    """Nothing more is needed; who has an open offer is thanked."""
    at = await _moving(turn, need_id, "enough")
    if isinstance(at, list):
        return at
    await needs.set_state(turn.db, need_id, "met", turn.now)
    givers = await needs.release(turn.db, need_id, turn.now, "offered")
    return [
        *await show(turn, need_id),
        *await told(turn.db, givers, NOT_NEEDED, go(_("Show"), "needs")),
    ]


async def _moving(turn: Turn, need_id: int, move: str) -> Joint | list[Say]:
    """The need, if one speaks for it and this may be done with it now; else what to say."""
    at = await in_work(turn, need_id)
    if isinstance(at, list):
        return at
    if not at.holds or need_after(at.need.state, move, at.states) is None:
        return [card(turn, at, LATER)]
    return at


async def drop(turn: Turn, need_id: int) -> list[Say]:
    """Takes a need back, as long as nothing was given."""
    at = await _moving(turn, need_id, "drop")
    if isinstance(at, list):
        return at
    await needs.set_state(turn.db, need_id, "closed", turn.now)
    givers = await needs.release(turn.db, need_id, turn.now, "offered", "accepted")
    others = await told(turn.db, without(at.holders, at.me), TAKEN_BACK, to_need(need_id))
    thanks = await told(turn.db, givers, NOT_NEEDED, go(_("Show"), "needs"))
    return [*await show(turn, need_id), *others, *thanks]


TAKEN_BACK = _("A need of your joint work was taken back by the person who spoke for it with you.")


async def end(turn: Turn, need_id: int) -> list[Say]:
    """Asks what became of it."""
    at = await _moving(turn, need_id, "tell")
    return at if isinstance(at, list) else await start(turn, END, {"need": need_id})


async def _end_form(_turn: Turn, _answers: Answers) -> Form:
    ask = _("What became of it? All who gave read it. Please name nobody.")
    step = Step("words", ask, Words(LONGEST * 2, paragraphs=True), _("What became of it"))
    return Form("need_end", asked_first(step), review=False)


async def _ended(turn: Turn, answers: Answers) -> list[Say]:
    at = await _moving(turn, int(answers["need"]), "tell")
    if isinstance(at, list):
        return at
    need_id = at.need.id
    await needs.set_state(turn.db, need_id, "closed", turn.now, str(answers["words"]))
    left = await needs.release(turn.db, need_id, turn.now, "offered", "accepted")
    said = await show(turn, need_id)
    for each in at.pledges:
        if each.state == "received":
            way = button(_("Show"), "pledge.show", each.id)
            said += await told(turn.db, [each.member_id], CAME_OF_IT, way)
    return [*said, *await told(turn.db, left, NOT_NEEDED, go(_("Show"), "needs"))]


CAME_OF_IT = _("There is word of what became of something you gave. Thank you again.")

TELL = Flow("need", _form, _told)
END = Flow("need_end", _end_form, _ended)
FLOWS = (TELL, END)
ROUTES = Routes(
    buttons={
        "need.new": tell,
        "need.show": show,
        "need.yes": confirm,
        "need.enough": enough,
        "need.drop": drop,
        "need.tell": end,
    },
)
