"""Where a person stands in each of their networks: waiting for approval, in line, paused."""

from __future__ import annotations

from bot.domain.replies import Say, Text, Value, When, _, button, paragraphs, stacked
from bot.partners import HELD
from bot.router import Turn
from bot.store import exchanges, networks
from bot.store.exchanges import Enrolment
from bot.store.networks import Member

STATES = {
    "joining": _("You have not finished signing up. /join goes on where you stopped."),
    "pending": _(
        "A coordinator is looking at your sign-up. I will tell you as soon as it is done."
    ),
    "declined": _(
        "Your sign-up was not accepted. The coordinators of your side can tell you more."
    ),
    "held": HELD,
}


async def standing(turn: Turn) -> list[Say]:
    """A message for each network in which there is more to say than an open introduction."""
    mine = await networks.memberships(turn.db, turn.me.id)
    if not mine:
        return [turn.say(_("You are not in a network yet. /join shows how to become part of one."))]
    said = [await _in_network(turn, member) for member in mine]
    return [each for each in said if each is not None]


async def _in_network(turn: Turn, member: Member) -> Say | None:
    network = await networks.by_id(turn.db, member.network_id)
    if network is None:
        return None
    about = await _about(turn, member)
    if not about:
        return None
    ways = stacked(
        button(_("Come back now"), "pause.end") if member.state == "paused" else None,
        button(_("Ask the coordinator"), "ask.side", member.id),
    )
    return turn.say(paragraphs(_("<b>{network}</b>", network=network.name), *about), ways)


async def _about(turn: Turn, member: Member) -> list[Value]:
    if member.state == "paused":
        return [_paused(member)]
    if member.state in STATES:
        return [STATES[member.state]]
    if member.role != "participant":
        return [_("You do not take part in introductions yourself here.")]
    enrolled = await exchanges.enrolments_of(turn.db, member.id)
    lines = [await _enrolled(turn, each) for each in enrolled]
    known = [each for each in lines if each is not None]
    return [*known] if enrolled else [_("No introductions are running here at the moment.")]


def _paused(member: Member) -> Text:
    if member.paused_until is None:
        return _("You are on a pause. Nobody is suggested to you until you come back.")
    until = When(member.paused_until)
    return _("You are on a pause until {when}. You can come back earlier.", when=until)


async def _enrolled(turn: Turn, enrolment: Enrolment) -> Value | None:
    """One's place in line; None while an introduction speaks for itself."""
    if enrolment.state == "matched":
        return None
    if enrolment.state == "out":
        return _("You have asked not to be introduced to anybody here.")
    exchange = await exchanges.by_id(turn.db, enrolment.exchange_id)
    at = None if exchange is None else exchange.next_round_at
    if at is None or at <= turn.now:
        coming = _("The next introductions have no date yet. I will write to you.")
    else:
        coming = _("The next introductions are planned for {when}.", when=When(at))
    if enrolment.state == "skipping":
        return paragraphs(
            coming, _("You are skipping these, and keep your place for the ones after.")
        )
    place = await exchanges.place_in_line(turn.db, enrolment)
    number = place and _("You are number {place} in line on your side.", place=place)
    return paragraphs(number, coming)
