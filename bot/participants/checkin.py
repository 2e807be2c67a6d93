"""The answer to a question of one's coordinators, which may be skipped, once or for ever."""

from __future__ import annotations

from bot.domain.checkins import KINDS
from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.replies import Say, _, button, stacked
from bot.forms import Flow, start
from bot.router import Routes, Turn, too_old
from bot.store import checkins, networks, roster
from bot.store.checkins import Answer
from bot.store.networks import Member

LONGEST = 1000


async def _own(turn: Turn, answer_id: int) -> tuple[Answer, Member, str] | None:
    """A question to this person, their membership, and of which kind it is."""
    row = await checkins.answer(turn.db, answer_id)
    member = None if row is None else await networks.own(turn.db, turn.me.id, row.member_id)
    found = None if row is None else await checkins.by_id(turn.db, row.checkin_id)
    return None if row is None or member is None or found is None else (row, member, found.kind)


async def say(turn: Turn, answer_id: int, value: int) -> list[Say]:
    """Answers with one of the buttons."""
    own = await _own(turn, answer_id)
    if own is None or value not in KINDS[own[2]].options:
        return [too_old(turn)]
    return await _answered(turn, own, value)


async def _answered(turn: Turn, own: tuple[Answer, Member, str], said: int | str) -> list[Say]:
    row, member, kind = own
    if row.state == "seen":
        return [turn.say(_("Thank you. Your answer has been read already."), edit=True)]
    urgent = said in KINDS[kind].urgent
    again = row.state == "answered" and row.urgent
    await checkins.answered(turn.db, row.id, said, turn.now, urgent=urgent)
    if not urgent:
        return [turn.say(_("Thank you for your answer."), edit=True)]
    text = _("Thank you for telling us. The coordinators of your side see it first of all.")
    ways = stacked(button(_("Write to them now"), "ask.side", member.id))
    return [turn.say(text, ways, edit=True), *([] if again else await _called(turn, member))]


async def _called(turn: Turn, member: Member) -> list[Say]:
    """A word to those who look after this side; it names nobody."""
    text = _("Somebody of your side answered that they would like to be heard: /checkins.")
    staff = await roster.coordinators(turn.db, member.side_id)
    return [Say(each.person_id, text).as_reminder() for each in staff]


async def skip(turn: Turn, answer_id: int) -> list[Say]:
    """Leaves it unanswered."""
    own = await _own(turn, answer_id)
    if own is None:
        return [too_old(turn)]
    if own[0].state == "asked":
        await checkins.leave(turn.db, answer_id, "skipped")
    return [turn.say(_("That is all right."), edit=True)]


async def never(turn: Turn, answer_id: int) -> list[Say]:
    """Wants no more such questions."""
    own = await _own(turn, answer_id)
    if own is None:
        return [too_old(turn)]
    if own[0].state == "asked":
        await checkins.leave(turn.db, answer_id, "skipped")
    await checkins.no_more(turn.db, answer_id)
    return [turn.say(_("That is all right. You are not asked such questions again."), edit=True)]


async def words(turn: Turn, answer_id: int) -> list[Say]:
    """Asks for an answer in one's own words."""
    own = await _own(turn, answer_id)
    if own is None or KINDS[own[2]].options:
        return [too_old(turn)]
    return await start(turn, WORDS, {"answer": answer_id})


async def _form(_turn: Turn, _answers: Answers) -> Form:
    ask = _("What would you like to answer? Only the coordinators of your side read it.")
    step = Step("words", ask, Words(longest=LONGEST, paragraphs=True), _("Answer"))
    return Form("checkin_words", (step,), review=False)


async def _written(turn: Turn, answers: Answers) -> list[Say]:
    own = await _own(turn, int(answers["answer"]))
    return [too_old(turn)] if own is None else await _answered(turn, own, str(answers["words"]))


WORDS = Flow("checkin_words", _form, _written)
FLOWS = (WORDS,)
ROUTES = Routes(
    buttons={
        "check.say": say,
        "check.skip": skip,
        "check.never": never,
        "check.words": words,
    }
)
