"""Words between who gives and the two who speak for the need: passed on once, and not kept."""

from __future__ import annotations

from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.funding import talks
from bot.domain.replies import Say, Value, _, button, paragraphs
from bot.forms import Flow, start
from bot.participants.joint import free, holders_of, told
from bot.participants.pledge import own
from bot.participants.pledge_held import theirs
from bot.participants.sure import asked_first
from bot.router import Routes, Turn, too_old

LONGEST = 1000


async def write(turn: Turn, pledge_id: int) -> list[Say]:
    """Asks for words to the other side of a pledge: how and when it is handed over."""
    if await _to(turn, pledge_id) is None:
        return [too_old(turn)]
    return await start(turn, WRITE, {"pledge": pledge_id})


async def _to(turn: Turn, pledge_id: int) -> list[int] | None:
    """To whom words about a pledge may go; None where there is nothing to talk about."""
    mine = await own(turn, pledge_id)
    if mine is not None:
        holders = await holders_of(turn.db, mine.need)
        talk = talks(mine.need.state, mine.pledge.state)
        to = [each.id for each in holders]
        return await free(turn.db, mine.pledge.member_id, to) if talk else None
    found = await theirs(turn, pledge_id)
    if isinstance(found, list) or not talks(found[0].need.state, found[1].state):
        return None
    return await free(turn.db, found[0].me.id, [found[1].member_id])


async def _write_form(_turn: Turn, _answers: Answers) -> Form:
    ask = _("What would you like to say? It is passed on once, without your name, and not kept.")
    step = Step("words", ask, Words(LONGEST, paragraphs=True), _("Message"))
    return Form("pledge_word", asked_first(step), review=False)


async def _written(turn: Turn, answers: Answers) -> list[Say]:
    pledge_id = int(answers["pledge"])
    to = await _to(turn, pledge_id)
    if to is None:
        return [too_old(turn)]
    news: Value = paragraphs(
        _("Somebody writes to you about help for joint work:"),
        _("<tg-spoiler>{words}</tg-spoiler>", words=answers["words"]),
    )
    back = button(_("Write back"), "pledge.write", pledge_id)
    said = await told(turn.db, to, news, back)
    if not said:
        return [turn.say(_("Nobody there can be written to at the moment."))]
    return [turn.say(_("Your message is on its way.")), *said]


WRITE = Flow("pledge_word", _write_form, _written)
FLOWS = (WRITE,)
ROUTES = Routes(buttons={"pledge.write": write})
