"""What follows when a member goes on a pause, by their own wish or a coordinator's, and returns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.replies import Rows, Say, Text, _, button, paragraphs, stacked
from bot.partners import NOTHING_ELSE, OTHERS, parted, tell
from bot.router import Turn
from bot.seats import given_up, no_longer_needed
from bot.store import erase, groups, invites, matches, meetings, pairings, pauses, rooms, stories
from bot.store.db import Db
from bot.store.networks import Member
from bot.store.pairings import Pairing


async def goes(
    db: Db, member: Member, until: datetime | None, now: datetime, state: str = "paused"
) -> list[Say]:
    """Pauses an active member: their proposal ends, their meetings are cancelled, partners told.

    A member "held" by a coordinator cannot come back by themselves.
    """
    said = [
        each
        for pairing in await _open(db, member)
        for each in await _without_them(db, pairing, now)
    ]
    await pauses.begin(db, member, until, state)
    if state == "held":
        await _out_of_rooms(db, member, now)
    return said


async def _out_of_rooms(db: Db, member: Member, now: datetime) -> None:
    """Who is held leaves the Telegram groups of their circles, and may ask to be let in later."""
    for group in await groups.active_of(db, member.person_id):
        if group.me.member.id == member.id:
            await rooms.see_out(db, group.match.id, group.me.person.telegram_id, now)


async def comes_back(db: Db, member: Member, now: datetime) -> list[Pairing]:
    """A paused member is active again; their introductions, for the partners to be told."""
    await pauses.finish(db, member)
    found = [each for each in await _open(db, member) if each.match.state == "active"]
    for pairing in found:
        await pairings.stirred(db, pairing, now)
    return found


async def back(db: Db, found: Iterable[Pairing]) -> list[Say]:
    """Tells each partner that `me` is back."""
    said: list[Say] = []
    for pairing in found:
        news = _("Your partner is back. You can find a time to meet again.")
        if await pairings.has_several(db, pairing.partner.person.id):
            news = _("One of your partners is back. You can find a time to meet again.")
        said += tell(pairing, news)
    return said


async def takes_along(turn: Turn, member: Member) -> list[Say]:
    """What somebody who goes told many goes with them; what those hear who offered them help."""
    await stories.take_all_back(turn.db, member.id, turn.now)
    return await no_longer_needed(turn.db, member.id, turn.now)


async def leaves(turn: Turn, member: Member) -> list[Say]:
    """A member goes for good, by their own wish or not; what to say to the others.

    What goes on ends, partners go first next time, and what the member told is forgotten.
    """
    told = await parted(turn, await _open(turn.db, member))
    told += await given_up(turn.db, member.person_id, turn.now, member.id)
    told += await takes_along(turn, member)
    await invites.revoke_of(turn.db, member.person_id, turn.now, member.network_id)
    await erase.leave(turn.db, member.id)
    return told


async def _open(db: Db, member: Member) -> list[Pairing]:
    found = await matches.open_of(db, member.id)
    seen = [await pairings.of(db, member.person_id, each.id, hold=True) for each in found]
    return [each for each in seen if each is not None and each.match.state in matches.OPEN]


async def _without_them(db: Db, pairing: Pairing, now: datetime) -> list[Say]:
    if pairing.match.state == "proposed":
        return await _proposal_ends(db, pairing, now)
    ahead = await meetings.coming(db, pairing.match.id, now)
    await pairings.forget_meetings(db, ahead)
    agreed = any(each.state == "agreed" for each in ahead)
    partner = pairing.partner
    several = await pairings.has_several(db, partner.person.id)
    said = (_one_is_away if several else _is_away)(pairing.match.id, agreed=agreed)
    return [Say(partner.person.id, *said)] if partner.present else []


def _is_away(match_id: int, *, agreed: bool) -> tuple[Text, Rows]:
    text = _("Your partner is away for a while. You can wait, or be introduced to somebody new.")
    if agreed:
        text = _(
            "Your partner is away for a while, so the meeting you agreed cannot take place. "
            "You can wait, or be introduced to somebody new."
        )
    return text, stacked(
        button(_("Wait"), "match.wait", match_id),
        button(_("Somebody new"), "match.leave", match_id),
    )


def _one_is_away(match_id: int, *, agreed: bool) -> tuple[Text, Rows]:
    """The same to who has several partners; who it is shows behind a button."""
    text = _("One of your partners is away for a while.")
    if agreed:
        text = _(
            "One of your partners is away for a while, so a meeting you agreed cannot take place."
        )
    return text, stacked(
        button(_("Show"), "match.show", match_id),
        button(_("Wait"), "match.wait", match_id),
        button(_("End this introduction"), "match.leave", match_id),
    )


async def _proposal_ends(db: Db, pairing: Pairing, now: datetime) -> list[Say]:
    partner = pairing.partner
    first = [partner.member.id] if partner.said.answer == "yes" else []
    await pairings.end(db, pairing, "declined", now, "paused", first)
    return await pairing_ended(db, pairing)


NOT_THIS = _(
    "One of the introductions we suggested will not take place. That says nothing about you."
)


async def pairing_ended(db: Db, pairing: Pairing) -> list[Say]:
    """Tells the other one kindly that a proposal will come to nothing."""
    if not pairing.partner.present:
        return []
    if await pairings.goes_on(db, pairing, pairing.partner):
        return [Say(pairing.partner.person.id, paragraphs(NOT_THIS, NOTHING_ELSE), OTHERS)]
    text = _(
        "The introduction we suggested will not take place this time. "
        "You need not do anything: your place is kept."
    )
    if pairing.partner.said.answer == "yes":
        text = _(
            "The introduction we suggested will not take place this time. "
            "That says nothing about you. You will be among the first when we try again."
        )
    return [Say(pairing.partner.person.id, text)]
