"""Two people who are introduced: may one act now, and how the other hears of it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.calm import RESTS
from bot.domain.introductions import opening, speaks_first
from bot.domain.replies import Button, Say, Text, Value, _, button, paragraphs, stacked
from bot.domain.tracks import TRACKS
from bot.domain.tracks.answers import told_of
from bot.router import Turn, go, too_old
from bot.store import enrolments, exchanges, freezes, meetings, pairings, reports
from bot.store.db import Db
from bot.store.networks import Member
from bot.store.pairings import Half, Pairing

OVER = _("This introduction is over. /match shows where you stand.")
ENDED = _(
    "An introduction you were in has ended. That says nothing about you. "
    "You will be among the first when we try again."
)
AWAY = _("Your partner is away for a while. I will tell you when they are back.")
RESTS_FOR_YOU = _(
    "You told the safeguarding contact of your side about this. Until they are done, I pass "
    "nothing on between you. /reports shows where it stands."
)
NOTHING_ELSE = _("Nothing else changes for you.")
"""To who has other introductions in the same exchange: they are not in line, and lose nothing."""

OTHERS = stacked(go(_("See your introductions"), "match"))


async def which(turn: Turn, pairing: Pairing) -> Text | None:
    """Whom this is about, where there are several partners."""
    if not await pairings.has_several(turn.db, turn.me.id):
        return None
    return _("This is about <b>{name}</b>.", name=pairing.partner.shown)


def tell(pairing: Pairing, news: Text) -> list[Say]:
    """A word to the partner and a way to see more; it names nobody, for others may see it."""
    ways = stacked(button(_("Show"), "match.show", pairing.match.id))
    half = pairing.partner
    return [Say(half.person.id, news, ways)] if half.present else []


async def ended(db: Db, pairing: Pairing, half: Half) -> list[Say]:
    """Tells one of the two that the introduction has ended; it names nobody."""
    if not half.present:
        return []
    ways = stacked(await came_of_it(db, pairing.match.id))
    if await pairings.goes_on(db, pairing, half):
        text = _("One of your introductions has ended. That says nothing about you.")
        return [Say(half.person.id, paragraphs(text, NOTHING_ELSE), (*OTHERS, *ways))]
    return [Say(half.person.id, ENDED, ways)]


async def came_of_it(db: Db, match_id: int, least: int = 1) -> Button | None:
    """The way to tell what came of a match, once it has held so many meetings."""
    if await meetings.held_count(db, match_id) < least:
        return None
    return button(_("What came of it"), "outcome.ask", match_id)


async def opening_of(db: Db, pairing: Pairing) -> Value:
    """What `me` and the partner could begin their next meeting with."""
    exchange = await exchanges.by_id(db, pairing.match.exchange_id)
    if exchange is None:
        raise LookupError(f"exchange {pairing.match.exchange_id} of a match is gone")
    meeting = await meetings.held_count(db, pairing.match.id) + 1
    question = TRACKS[exchange.track].prompt(meeting, pairing.match.id)
    sides = pairing.me.side.position, pairing.partner.side.position
    return opening(question, meeting, first=speaks_first(*sides, pairing.policy.first_side))


async def told_by(db: Db, pairing: Pairing, half: Half) -> list[Text]:
    """What one of the two answered when they enrolled and the other may read."""
    exchange = await exchanges.by_id(db, pairing.match.exchange_id)
    known = await enrolments.of(db, half.member.id, pairing.match.exchange_id)
    if exchange is None or known is None or not known.answers:
        return []
    return told_of(enrolments.asked(half.member.role, exchange), known.answers)


async def parted(turn: Turn, found: Iterable[Pairing]) -> list[Say]:
    """Ends introductions of somebody who goes; what to say to the partners, who go first."""
    told: list[Say] = []
    for pairing in found:
        partner = pairing.partner
        await pairings.end(turn.db, pairing, "closed", turn.now, "left", [partner.member.id])
        told += await ended(turn.db, pairing, partner)
    return told


HELD = _("Your participation is on a pause. Your coordinators can tell you more and end it.")


def resting(member: Member) -> Text:
    """Why a member who is on a pause may not act now, and who can change that."""
    if member.state == "held":
        return HELD
    return _("You are on a pause. Send /resume to come back first.")


async def away(db: Db, pairing: Pairing) -> bool:
    """Whether the partner is away for `me`, be it that a report keeps them apart.

    Who was reported must not be able to tell: all they see is what they see of who is away.
    """
    if not pairing.partner.present:
        return True
    apart = await reports.resting(db, pairing.match.id, pairing.me.member.id)
    return pairing.partner.member.id in apart


async def why_away(turn: Turn, pairing: Pairing) -> Value:
    """What one hears of a partner who is away."""
    if await reports.opened_by(turn.db, pairing.match.id, pairing.me.member.id):
        return RESTS_FOR_YOU
    return paragraphs(await which(turn, pairing), AWAY)


async def held(turn: Turn, match_id: int, *, cancelling: bool = False) -> Pairing | list[Say]:
    """The active introduction, locked, with both present; else what to say instead.

    With `cancelling` who reported the other one may go on, to cancel what was agreed before.
    """
    pairing = await pairings.of(turn.db, turn.me.id, match_id, hold=True)
    if pairing is None:
        return [too_old(turn)]
    if pairing.match.state != "active":
        return [turn.say(OVER)]
    if pairing.me.member.state != "active":
        return [turn.say(resting(pairing.me.member))]
    if not await away(turn.db, pairing):
        return pairing
    reported = await reports.opened_by(turn.db, match_id, pairing.me.member.id)
    if cancelling and reported and pairing.partner.present:
        return pairing
    return [turn.say(await why_away(turn, pairing))]


async def planning(turn: Turn, match_id: int) -> Pairing | list[Say]:
    """The same where the two may plan a meeting now, which a freeze on either of them prevents."""
    pairing = await held(turn, match_id)
    if isinstance(pairing, list):
        return pairing
    for half in pairing.halves:
        if await freezes.of_person(turn.db, half.person.id):
            return [turn.say(RESTS)]
    return pairing
