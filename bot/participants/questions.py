"""A question to the coordinators of one's own side, and their answer; neither is kept."""

from __future__ import annotations

from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.replies import Say, _, button, paragraphs, stacked
from bot.forms import Flow, start
from bot.router import Routes, Turn, too_old
from bot.store import networks, pairings, people, roster
from bot.store.networks import Member

LONGEST = 1000


async def ask(turn: Turn, match_id: int) -> list[Say]:
    """Asks for the question about an introduction."""
    pairing = await pairings.of(turn.db, turn.me.id, match_id)
    if pairing is None:
        return [too_old(turn)]
    return await _begin(turn, pairing.me.member)


async def ask_side(turn: Turn, member_id: int) -> list[Say]:
    """Asks for a question about anything in a network one is a member of."""
    member = await networks.member(turn.db, member_id)
    if member is None or member.person_id != turn.me.id or member.state == "left":
        return [too_old(turn)]
    return await _begin(turn, member)


async def _begin(turn: Turn, member: Member) -> list[Say]:
    if not await roster.coordinators(turn.db, member.side_id):
        return [turn.say(_("Your side has no coordinator yet, so nobody could answer."))]
    return await start(turn, QUESTION, {"member": member.id})


async def _asked(turn: Turn, answers: Answers) -> list[Say]:
    member = await networks.member(turn.db, int(answers["member"]))
    if member is None or member.person_id != turn.me.id or member.state == "left":
        return [too_old(turn)]
    staff = await roster.coordinators(turn.db, member.side_id)
    text = paragraphs(
        _("A question from {name}:", name=member.name or "—"),
        _("<tg-spoiler>{words}</tg-spoiler>", words=answers["words"]),
    )
    ways = stacked(button(_("Answer"), "ask.answer", member.id))
    mine = turn.say(_("Your question is on its way. The answer will come here."))
    return [mine, *(Say(each.person_id, text, ways) for each in staff)]


async def answer(turn: Turn, member_id: int) -> list[Say]:
    """Asks a coordinator for the answer to a member of their own side."""
    if await _asker(turn, member_id) is None:
        return [too_old(turn)]
    return await start(turn, ANSWER, {"member": member_id})


async def _asker(turn: Turn, member_id: int) -> Member | None:
    """The member, if whose turn it is may answer them: a coordinator or contact of their side."""
    member = await networks.member(turn.db, member_id)
    if member is None or member.state == "left":
        return None
    mine = await networks.membership(turn.db, turn.me.id, member.network_id)
    may = (
        mine is not None
        and mine.role in {"coordinator", "owner", "safeguarding"}
        and mine.state == "active"
        and mine.side_id == member.side_id
    )
    return member if may else None


async def _answered(turn: Turn, answers: Answers) -> list[Say]:
    member = await _asker(turn, int(answers["member"]))
    person = None if member is None else await people.by_id(turn.db, member.person_id)
    if member is None or person is None or person.state != "here":
        return [turn.say(_("They cannot be reached any more, so the answer was not sent."))]
    text = paragraphs(
        _("Here is the answer to your question:"),
        _("<tg-spoiler>{words}</tg-spoiler>", words=answers["words"]),
    )
    ways = stacked(button(_("Ask again"), "ask.side", member.id))
    return [turn.say(_("Your answer is on its way.")), Say(person.id, text, ways)]


async def _question_form(_turn: Turn, _answers: Answers) -> Form:
    text = _("What would you like to ask? The coordinators of your side read it; it is not kept.")
    step = Step("words", text, Words(longest=LONGEST, paragraphs=True), _("Question"))
    return Form("question", (step,), review=False)


async def _answer_form(_turn: Turn, _answers: Answers) -> Form:
    text = _("What is your answer? It is passed on once and not kept.")
    step = Step("words", text, Words(longest=LONGEST, paragraphs=True), _("Answer"))
    return Form("answer", (step,), review=False)


QUESTION = Flow("question", _question_form, _asked)
ANSWER = Flow("answer", _answer_form, _answered)
FLOWS = (QUESTION, ANSWER)
ROUTES = Routes(buttons={"match.ask": ask, "ask.side": ask_side, "ask.answer": answer})
