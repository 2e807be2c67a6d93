"""A line to one's partner about where and how to meet: passed on once, not kept."""

from __future__ import annotations

from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.replies import Say, _, button, paragraphs, stacked
from bot.forms import Flow, start
from bot.partners import held
from bot.router import Routes, Turn
from bot.store import pairings

LONGEST = 500


async def write(turn: Turn, match_id: int) -> list[Say]:
    """Asks for the line."""
    pairing = await held(turn, match_id)
    return pairing if isinstance(pairing, list) else await start(turn, LINE, {"match": match_id})


async def _pass_on(turn: Turn, answers: Answers) -> list[Say]:
    match_id = int(answers["match"])
    pairing = await held(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    await pairings.stirred(turn.db, pairing, turn.now)
    text = paragraphs(
        _("Your partner wrote to you:"),
        _("<tg-spoiler>{words}</tg-spoiler>", words=answers["words"]),
    )
    ways = stacked(
        button(_("Answer"), "line.write", match_id), button(_("Show"), "match.show", match_id)
    )
    return [
        turn.say(_("Passed on."), stacked(button(_("Back"), "match.show", match_id))),
        Say(pairing.partner.person.id, text, ways),
    ]


async def _form(_turn: Turn, _answers: Answers) -> Form:
    ask = _(
        "What should your partner know about where and how you meet? A link or a place, for "
        "example. I pass it on once, word for word, and do not keep it."
    )
    return Form("line", (Step("words", ask, Words(LONGEST), _("Your line")),), review=False)


LINE = Flow("line", _form, _pass_on)
FLOWS = (LINE,)
ROUTES = Routes(buttons={"line.write": write})
