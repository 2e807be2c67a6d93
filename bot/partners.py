"""Two people who are introduced: may one act now, and how the other hears of it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.replies import Say, Text, _, button, paragraphs, stacked
from bot.router import Turn, go, too_old
from bot.store import pairings
from bot.store.db import Db
from bot.store.networks import Member
from bot.store.pairings import Half, Pairing

OVER = _("This introduction is over. /match shows where you stand.")
ENDED = _(
    "An introduction you were in has ended. That says nothing about you. "
    "You will be among the first when we try again."
)
AWAY = _("Your partner is away for a while. I will tell you when they are back.")
NOTHING_ELSE = _("Nothing else changes for you.")
"""To who has other introductions in the same exchange: they are not in line, and lose nothing."""

OTHERS = stacked(go(_("See your introductions"), "match"))


async def which(turn: Turn, pairing: Pairing) -> Text | None:
    """Whom this is about, where there are several partners."""
    if not await pairings.has_several(turn.db, turn.me.id):
        return None
    return _("This is about <b>{name}</b>.", name=pairing.partner.name)


def tell(pairing: Pairing, news: Text) -> list[Say]:
    """A word to the partner and a way to see more; it names nobody, for others may see it."""
    ways = stacked(button(_("Show"), "match.show", pairing.match.id))
    half = pairing.partner
    return [Say(half.person.id, news, ways)] if half.present else []


async def ended(db: Db, pairing: Pairing, half: Half) -> list[Say]:
    """Tells one of the two that the introduction has ended; it names nobody."""
    if not half.present:
        return []
    if await pairings.goes_on(db, pairing, half):
        text = _("One of your introductions has ended. That says nothing about you.")
        return [Say(half.person.id, paragraphs(text, NOTHING_ELSE), OTHERS)]
    return [Say(half.person.id, ENDED)]


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


async def held(turn: Turn, match_id: int) -> Pairing | list[Say]:
    """The active introduction, locked, with both present; else what to say instead."""
    pairing = await pairings.of(turn.db, turn.me.id, match_id, hold=True)
    if pairing is None:
        return [too_old(turn)]
    if pairing.match.state != "active":
        return [turn.say(OVER)]
    if pairing.me.member.state != "active":
        return [turn.say(resting(pairing.me.member))]
    away = paragraphs(await which(turn, pairing), AWAY)
    return pairing if pairing.partner.present else [turn.say(away)]
