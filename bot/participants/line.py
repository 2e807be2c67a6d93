"""A line to one's partner about where and how to meet: passed on once, not kept."""

from __future__ import annotations

from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.replies import Say, Value, _, button, paragraphs, stacked
from bot.forms import Flow, start
from bot.partners import held, which
from bot.router import Routes, Turn
from bot.store import pairings
from bot.store.pairings import Pairing

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
    text = await _passed_on(turn, pairing, str(answers["words"]))
    ways = stacked(
        button(_("Answer"), "line.write", match_id), button(_("Show"), "match.show", match_id)
    )
    return [
        turn.say(_("Passed on."), stacked(button(_("Back"), "match.show", match_id))),
        Say(pairing.partner.person.id, text, ways),
    ]


async def _passed_on(turn: Turn, pairing: Pairing, words: str) -> Value:
    """The line as the partner reads it; only who opens the message sees what is covered."""
    if await pairings.has_several(turn.db, pairing.partner.person.id):
        name = pairing.me.name
        covered = _("<tg-spoiler>{name}: {words}</tg-spoiler>", name=name, words=words)
        return paragraphs(_("One of your partners wrote to you:"), covered)
    covered = _("<tg-spoiler>{words}</tg-spoiler>", words=words)
    return paragraphs(_("Your partner wrote to you:"), covered)


async def _form(turn: Turn, answers: Answers) -> Form:
    pairing = await pairings.of(turn.db, turn.me.id, int(answers["match"]))
    ask = paragraphs(
        None if pairing is None else await which(turn, pairing),
        _(
            "What should your partner know about where and how you meet? A link or a place, for "
            "example. I pass it on once, word for word, and do not keep it."
        ),
    )
    return Form("line", (Step("words", ask, Words(LONGEST), _("Your line")),), review=False)


LINE = Flow("line", _form, _pass_on)
FLOWS = (LINE,)
ROUTES = Routes(buttons={"line.write": write})
