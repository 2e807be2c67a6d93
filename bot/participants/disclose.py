"""What one shows one's partner, step by step: a pseudonym, a name, how to be reached; and back."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.disclosure import CONTACT, NAME, Shown, back, unlock
from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.limits import STEPS
from bot.domain.replies import Button, Say, Text, _, button, paragraphs, stacked
from bot.forms import Flow, start
from bot.partners import held, tell
from bot.router import Routes, Turn, too_old
from bot.store import shown
from bot.store.pairings import Half, Pairing

LONGEST = 120


async def ask(turn: Turn, match_id: int) -> list[Say]:
    """What each of the two shows now, and what one can do."""
    pairing = await held(turn, match_id)
    return pairing if isinstance(pairing, list) else [_screen(turn, pairing)]


def _screen(turn: Turn, pairing: Pairing) -> Say:
    mine, theirs = pairing.me.said.shown, pairing.partner.said.shown
    text = paragraphs(
        _("You two show each other as much as each of you wants, a step at a time."),
        _mine(pairing.me),
        _theirs(theirs),
        _OFFERED[theirs.next] if theirs.next and theirs.offers > theirs.shows else None,
    )
    ways = (*_steps(pairing.match.id, mine), *_backs(pairing.match.id, mine))
    return turn.say(
        text, stacked(*ways, button(_("Back"), "match.show", pairing.match.id)), edit=True
    )


_OFFERED = {
    NAME: _("They would show their name if you showed yours."),
    CONTACT: _("They would show how to reach them if you did."),
}


def _mine(me: Half) -> Text:
    if me.said.shows == NAME:
        return _("They see your name: <b>{name}</b>.", name=me.name)
    if me.said.shows == CONTACT:
        contact = me.said.contact or ""
        return _(
            "They see your name, <b>{name}</b>, and how to reach you: "
            "<tg-spoiler>{contact}</tg-spoiler>",
            name=me.name,
            contact=contact,
        )
    return _("They know you as <b>{pseudonym}</b>. That says nothing of you.", pseudonym=me.shown)


def _theirs(theirs: Shown) -> Text:
    return (
        _("You know them by a pseudonym."),
        _("You see the name they chose."),
        _("You see the name they chose, and how to reach them."),
    )[theirs.shows]


def _steps(match_id: int, mine: Shown) -> tuple[Button | None, ...]:
    if mine.next is None:
        return ()
    alone, together = _WAYS[mine.next]
    waits = mine.offers > mine.shows
    return (
        button(alone, "disclose.step", match_id, mine.next, 1),
        None if waits else button(together, "disclose.step", match_id, mine.next, 0),
    )


_WAYS = {
    NAME: (_("Show my name now"), _("Show it when they show theirs")),
    CONTACT: (_("Show how to reach me now"), _("Show it when they do")),
}


def _backs(match_id: int, mine: Shown) -> tuple[Button | None, ...]:
    return (
        button(_("Hide how to reach me"), "disclose.back", match_id, CONTACT)
        if mine.offers == CONTACT
        else None,
        button(_("Hide my name again"), "disclose.back", match_id, NAME)
        if mine.offers >= NAME
        else None,
    )


async def step(turn: Turn, match_id: int, level: int, alone: int) -> list[Say]:
    """Shows the next step, alone or once both do."""
    pairing = await held(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    if level != pairing.me.said.shown.next:
        return [_screen(turn, pairing)]
    if level == CONTACT:
        return await start(turn, CONTACTS, {"match": match_id, "alone": alone})
    return await _unlocked(turn, pairing, level, alone=bool(alone))


async def _unlocked(turn: Turn, pairing: Pairing, level: int, *, alone: bool) -> list[Say]:
    me, partner = pairing.me.said, pairing.partner.said
    mine, theirs = unlock(me.shown, partner.shown, level, alone=alone)
    await shown.set_shown(turn.db, me.id, mine)
    if theirs != partner.shown:
        await shown.set_shown(turn.db, partner.id, theirs)
    news = _("Your partner shows you more of who they are.")
    if mine.shows < level:
        news = _("Your partner would show you more of who they are, if you did the same.")
    here = _now(pairing, mine, theirs)
    way = stacked(button(_("Show"), "disclose.ask", pairing.match.id))
    return [_screen(turn, here), *(replace(each, buttons=way) for each in tell(pairing, news))]


def _now(pairing: Pairing, mine: Shown, theirs: Shown) -> Pairing:
    def as_it_is(half: Half, at: Shown) -> Half:
        return replace(half, said=replace(half.said, shows=at.shows, offers=at.offers))

    me, partner = as_it_is(pairing.me, mine), as_it_is(pairing.partner, theirs)
    return replace(pairing, me=me, partner=partner)


async def _form(_turn: Turn, _answers: Answers) -> Form:
    ask = _(
        "How can they reach you? An @name or a number, for example. I keep it encrypted, and "
        "delete it when you hide it or the introduction ends."
    )
    return Form("contact", (Step("contact", ask, Words(LONGEST), _("Contact")),), review=False)


async def _given(turn: Turn, answers: Answers) -> list[Say]:
    pairing = await held(turn, int(answers["match"]))
    if isinstance(pairing, list):
        return pairing
    if pairing.me.said.shown.next != CONTACT:
        return [too_old(turn)]
    contact = str(answers["contact"])
    await shown.set_contact(turn.db, pairing.me.said.id, contact)
    me = replace(pairing.me, said=replace(pairing.me.said, contact=contact))
    alone = bool(int(answers["alone"]))
    return await _unlocked(turn, replace(pairing, me=me), CONTACT, alone=alone)


async def hide(turn: Turn, match_id: int, level: int) -> list[Say]:
    """Takes a step back, and says how far that is possible."""
    pairing = await held(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    if level not in (NAME, CONTACT):
        return [too_old(turn)]
    mine = back(pairing.me.said.shown, level)
    await shown.set_shown(turn.db, pairing.me.said.id, mine)
    text = _(
        "From now on I do not show it any more. What they have seen, or find in earlier messages, "
        "I cannot take from them."
    )
    screen = _screen(turn, _now(pairing, mine, pairing.partner.said.shown))
    return [replace(screen, text=paragraphs(text, screen.text))]


CONTACTS = Flow("contact", _form, _given)
FLOWS = (CONTACTS,)
ROUTES = Routes(
    buttons={"disclose.ask": ask, "disclose.step": step, "disclose.back": hide},
    limits={"disclose.step": STEPS},
)
