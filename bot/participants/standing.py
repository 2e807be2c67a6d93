"""Where a person stands in each of their networks: waiting for approval, in line, paused."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.exchange import MATCHED
from bot.domain.replies import Say, Text, Value, When, _, button, lines, paragraphs, stacked
from bot.domain.tracks import title
from bot.partners import HELD
from bot.router import Turn, go
from bot.store import enrolments, exchanges, networks
from bot.store.enrolments import Enrolment
from bot.store.exchanges import Exchange
from bot.store.networks import Member

CHOOSE = _("There is something here that you could take part in. You choose what.")
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
        go(_("Choose what to take part in"), "activities") if about == [CHOOSE] else None,
        button(_("Ask the coordinator"), "ask.side", member.id),
    )
    return turn.say(paragraphs(_("<b>{network}</b>", network=network.name), *about), ways)


async def _about(turn: Turn, member: Member) -> list[Value]:
    if member.state == "paused":
        return [_paused(member)]
    if member.state in STATES:
        return [STATES[member.state]]
    there = await exchanges.open_in(turn.db, member.network_id)
    theirs = {each.id: each for each in there if enrolments.open_to(member.role, each)}
    if member.role != "participant" and not theirs:
        return [_("You do not take part in introductions yourself here.")]
    if not theirs:
        return [_("No introductions are running here at the moment.")]
    enrolled = await enrolments.of_member(turn.db, member.id)
    found = [(each, theirs[each.exchange_id]) for each in enrolled if each.exchange_id in theirs]
    return await _lines(turn, found) if found else [CHOOSE]


async def _lines(turn: Turn, enrolled: Sequence[tuple[Enrolment, Exchange]]) -> list[Value]:
    """Where one stands in each exchange, named where there are several."""
    if all(each.state == "out" for each, _in in enrolled):
        return [_("You have asked not to be introduced to anybody here.")]
    found: list[Value] = []
    for each, exchange in enrolled:
        line = await _enrolled(turn, each, exchange)
        name = title(exchange.name, exchange.track, exchange.format)
        named = _("<b>{activity}</b>", activity=name) if len(enrolled) > 1 else None
        found += [] if line is None else [lines(named, line)]
    return found


def _paused(member: Member) -> Text:
    if member.paused_until is None:
        return _("You are on a pause. Nobody is suggested to you until you come back.")
    until = When(member.paused_until)
    return _("You are on a pause until {when}. You can come back earlier.", when=until)


async def _enrolled(turn: Turn, enrolment: Enrolment, exchange: Exchange) -> Value | None:
    """One's place in line; None while an introduction speaks for itself."""
    if enrolment.state in ("matched", "out"):
        return None
    if exchange.format not in MATCHED:
        return _("You take part. I will write to you when there is something to do.")
    at = exchange.next_round_at
    if at is None or at <= turn.now:
        coming = _("The next introductions have no date yet. I will write to you.")
    else:
        coming = _("The next introductions are planned for {when}.", when=When(at))
    if enrolment.state == "skipping":
        return paragraphs(
            coming, _("You are skipping these, and keep your place for the ones after.")
        )
    place = await enrolments.place_in_line(turn.db, enrolment)
    number = place and _("You are number {place} in line on your side.", place=place)
    return paragraphs(number, coming)
