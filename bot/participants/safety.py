"""Block or report: one tap from a proposal, a message that was passed on, or a meeting.

The other one learns of neither. What is reported reads the safeguarding contact of one's own side.
"""

from __future__ import annotations

from bot.away import pairing_ended
from bot.domain.replies import Button, Say, _, button, paragraphs, stacked
from bot.participants.others import FORGOTTEN, Others, others_of
from bot.partners import ended
from bot.router import Routes, Turn, too_old
from bot.store import blocks, matches, networks, pairings, people, relayed
from bot.store.pairings import Pairing

REPORT = _("Report something")
ERASED = _(
    "Who had everything about them deleted is not known here any more, so I cannot keep you "
    "apart: they may come back, and I would not know it was them. You can report what happened, "
    "with the messages you have."
)


async def ask(turn: Turn, match_id: int) -> list[Say]:
    """Asks what to do; a new message, under what was passed on if it was pressed there."""
    return await _ask(turn, match_id, await _under(turn))


async def letter(turn: Turn, match_id: int) -> list[Say]:
    """The same under what was passed on, which can be reported though its writer is forgotten."""
    return await _ask(turn, match_id, turn.event.message_id)


async def _ask(turn: Turn, match_id: int, under: int | None) -> list[Say]:
    others = await others_of(turn, match_id)
    if others is None:
        return [too_old(turn)]
    text = paragraphs(
        _("What would you like to do? The other one is not told, whatever you choose."),
        _("If you are in danger now, please call the emergency services where you are first."),
    )
    ways = stacked(
        button(REPORT, "report.ask", match_id),
        button(_("Never again with this person"), "safety.whom", match_id),
        button(_("Neither"), "safety.no"),
    )
    return [turn.say(text, ways, answers=under)]


async def _under(turn: Turn) -> int | None:
    """The message that was passed on under which the button stood."""
    at = turn.event.message_id
    found = at and await relayed.of_copy(turn.db, turn.me.id, at)
    return at if found else None


async def no(turn: Turn) -> list[Say]:
    """Neither."""
    return [turn.say(_("All right. The button is always there."), edit=True)]


async def whom(turn: Turn, match_id: int) -> list[Say]:
    """Whom to block, where it could be several; else asks once."""
    others = await others_of(turn, match_id)
    if others is None:
        return [too_old(turn)]
    if not others.who:
        return [turn.say(ERASED, stacked(button(REPORT, "report.ask", match_id)), edit=True)]
    if len(others.who) == 1 and not others.together:
        return await block(turn, match_id, others.who[0][0])
    each = (button(name, "safety.block", match_id, member) for member, name in others.who)
    gone = button(FORGOTTEN, "safety.gone", match_id) if others.together else None
    back = button(_("Back"), "safety.no")
    return [turn.say(_("With whom never again?"), stacked(*each, gone, back), edit=True)]


async def gone(turn: Turn, match_id: int) -> list[Say]:
    """Who was forgotten is nobody whom one could block."""
    if await others_of(turn, match_id) is None:
        return [too_old(turn)]
    return [turn.say(ERASED, stacked(button(REPORT, "report.ask", match_id)), edit=True)]


async def block(turn: Turn, match_id: int, member_id: int) -> list[Say]:
    """Asks once: what a block does, and that it holds."""
    others = await others_of(turn, match_id)
    if others is None or member_id not in dict(others.who):
        return [too_old(turn)]
    held = _("You two will never be introduced again, in any activity or network.")
    follows = _("What goes on between you ends. They hear only that it has ended.")
    if others.together:
        follows = _("What you two write no longer reaches each other.")
    text = paragraphs(held, follows, _("It holds for good, and nobody is told of it."))
    ways = stacked(
        button(_("Yes, never again"), "safety.blocked", match_id, member_id),
        button(_("No, go back"), "safety.no"),
    )
    return [turn.say(text, ways, edit=True)]


async def blocked(turn: Turn, match_id: int, member_id: int) -> list[Say]:
    """Blocks; what goes on between the two ends, in silence."""
    others = await others_of(turn, match_id)
    member = await networks.member(turn.db, member_id)
    if others is None or member is None or member_id not in dict(others.who):
        return [too_old(turn)]
    them = await people.by_id(turn.db, member.person_id)
    if them is not None:
        await blocks.add(turn.db, turn.me, them, turn.now)
        await relayed.part(turn.db, turn.me.id, them.id)
    said = await _parted(turn, member.person_id)
    return [
        turn.say(_("Done. Nobody is told."), stacked(*_after(others, match_id)), edit=True),
        *said,
    ]


def _after(others: Others, match_id: int) -> list[Button]:
    report = button(REPORT, "report.ask", match_id)
    leave = button(_("Leave this group"), "group.leave", match_id)
    return [report, leave] if others.together else [report]


async def _parted(turn: Turn, person_id: int) -> list[Say]:
    """Ends all that is open between the two, wherever it is; what the other one hears."""
    said: list[Say] = []
    for each in await pairings.open_of(turn.db, turn.me.id):
        if each.partner.person.id == person_id:
            pairing = await pairings.of(turn.db, turn.me.id, each.match.id, hold=True)
            said += await _ends(turn, pairing) if pairing is not None else []
    return said


async def _ends(turn: Turn, pairing: Pairing) -> list[Say]:
    if pairing.match.state not in matches.OPEN:
        return []
    proposed, partner = pairing.match.state == "proposed", pairing.partner
    first = [partner.member.id] if not proposed or partner.said.answer == "yes" else []
    if proposed:
        await matches.set_answer(turn.db, pairing.me.said.id, "no", turn.now)
        await pairings.end(turn.db, pairing, "declined", turn.now, "declined", first)
        return await pairing_ended(turn.db, pairing)
    await pairings.end(turn.db, pairing, "closed", turn.now, "left", first)
    return await ended(turn.db, pairing, partner)


ROUTES = Routes(
    buttons={
        "safety.ask": ask,
        "safety.letter": letter,
        "safety.gone": gone,
        "safety.no": no,
        "safety.whom": whom,
        "safety.block": block,
        "safety.blocked": blocked,
    }
)
