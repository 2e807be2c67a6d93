"""/discreet: whether what the bot writes is covered until it is tapped, and how one hides."""

from __future__ import annotations

from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.hiding import LONGEST, fit
from bot.domain.replies import Command, Say, Text, Value, _, button, paragraphs, stacked
from bot.forms import Flow, start
from bot.router import Routes, Turn
from bot.store import covers, people


async def show(turn: Turn) -> list[Say]:
    """What is so now, and what one can change."""
    return [await _screen(turn, on=turn.me.discreet)]


async def _screen(turn: Turn, *, on: bool, news: Text | None = None) -> Say:
    cover = await covers.of(turn.db, turn.me.id)
    chosen = cover is not None and cover.own
    text = paragraphs(news, _("<b>Discreet</b>"), _COVERED if on else _OPEN, _HIDING, _word(chosen))
    ways = stacked(
        button(_("Write openly"), "discreet.set", 0)
        if on
        else button(_("Cover what you write me"), "discreet.set", 1),
        button(_("Choose another word") if chosen else _("Choose a word"), "discreet.word"),
        button(_("Hide now"), "quick.now"),
    )
    return turn.say(text, ways, edit=True)


_OPEN = _("I write to you openly: whoever looks at your screen can read it.")
_COVERED = _(
    "What I write to you is covered until you tap it. After two days I take what we wrote out of "
    "this chat."
)
_HIDING = _(
    "/quick hides everything at once. What we wrote here in the last two days is deleted, and I am "
    "a plain reminder bot until you write your word. Nobody can write to you here meanwhile. What "
    "is older only you can delete, in the menu of this chat."
)


def _word(chosen: bool) -> Value:
    if chosen:
        return _("You have chosen your word.")
    return _("You have not chosen a word yet. Without one, it is the number in the note I leave.")


async def set_(turn: Turn, on: int) -> list[Say]:
    """Covers, or no longer."""
    await people.set_discreet(turn.db, turn.me.id, on=bool(on))
    return [await _screen(turn, on=bool(on), news=_("Done."))]


async def word(turn: Turn) -> list[Say]:
    """Asks for the word."""
    return await start(turn, WORD)


async def _form(_turn: Turn, _answers: Answers) -> Form:
    ask = _(
        "Which word should bring me back? Take one that nobody would guess, and that you remember. "
        "I take your answer out of this chat at once."
    )
    step = Step("word", ask, Words(LONGEST, check=fit), _("Your word"))
    return Form("word", (step,), review=False)


async def _chosen(turn: Turn, answers: Answers) -> list[Say]:
    await covers.choose(turn.db, turn.me.id, str(answers["word"]))
    gone = () if turn.event.message_id is None else (turn.event.message_id,)
    news = _("I know your word now.")
    return [turn.say("", erase=gone), await _screen(turn, on=turn.me.discreet, news=news)]


WORD = Flow("word", _form, _chosen)
FLOWS = (WORD,)
MENU = (Command("discreet", _("Keep this chat discreet")),)
ROUTES = Routes(
    {"discreet": show},
    {"discreet.set": set_, "discreet.word": word},
)
