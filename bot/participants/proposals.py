"""Where one stands, and the answer to a proposal: yes, no, or a question to the coordinator."""

from __future__ import annotations

from dataclasses import replace

from bot.away import pairing_ended
from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.matching.types import Reasons
from bot.domain.proposals import proposal_say, shared
from bot.domain.replies import Command, Say, Text, When, _, button, lines, paragraphs, stacked
from bot.forms import Flow, start
from bot.participants import group, meet
from bot.participants.standing import standing
from bot.partners import NOTHING_ELSE, OTHERS, resting, tell
from bot.router import Routes, Turn, too_old
from bot.store import groups, matches, pairings, roster
from bot.store.pairings import Pairing

REASONS = {
    "times": _("The times do not suit me"),
    "now": _("Now is not a good moment"),
    "other": _("I would rather meet somebody else"),
}


async def match(turn: Turn) -> list[Say]:
    """/match: where one stands in each network, every open introduction, circle and team."""
    said = await standing(turn)
    cards = [await card(turn, each) for each in await pairings.open_of(turn.db, turn.me.id)]
    cards += [await group.card(turn, each) for each in await groups.open_of(turn.db, turn.me.id)]
    # Several are a message each.
    said += cards if len(cards) == 1 else [replace(each, edit=False) for each in cards]
    return said or [turn.say(_("There is nothing new. I will write to you when there is."))]


async def show(turn: Turn, match_id: int) -> list[Say]:
    """One introduction as it stands now."""
    pairing = await pairings.of(turn.db, turn.me.id, match_id)
    if pairing is None:
        return [too_old(turn)]
    said = await card(turn, pairing)
    return [turn.say(said.text, said.buttons, edit=True)]


async def card(turn: Turn, pairing: Pairing) -> Say:
    """An introduction as one of the two sees it, with what can be done."""
    if pairing.match.state == "active":
        return await meet.screen(turn, pairing)
    if pairing.match.state != "proposed":
        return turn.say(_("This introduction is over. /match shows where you stand."))
    if pairing.me.said.answer == "yes":
        return await _waits(turn, pairing)
    found, told = pairing.match, pairing.match.reasons or {}
    beside = await pairings.goes_on(turn.db, pairing, pairing.me)
    return proposal_say(turn.me.id, found.id, told, found.expires_at, one_of_several=beside)


async def _waits(turn: Turn, pairing: Pairing) -> Say:
    """They have said yes; of several introductions, what both share tells which this is."""
    told = lines(*shared(Reasons.of(pairing.match.reasons or {})))
    text = paragraphs(
        _(
            "You said yes. The other person can answer until {when}, "
            "and I will tell you either way.",
            when=When(pairing.match.expires_at),
        ),
        told if await pairings.goes_on(turn.db, pairing, pairing.me) else None,
    )
    ways = stacked(
        button(_("I have changed my mind"), "match.no", pairing.match.id),
        button(_("Ask the coordinator"), "match.ask", pairing.match.id),
        button(_("Block or report"), "safety.ask", pairing.match.id),
    )
    return turn.say(text, ways, edit=True)


async def _to_answer(turn: Turn, match_id: int) -> Pairing | list[Say]:
    """The proposal, held, if it can still be answered; else what to say instead."""
    pairing = await pairings.of(turn.db, turn.me.id, match_id, hold=True)
    if pairing is None:
        return [too_old(turn)]
    if pairing.match.state != "proposed":
        return [await card(turn, pairing)]
    if pairing.me.member.state != "active":
        return [turn.say(resting(pairing.me.member))]
    return pairing


async def yes(turn: Turn, match_id: int) -> list[Say]:
    """Accepts; when both have, they are introduced."""
    pairing = await _to_answer(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    if not pairing.me.said.answer:
        await matches.set_answer(turn.db, pairing.me.said.id, "yes", turn.now)
    if pairing.partner.said.answer != "yes":
        return [await _waits(turn, pairing)]
    return await _introduced(turn, match_id)


async def _introduced(turn: Turn, match_id: int) -> list[Say]:
    await matches.activate(turn.db, match_id, turn.now)
    if begun := await pairings.of(turn.db, turn.me.id, match_id):
        await pairings.introduced(turn.db, begun, turn.now)
    pairing = await pairings.of(turn.db, turn.me.id, match_id)  # with the names they see now
    if pairing is None:
        return [too_old(turn)]
    news = _("There is good news about your introduction: you both said yes.")
    return [await meet.screen(turn, pairing), *tell(pairing, news)]


async def no(turn: Turn, match_id: int) -> list[Say]:
    """Asks for a reason, which may be kept back; nothing is declined yet."""
    pairing = await _to_answer(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    text = _(
        "That is all right. Would you like to say why? Only the coordinators of your side see it."
    )
    return [
        turn.say(
            text,
            stacked(
                *(button(each, "match.why", match_id, code) for code, each in REASONS.items()),
                button(_("In my own words"), "match.words", match_id),
                button(_("No reason"), "match.why", match_id, "none"),
                button(_("Back"), "match.show", match_id),
            ),
            edit=True,
        )
    ]


async def why(turn: Turn, match_id: int, code: str) -> list[Say]:
    """Declines with one of the common reasons, or none."""
    if code not in {*REASONS, "none"}:
        return [too_old(turn)]
    return await _declined(turn, match_id, code, REASONS.get(code))


async def words(turn: Turn, match_id: int) -> list[Say]:
    """Asks for a reason in one's own words."""
    pairing = await _to_answer(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    return await start(turn, DECLINE, {"match": match_id})


async def _in_words(turn: Turn, answers: Answers) -> list[Say]:
    return await _declined(turn, int(answers["match"]), answers["reason"], answers["reason"])


async def _declined(turn: Turn, match_id: int, reason: str, shown: Text | str | None) -> list[Say]:
    pairing = await _to_answer(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    db, partner = turn.db, pairing.partner
    await matches.set_answer(db, pairing.me.said.id, "no", turn.now, reason)
    first = [partner.member.id] if partner.said.answer == "yes" else []
    await pairings.end(db, pairing, "declined", turn.now, "declined", first)
    said = [await _thanks(turn, pairing), *await pairing_ended(db, pairing)]
    return [*said, *await _reported(turn, pairing, shown)]


async def _thanks(turn: Turn, pairing: Pairing) -> Say:
    if await pairings.goes_on(turn.db, pairing, pairing.me):
        text = _("Thank you for telling us. You two will not be asked again.")
        return turn.say(paragraphs(text, NOTHING_ELSE), OTHERS, edit=True)
    text = _("Thank you for telling us. Your place is kept, and you two will not be asked again.")
    return turn.say(text, stacked(button(_("Pause for a while"), "pause.menu")), edit=True)


async def _reported(turn: Turn, pairing: Pairing, shown: Text | str | None) -> list[Say]:
    if shown is None:
        return []
    text = paragraphs(
        _("Somebody of your side said no to an introduction. The reason:"),
        _("<tg-spoiler>{name}: {words}</tg-spoiler>", name=pairing.me.name, words=shown),
    )
    staff = await roster.coordinators(turn.db, pairing.me.side.id)
    return [Say(each.person_id, text) for each in staff]


async def _decline_form(_turn: Turn, _answers: Answers) -> Form:
    ask = _("What should the coordinators of your side know?")
    step = Step("reason", ask, Words(longest=1000), _("Reason"))
    return Form("decline", (step,), review=False)


DECLINE = Flow("decline", _decline_form, _in_words)
FLOWS = (DECLINE,)
MENU = (Command("match", _("See where you stand")),)
ROUTES = Routes(
    {"match": match},
    {
        "match.all": match,
        "match.show": show,
        "match.yes": yes,
        "match.no": no,
        "match.why": why,
        "match.words": words,
    },
)
