"""A question to those who look after one's own side, and their answer; neither is kept."""

from __future__ import annotations

from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.limits import HELP, QUESTIONS
from bot.domain.replies import Say, _, button, paragraphs, stacked
from bot.forms import Flow, start
from bot.router import Routes, Turn, too_old
from bot.store import networks, pairings, people, reports, roster
from bot.store.networks import Member

LONGEST = 1000
CARE = "safeguarding"
OWNER = "owner"
NOBODY = _("Nobody looks after your side yet, so nobody could answer.")


async def ask(turn: Turn, match_id: int) -> list[Say]:
    """Asks for a question to the coordinators about an introduction."""
    pairing = await pairings.of(turn.db, turn.me.id, match_id)
    if pairing is None:
        return [too_old(turn)]
    return await _begin(turn, pairing.me.member.id, "")


async def ask_side(turn: Turn, member_id: int) -> list[Say]:
    """Asks for a question to the coordinators about anything in a network."""
    return await _begin(turn, member_id, "")


async def ask_care(turn: Turn, member_id: int) -> list[Say]:
    """Asks for words to the safeguarding contacts, which no coordinator reads."""
    return await _begin(turn, member_id, CARE)


async def ask_owner(turn: Turn, member_id: int) -> list[Say]:
    """Asks for words to an owner of the network who is of one's own side."""
    return await _begin(turn, member_id, OWNER)


async def _readers(turn: Turn, member: Member, to: str) -> list[Member]:
    if to == CARE:
        about = await reports.about(turn.db, member.id)
        return await pairings.contacts(turn.db, member.side_id, about)
    if to == OWNER:
        return await roster.owners_beside(turn.db, member)
    return await roster.coordinators(turn.db, member.side_id)


async def _begin(turn: Turn, member_id: int, to: str) -> list[Say]:
    member = await networks.own(turn.db, turn.me.id, member_id)
    if member is None:
        return [too_old(turn)]
    if not await _readers(turn, member, to):
        return [turn.say(NOBODY)]
    return await start(turn, QUESTION, {"member": member.id, "to": to})


async def _asked(turn: Turn, answers: Answers) -> list[Say]:
    member = await networks.own(turn.db, turn.me.id, int(answers["member"]))
    if member is None:
        return [too_old(turn)]
    readers = await _readers(turn, member, answers["to"])
    if not readers:
        return [turn.say(NOBODY)]
    name = member.name or "—"
    text = paragraphs(
        _("Somebody of your side has a question for you:"),
        _("<tg-spoiler>{name}: {words}</tg-spoiler>", name=name, words=answers["words"]),
    )
    ways = stacked(button(_("Answer"), "ask.answer", member.id))
    mine = turn.say(_("Your question is on its way. The answer will come here."))
    return [mine, *(Say(each.person_id, text, ways) for each in readers)]


async def answer(turn: Turn, member_id: int) -> list[Say]:
    """Asks who looks after a side for the answer to a member of it."""
    if await _looking_after(turn, member_id) is None:
        return [too_old(turn)]
    return await start(turn, ANSWER, {"member": member_id})


async def _looking_after(turn: Turn, member_id: int) -> tuple[Member, Member] | None:
    """Whose turn it is and the member, if the first looks after the side of the second."""
    member = await networks.member(turn.db, member_id)
    if member is None or member.state == "left":
        return None
    me = await networks.membership(turn.db, turn.me.id, member.network_id)
    if me is None or me.state != "active" or me.side_id != member.side_id:
        return None
    return (me, member) if me.runs or me.role == CARE else None


async def _answered(turn: Turn, answers: Answers) -> list[Say]:
    both = await _looking_after(turn, int(answers["member"]))
    person = None if both is None else await people.by_id(turn.db, both[1].person_id)
    if both is None or person is None or person.state != "here":
        return [turn.say(_("They cannot be reached any more, so the answer was not sent."))]
    me, member = both
    by, way = _("A coordinator of your side wrote to you:"), "ask.side"
    if me.role == CARE:
        by, way = _("The safeguarding contact of your side wrote to you:"), "ask.care"
    text = paragraphs(by, _("<tg-spoiler>{words}</tg-spoiler>", words=answers["words"]))
    ways = stacked(button(_("Write back"), way, member.id))
    return [turn.say(_("Your answer is on its way.")), Say(person.id, text, ways)]


async def _question_form(_turn: Turn, answers: Answers) -> Form:
    text = _("What would you like to ask? Only the coordinators of your side read it.")
    if answers["to"] == CARE:
        text = _("What would you like to say? Only the safeguarding contact of your side reads it.")
    if answers["to"] == OWNER:
        text = _("What would you like to say? Only the owner of the network reads it.")
    step = Step("words", text, Words(longest=LONGEST, paragraphs=True), _("Question"))
    return Form("question", (step,), review=False)


async def _answer_form(_turn: Turn, _answers: Answers) -> Form:
    text = _("What is your answer? It is passed on once and not kept.")
    step = Step("words", text, Words(longest=LONGEST, paragraphs=True), _("Answer"))
    return Form("answer", (step,), review=False)


QUESTION = Flow("question", _question_form, _asked)
ANSWER = Flow("answer", _answer_form, _answered)
FLOWS = (QUESTION, ANSWER)
ROUTES = Routes(
    buttons={
        "match.ask": ask,
        "ask.side": ask_side,
        "ask.care": ask_care,
        "ask.owner": ask_owner,
        "ask.answer": answer,
    },
    limits={"match.ask": QUESTIONS, "ask.side": QUESTIONS, "ask.care": HELP},
)
